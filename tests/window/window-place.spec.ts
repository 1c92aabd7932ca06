import { expect, test } from '@playwright/test';
import { launch } from './launch.ts';
import { firstRun, goTo, openSection } from './workshop.ts';

test('window stands where it stood when it is opened again', async () => {
  const { app, dataFolder } = await launch();
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 40, width: 700, height: 720 }),
  );
  await app.close();
  const second = await launch({ dataFolder });
  expect(
    await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds()),
  ).toEqual({
    x: 60,
    y: 40,
    width: 700,
    height: 720,
  });
  await second.app.close();
});

test('page comes back with what was typed when its process dies', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Problema');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('Scritto prima che la pagina morisse');
  await expect(page.getByText(/^salvata\b/u)).toBeVisible();
  await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((done) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('did-finish-load', () => done());
        contents?.forcefullyCrashRenderer();
      }),
  );
  const drafts = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      "window.officina.requests({ filter: 'drafts', text: '', offset: 0 }).then((answer) => answer.value.rows.map((row) => row.title))",
    ),
  );
  expect(drafts).toEqual(['Scritto prima che la pagina morisse']);
  await app.close();
});
