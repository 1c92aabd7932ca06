import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, clipboard, shell } from 'electron';
import { AppFault } from '../shared/domain/app-error.ts';
import { productCatalogueSchema } from '../shared/domain/product.ts';
import { allowedExternalUrl } from '../shared/rules/external-url.ts';
import { evidenceDesk } from './ipc/evidence-handlers.ts';
import { publishToWindow } from './ipc/publish-event.ts';
import { workshopHandlers } from './ipc/workshop-handlers.ts';
import { registerHandlers } from './ipc/register-handlers.ts';
import { systemClock } from './platform/clock.ts';
import { logFault, withReference } from './platform/fault-log.ts';
import { closeStore } from './store/open-store.ts';
import { startStore } from './store/start-store.ts';
import { registerAppScheme, serveBundle } from './window/app-protocol.ts';
import { dataFolderSwitch } from './window/command-line.ts';
import { evidenceSources } from './window/evidence-sources.ts';
import { denyForeignRequests, denyPermissions, lockContents } from './window/hardening.ts';
import { openMainWindow, windowSession } from './window/main-window.ts';

const programFolder = import.meta.dirname;
const isRoot = process.getuid?.() === 0;

/** Local, not roaming, app data on Windows: a WAL database must never lie on a network share. */
function defaultDataFolder(): string {
  const local = process.env['LOCALAPPDATA'];
  return process.platform === 'win32' && local !== undefined ? join(local, 'Officina Support') : join(app.getPath('appData'), 'officina-support');
}

async function start(dataFolder: string): Promise<void> {
  const session = windowSession();
  serveBundle(session, join(programFolder, '../renderer'));
  denyPermissions(session);
  denyForeignRequests(session);
  const { db, folders, health } = await startStore(dataFolder, systemClock.instant());
  const catalogue = productCatalogueSchema.parse(JSON.parse(readFileSync(join(programFolder, '../resources/products.json'), 'utf8')));
  const log = (reference: string, error: unknown): void => logFault(dataFolder, systemClock.instant(), reference, error);
  const evidence = evidenceDesk({
    db, headFile: folders.head, dataFolder, clock: systemClock, products: catalogue.products, publish: publishToWindow, logFault: withReference(log),
    scanWorker: join(programFolder, 'scan.js'), sampleResources: join(programFolder, '../resources/samples'), ...evidenceSources(),
  });
  registerHandlers({
    ...workshopHandlers({ db, headFile: folders.head, health, dataFolder, clock: systemClock, products: catalogue.products, appVersion: app.getVersion(), factsOf: evidence.files.facts }),
    ...evidence.handlers,
    copyText: ({ text }) => {
      clipboard.writeText(text);
      return null;
    },
    openExternalLink: async ({ url }) => {
      const allowed = allowedExternalUrl(url);
      if (allowed === null) throw new AppFault('link.notAllowed');
      await shell.openExternal(allowed);
      return null;
    },
  }, log);
  app.on('will-quit', () => {
    evidence.close();
    closeStore(db);
  });
  openMainWindow(programFolder);
}

const dataFolder = dataFolderSwitch(process.argv) ?? defaultDataFolder();
app.setPath('userData', join(dataFolder, 'window'));
if (!isRoot) app.enableSandbox();
registerAppScheme();
lockContents();
app.on('window-all-closed', () => app.quit());

if (app.requestSingleInstanceLock()) {
  // Arguments of a second start are ignored on purpose: anybody can start a program with hostile ones (row 22).
  app.on('second-instance', () => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  void app.whenReady().then(() => start(dataFolder)).catch((error: unknown) => {
    console.error(error);
    app.exit(1);
  });
} else {
  app.quit();
}
