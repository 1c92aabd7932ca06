import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { errorCodes } from '../../shared/domain/app-error.ts';
import { channelNames } from '../../shared/ipc/channel-names.ts';
import { launch } from './launch.ts';

test('SEC-17: every channel answers with a word of ours and main stays whole when garbage comes', async () => {
  const { app, page, dataFolder } = await launch();
  await page.locator('h1').first().waitFor();
  await app.evaluate(() => {
    Reflect.set(globalThis, 'uncaught', []);
    for (const kind of ['uncaughtExceptionMonitor', 'unhandledRejection'] as const)
      process.on(kind, (error: unknown) =>
        (Reflect.get(globalThis, 'uncaught') as string[]).push(String(error)),
      );
  });
  const answers = await page.evaluate(
    async (names) => {
      // Nothing here equals an empty question: that would be a real one, and open dialogs or start the program anew.
      const deep = (levels: number): unknown => (levels === 0 ? 'x' : { a: [deep(levels - 1)] });
      const long = 'x'.repeat(1_200_000);
      const words = [
        '',
        'x',
        '../../etc/passwd',
        'C:\\Windows\\System32\\drivers',
        '\\\\host\\share',
        '\u0000',
        '\u202e',
        '%00',
        '{}',
        '__proto__',
        '💥'.repeat(50),
        "'; drop table tickets; --",
        '<img src=x onerror=alert(1)>',
        'file:///etc/passwd',
        '0',
      ];
      const keys = [
        'id',
        'ticketId',
        'text',
        'url',
        'offset',
        'filter',
        'path',
        'paths',
        'candidateIds',
        'evidenceIds',
        'revision',
        'tool',
        'content',
        'number',
        'password',
        'kind',
        'version',
        'sha256',
      ];
      const plain = [
        undefined,
        null,
        true,
        0,
        -1,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        2 ** 60,
        10n,
        long,
        [],
        [[]],
        [1, 2, 3],
        new Uint8Array(8),
        deep(40),
        { id: long },
        { extra: 1 },
        JSON.parse('{"__proto__":{"polluted":1},"id":"x"}'),
        { constructor: { prototype: 1 } },
        ...words,
      ];
      const paired = keys.flatMap((key) =>
        [...words.slice(0, 8), 7, null, [], {}].map((value) => ({ [key]: value })),
      );
      const found: string[] = [];
      for (const name of names) {
        for (const payload of [...plain, ...paired]) {
          const command = Reflect.get(window.officina, name) as (
            given: unknown,
          ) => Promise<{ ok: boolean; error?: { code: string } }>;
          const code = await command(payload).then(
            (answer) => (answer.ok ? 'ok' : (answer.error?.code ?? 'no code')),
            (error: unknown) => `rejected: ${String(error)}`,
          );
          found.push(`${name} ${code}`);
        }
      }
      return found;
    },
    [...channelNames],
  );
  expect(answers.length).toBeGreaterThan(10_000);
  const codes = new Set(answers.map((answer) => answer.slice(answer.indexOf(' ') + 1)));
  expect([...codes].filter((code) => code !== 'ok' && !errorCodes.some((known) => known === code))).toEqual(
    [],
  );
  // The two long ones are turned away by their size alone, whatever the channel would say of them.
  expect(answers.filter((answer) => answer.endsWith('E_TOO_LARGE'))).toEqual(
    channelNames.flatMap((name) => [`${name} E_TOO_LARGE`, `${name} E_TOO_LARGE`]),
  );
  expect(answers.filter((answer) => answer.endsWith('E_UNEXPECTED'))).toEqual([]);
  expect(await app.evaluate(() => Reflect.get(globalThis, 'uncaught') as string[])).toEqual([]);
  expect(await page.evaluate(() => Reflect.has({}, 'polluted'))).toBe(false);
  expect(existsSync(join(dataFolder, 'faults.log'))).toBe(false);
  expect((await page.evaluate(() => window.officina.appInfo({}))).ok).toBe(true);
  await app.close();
});
