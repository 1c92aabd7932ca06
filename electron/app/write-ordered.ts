import { statfs } from 'node:fs/promises';
import { arch, release } from 'node:os';
import { join } from 'node:path';
import { app, dialog, shell } from 'electron';
import { version } from '../../package.json' with { type: 'json' };
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Language } from '../../shared/domain/ids.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { collect } from '../collect/collect.ts';
import { diagnose } from '../collect/diagnose.ts';
import { bundledPacks, trustedKeys } from '../packs/bundled-packs.ts';
import { packRegistry } from '../packs/pack-registry.ts';
import { systemClock } from '../platform/clock.ts';
import { logFaultOf } from '../platform/fault-log.ts';
import { within } from '../platform/within.ts';
import type { ZipOrder } from '../window/command-line.ts';
import { evidenceSources } from '../window/evidence-sources.ts';

type Places = { readonly programFolder: string; readonly dataFolder: string };
/** The file, and what is said of it on the standard output. */
type Written = { readonly file: string; readonly said: readonly string[] };

const systemLanguage = (): Language =>
  new Intl.DateTimeFormat().resolvedOptions().locale.startsWith('it') ? 'it' : 'en';

/** What the file is called before its date. */
const stems = { collect: 'officina', diagnose: 'officina-diagnosis' } as const;

/** `officina-2026-11-30-1805.zip`, in the PC's own time. */
function proposedName(of: ZipOrder['of'], at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${stems[of]}-${day}-${two(at.getHours())}${two(at.getMinutes())}.zip`;
}

/** Where a person finds it at once; the desktop may be gone, or in a cloud that is. */
function proposedPlace(of: ZipOrder['of'], at: Date): string {
  for (const name of ['desktop', 'documents', 'home'] as const) {
    try {
      return join(app.getPath(name), proposedName(of, at));
    } catch {
      // The next one then.
    }
  }
  return join(app.getPath('temp'), proposedName(of, at));
}

async function collected(out: string, at: Date, { programFolder, dataFolder }: Places): Promise<Written> {
  const { packs } = await bundledPacks(join(programFolder, '../resources'), trustedKeys());
  const { file, files, leftOut, isFailure, t } = await collect(out, {
    dataFolder,
    scanWorker: join(programFolder, 'scan.js'),
    guesses: evidenceSources().guesses,
    products: packs.products.products,
    systemLanguage: systemLanguage(),
    appVersion: version,
    nowMs: at.getTime(),
    logFault: logFaultOf(dataFolder),
  });
  const said = t(isFailure ? 'collect.ofFailure' : files > 0 ? 'collect.noFailure' : 'collect.noFiles');
  return {
    file,
    said: leftOut === 0 ? [said] : [said, t('collect.someLeftOut', { count: leftOut })],
  };
}

/** How long a disk may take to tell what is free on it, milliseconds. */
const diskMs = 5_000;

async function diagnosed(out: string, at: Date, { programFolder, dataFolder }: Places): Promise<Written> {
  const keys = trustedKeys();
  const { packs: bundled, changed } = await bundledPacks(join(programFolder, '../resources'), keys);
  const disk = await within(
    statfs(dataFolder).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    ),
    diskMs,
  );
  const { file, text, t } = await diagnose(out, {
    dataFolder,
    appVersion: version,
    runtime: process.versions.electron,
    system: `${process.platform} ${release()} ${arch()}`,
    systemLanguage: systemLanguage(),
    packs: packRegistry({ folder: join(dataFolder, 'packs'), bundled, changed, keys }).status(),
    freeBytes: disk.kind === 'value' ? disk.value : null,
    now: at.toISOString(),
  });
  return { file, said: [text, t('diagnose.written')] };
}

const writers = {
  collect: { write: collected, failed: 'collect.failed' },
  diagnose: { write: diagnosed, failed: 'diagnose.failed' },
} as const;

/**
 * Writes the zip that was asked for and says where, and what is in it, on the standard output; without a place given, a person started it
 * from the menu and is shown the file, or why there is none.
 * @returns the code the program ends with: 0 written, 1 not
 */
export async function writeOrdered({ of, out }: ZipOrder, places: Places): Promise<number> {
  const now = new Date(systemClock.instant());
  try {
    const { file, said } = await writers[of].write(out ?? proposedPlace(of, now), now, places);
    for (const line of [file, ...said]) console.log(line);
    if (out === null) await app.whenReady().then(() => shell.showItemInFolder(file));
    return 0;
  } catch (error) {
    logFaultOf(places.dataFolder)(error);
    const t = createTranslator(systemLanguage());
    const folder = error instanceof AppFault ? String(error.error.params['folder'] ?? '') : '';
    const said = [
      folder === '' ? t(writers[of].failed) : t('collect.notWritten', { folder }),
      t('collect.tryElsewhere', { switch: `--${of}` }),
    ];
    console.error(said.join(' '));
    if (out === null) dialog.showErrorBox('Officina Support', said.join('\n\n'));
    return 1;
  }
}
