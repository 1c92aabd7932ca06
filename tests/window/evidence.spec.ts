import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import type { AppEvent } from '../../shared/ipc/contract.ts';
import { freshDataFolder, launch } from './launch.ts';
import { onLinux } from './on-linux.ts';

test('evidence is found by the worker, frozen and previewed when the samples are loaded', async () => {
  const { app, page } = await launch();
  const walk = await page.evaluate(async () => {
    const { officina } = window;
    const events: AppEvent[] = [];
    const stop = officina.onEvent((event) => events.push(event));
    await officina.loadSamples({});
    await officina.startScan({});
    while (!events.some((event) => event.kind === 'scanFinished'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    stop();
    const found = events.filter((event) => event.kind === 'candidatesFound').at(-1);
    const failed = found?.candidates.find((candidate) => candidate.suggestion?.reason === 'failure');
    const report = await officina.freezeCandidates({
      candidateIds: failed === undefined ? [] : [failed.id],
      tailOfLarge: false,
    });
    const row = report.ok ? report.value.frozen[0] : undefined;
    const preview = row === undefined ? null : await officina.evidencePreview({ evidenceId: row.id });
    return {
      finished: events.find((event) => event.kind === 'scanFinished'),
      listed: found?.candidates.length,
      row,
      preview,
      sent: JSON.stringify(events),
    };
  });
  expect(walk.finished).toMatchObject({ outcome: 'complete' });
  expect(walk.row).toMatchObject({ name: 'ktag_read_sample.log', kind: 'log', origin: 'sample' });
  expect(walk.preview).toMatchObject({ ok: true, value: { kind: 'text', encoding: 'utf-8' } });
  // THREAT-4: no event names a folder of the disk.
  expect(walk.sent).not.toContain('/samples');
  await app.close();
});

onLinux(
  "[linux] a dropped file is taken through the preload, and a link or a page's own file is not",
  async () => {
    const { app, page } = await launch();
    const folder = freshDataFolder();
    mkdirSync(join(folder, 'logs'));
    writeFileSync(join(folder, 'logs', 'dropped.log'), 'Wake up error\n');
    symlinkSync(join(folder, 'logs', 'dropped.log'), join(folder, 'logs', 'link.log'));
    const input = await page.evaluateHandle(() => {
      const field = document.createElement('input');
      field.type = 'file';
      field.multiple = true;
      document.body.append(field);
      return field;
    });
    await input.setInputFiles([join(folder, 'logs', 'dropped.log'), join(folder, 'logs', 'link.log')]);
    const report = await input.evaluate((field) =>
      window.officina.freezeDroppedFiles([...((field as HTMLInputElement).files ?? [])]),
    );
    expect(report).toMatchObject({
      ok: true,
      value: {
        frozen: [{ name: 'dropped.log', origin: 'dropped' }],
        refused: [{ name: 'link.log', error: { code: 'evidence.link' } }],
      },
    });
    const made = await page.evaluate(() =>
      window.officina.freezeDroppedFiles([new File(['x'], '/etc/passwd')]),
    );
    expect(made).toMatchObject({ ok: false, error: { code: 'E_INPUT' } });
    await app.close();
  },
);

test('SEC-17: the drop channel refuses when a foreign page calls it', async () => {
  const { app } = await launch();
  const preload = resolve(import.meta.dirname, '../../out-test/preload/preload.cjs');
  const code = await app.evaluate(async ({ BrowserWindow }, preloadFile) => {
    const foreign = new BrowserWindow({
      show: false,
      webPreferences: { preload: preloadFile, sandbox: true, contextIsolation: true },
    });
    await foreign.loadURL('data:text/html,<p>foreign</p>');
    return (await foreign.webContents.executeJavaScript(
      'window.officina.freezeDroppedFiles([]).then((answer) => (answer.ok ? "answered" : answer.error.code))',
    )) as string;
  }, preload);
  expect(code).toBe('E_SENDER');
  await app.close();
});

test('a picture in the clipboard becomes a screenshot with its size', async () => {
  const { app, page } = await launch();
  await app.evaluate(({ clipboard, nativeImage }) => {
    const image = nativeImage.createFromBitmap(Buffer.alloc(20 * 10 * 4, 200), { width: 20, height: 10 });
    (clipboard as unknown as { writeImage: (picture: typeof image) => void }).writeImage(image);
  });
  const preview = await page.evaluate(async () => {
    const taken = await window.officina.freezeClipboardImage({});
    return taken.ok
      ? {
          name: taken.value.name,
          preview: await window.officina.evidencePreview({ evidenceId: taken.value.id }),
        }
      : taken;
  });
  expect(preview).toMatchObject({
    preview: { ok: true, value: { kind: 'image', mimeType: 'image/png', widthPx: 20, heightPx: 10 } },
  });
  await app.close();
});
