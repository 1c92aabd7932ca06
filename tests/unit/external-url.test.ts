import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedExternalUrl } from '../../shared/text/external-url.ts';

const refused = [
  'http://databank.alientech.to/',
  'https://databank.alientech.to.evil.test/',
  'https://evil.test/https://databank.alientech.to/',
  'https://user@databank.alientech.to/',
  'https://user:pass@databank.alientech.to/',
  'https://databank.alientech.to:8443/',
  'https://databank.alientech.to:443/',
  'https://alientech-tools.com/',
  'https://sub.www.alientech-tools.com/',
  'https://databank.alientech.to./',
  'https:\\\\databank.alientech.to/',
  'https:/databank.alientech.to/',
  ' https://databank.alientech.to/',
  'https://databank.alientech.to/\n',
  'https://DATABANK.alientech.to/',
  'file:///C:/Windows/System32/calc.exe',
  'javascript:alert(1)',
  'teamviewer10://control?device=1',
  'ms-msdt:/id',
  '',
  'https://',
  `https://databank.alientech.to/${'a'.repeat(2_048)}`,
];

describe('allowedExternalUrl', () => {
  it.each([
    'https://databank.alientech.to/',
    'https://www.alientech-tools.com/support?lang=it#top',
  ])('keeps %s', (url) => {
    expect(allowedExternalUrl(url)).toBe(url);
  });

  it.each(refused)('refuses %j', (url) => {
    expect(allowedExternalUrl(url)).toBeNull();
  });

  it('gives only https addresses of the two hosts when any text is tried', () => {
    const hostile = fc
      .tuple(
        fc.constantFrom('https://', 'http://', 'https:/', 'file://', ''),
        fc.constantFrom('databank.alientech.to', 'www.alientech-tools.com', 'evil.test'),
        fc.constantFrom('', '/', '/', '?', '#', '@', ':'),
        fc.string(),
      )
      .map((parts) => parts.join(''));
    let kept = 0;
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), hostile), (text) => {
        const allowed = allowedExternalUrl(text);
        if (allowed === null) return;
        kept += 1;
        const url = new URL(allowed);
        expect(url.protocol).toBe('https:');
        expect(['databank.alientech.to', 'www.alientech-tools.com']).toContain(url.host);
        expect(url.username + url.password).toBe('');
      }),
      { numRuns: 2_000 },
    );
    expect(kept).toBeGreaterThan(20);
  });
});
