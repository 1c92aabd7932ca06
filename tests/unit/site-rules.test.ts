import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { written } from '../../electron/portal/web/page-scripts.ts';
import { isSiteFrame, isSitePage, isSiteRequest, siteOrigin } from '../../electron/window/site-rules.ts';

const rule = {
  origins: new Set(['https://portal.example', 'https://files.portal.example:8443', 'http://127.0.0.1:5000']),
  refuse: () => undefined,
};

test.each([
  ['https://portal.example/a?b#c', true, true],
  ['https://portal.example:443/', true, true],
  ['https://files.portal.example:8443/', true, true],
  ['https://files.portal.example/', false, false],
  ['https://portal.example:8443/', false, false],
  ['https://portal.example.evil.test/', false, false],
  ['https://portal.example@evil.test/', false, false],
  ['https://me:word@portal.example/', false, false],
  ['https://sub.portal.example/', false, false],
  ['http://portal.example/', false, false],
  ['http://127.0.0.1:5000/x', true, true],
  ['http://127.0.0.1:5001/', false, false],
  ['http://localhost:5000/', false, false],
  ['wss://portal.example/socket', false, true],
  ['ws://127.0.0.1:5000/socket', false, true],
  ['ws://portal.example/socket', false, false],
  ['wss://evil.test/', false, false],
  ['blob:https://portal.example/1', false, true],
  ['blob:https://evil.test/1', false, false],
  ['blob:null/1', false, false],
  ['data:text/html,x', false, true],
  ['file:///etc/passwd', false, false],
  ['ftp://portal.example/', false, false],
  ['app://bundle/index.html', false, false],
  ['chrome://gpu', false, false],
  ['about:blank', false, false],
  ['javascript:0', false, false],
  ['nothing', false, false],
  ['', false, false],
])('%s is a page of the portal: %s, and may be asked by one: %s', (address, isPage, isAsked) => {
  expect(isSitePage(rule, address)).toBe(isPage);
  expect(isSiteRequest(rule, address)).toBe(isAsked);
});

test('a frame may hold what its page made itself', () => {
  expect(isSiteFrame(rule, 'about:srcdoc')).toBe(true);
  expect(isSiteFrame(rule, 'about:blank')).toBe(true);
  expect(isSiteFrame(rule, 'https://evil.test/')).toBe(false);
});

test('a portal is asked over https alone, but on this PC', () => {
  expect(siteOrigin('https://Portal.example:443/login')).toBe('https://portal.example');
  expect(siteOrigin('http://[::1]:80/')).toBe('http://[::1]');
  for (const address of ['http://10.0.0.1/', 'http://localhost.example/', 'javascript:0', 'about:blank', ''])
    expect(siteOrigin(address)).toBeNull();
});

const folder = resolve(import.meta.dirname, '../../electron/portal/web');

test('the scripts of a page read a value in one place, and there never a password', () => {
  const texts = ['page-tools.ts', 'page-scripts.ts'].map((name) =>
    readFileSync(resolve(folder, name), 'utf8'),
  );
  const reads = texts.flatMap((text) =>
    text.split('\n').filter((line) => /(?<!\.)\b\w+\.value\b(?! =)/u.test(line)),
  );
  expect(reads.map((line) => line.trim())).toEqual([
    'found.push(element.value);',
    'return element.value.slice(0, 300_000);',
  ]);
  const [tools = ''] = texts;
  expect(tools).toContain("if (this.isSecret(element)) return '';");
  // The name of a button, whose kind was asked before.
  expect(tools).toMatch(/\^\(\?:submit\|button\|reset\)\$.*\n\s+found\.push\(element\.value\)/u);
});

test('code for a page carries its argument as data, whatever it holds', () => {
  const hostile = "`x`</script>\u2028');alert(1)//";
  expect(written((given: string) => given, hostile)).toContain(`(${JSON.stringify(hostile)}, {`);
});
