import { join } from 'node:path';
import { app, dialog, shell } from 'electron';
import { version } from '../../package.json' with { type: 'json' };
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Language } from '../../shared/domain/ids.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { collect } from '../collect/collect.ts';
import { bundledPacks, trustedKeys } from '../packs/bundled-packs.ts';
import { systemClock } from '../platform/clock.ts';
import { logFaultOf } from '../platform/fault-log.ts';
import type { CollectOrder } from '../window/command-line.ts';
import { evidenceSources } from '../window/evidence-sources.ts';

const systemLanguage = (): Language =>
  new Intl.DateTimeFormat().resolvedOptions().locale.startsWith('it') ? 'it' : 'en';

/** `officina-2026-11-30-1805.zip`, in the PC's own time. */
function proposedName(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `officina-${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}-${two(at.getHours())}${two(at.getMinutes())}.zip`;
}

/** Where a person finds it at once; the desktop may be gone, or in a cloud that is. */
function proposedPlace(at: Date): string {
  for (const name of ['desktop', 'documents', 'home'] as const) {
    try {
      return join(app.getPath(name), proposedName(at));
    } catch {
      // The next one then.
    }
  }
  return join(app.getPath('temp'), proposedName(at));
}

/**
 * `--collect`: writes the zip and says where on the standard output; without a place given, a person started it from the menu and is
 * shown the file, or why there is none.
 * @returns the code the program ends with: 0 written, 1 not
 */
export async function runCollect(
  { out }: CollectOrder,
  places: { readonly programFolder: string; readonly dataFolder: string },
): Promise<number> {
  const log = logFaultOf(places.dataFolder);
  const now = new Date(systemClock.instant());
  try {
    const { packs } = await bundledPacks(join(places.programFolder, '../resources'), trustedKeys());
    const { file, files, leftOut, isFailure, t } = await collect(out ?? proposedPlace(now), {
      dataFolder: places.dataFolder,
      scanWorker: join(places.programFolder, 'scan.js'),
      guesses: evidenceSources().guesses,
      products: packs.products.products,
      systemLanguage: systemLanguage(),
      appVersion: version,
      nowMs: now.getTime(),
      logFault: log,
    });
    console.log(file);
    console.log(t(isFailure ? 'collect.ofFailure' : files > 0 ? 'collect.noFailure' : 'collect.noFiles'));
    if (leftOut > 0) console.log(t('collect.someLeftOut', { count: leftOut }));
    if (out === null) await app.whenReady().then(() => shell.showItemInFolder(file));
    return 0;
  } catch (error) {
    log(error);
    const t = createTranslator(systemLanguage());
    const folder = error instanceof AppFault ? String(error.error.params['folder'] ?? '') : '';
    const said = [
      folder === '' ? t('collect.failed') : t('collect.notWritten', { folder }),
      t('collect.tryElsewhere'),
    ];
    console.error(said.join(' '));
    if (out === null) dialog.showErrorBox('Officina Support', said.join('\n\n'));
    return 1;
  }
}
