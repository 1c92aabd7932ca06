import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const program = `import { app, BrowserWindow } from 'electron';
import { join } from 'node:path';
app.setPath('userData', process.argv.at(-1));
app.enableSandbox();
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { sandbox: true, contextIsolation: true, spellcheck: false } });
  window.once('ready-to-show', () => window.show());
  void window.loadFile(join(import.meta.dirname, 'index.html'));
});
`;
const page =
  '<!doctype html><meta charset="utf-8"><title>Bare</title><h1>Bare window</h1><ul><li>first row</li><li>second row</li></ul>';

/** The least an Electron program can be: one sandboxed window with a heading and a list, no script and no store. Returns its main file. */
export function makeBareWindow(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'main.mjs'), program);
  writeFileSync(join(folder, 'index.html'), page);
  return join(folder, 'main.mjs');
}
