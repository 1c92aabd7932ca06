import { join } from 'node:path';
import { app, clipboard, type NativeImage } from 'electron';
import { matchingFolders, namedGuesses, guessBases } from '../platform/log-folder-guesses.ts';
import { installedVendorFolders } from '../platform/windows/uninstall-keys.ts';
import type { EvidenceSources } from '../evidence/open-evidence.ts';
import { choosePaths } from './choose-paths.ts';

const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/** The clipboard of Electron before its promise-based one; the test runtime still has it. */
type EarlierClipboard = {
  readonly readBuffer: (format: string) => Buffer;
  readonly readImage: () => NativeImage;
};
const isEarlier = (candidate: object): candidate is EarlierClipboard =>
  'readImage' in candidate && 'readBuffer' in candidate;

/** The bytes as another program put them there, when it did: making a PNG of a large screen takes longer than a click may. */
function pngOfEarlier(earlier: EarlierClipboard): Uint8Array | null {
  const asPut = earlier.readBuffer('image/png');
  if (asPut.subarray(0, 4).equals(pngMagic)) return asPut;
  const image = earlier.readImage();
  return image.isEmpty() ? null : image.toPNG();
}

async function clipboardPng(): Promise<Uint8Array | null> {
  const board: object = clipboard;
  if (isEarlier(board)) return pngOfEarlier(board);
  for (const item of await clipboard.read()) {
    if (item.types.includes('image/png'))
      return new Uint8Array(await (await item.getType('image/png')).arrayBuffer());
  }
  return null;
}

/** The person's documents, wherever OneDrive moved them; the usual place where the system does not say, as when they lie on a drive that is gone (electron issue 30675). */
function documentsFolder(): string {
  try {
    return app.getPath('documents');
  } catch {
    return join(app.getPath('home'), 'Documents');
  }
}

/** Where evidence may come from on this system: its dialogs, its clipboard, and the folders worth a guess. */
export function evidenceSources(): EvidenceSources {
  const documents = documentsFolder();
  return {
    clipboardPng,
    dialogs: {
      chooseFiles: () => choosePaths(['openFile', 'multiSelections']),
      chooseFolder: async () => (await choosePaths(['openDirectory']))[0] ?? null,
    },
    guesses: {
      guessed: async () => [
        ...new Set([
          ...(await matchingFolders(guessBases(process.env, process.platform, documents))),
          ...namedGuesses(process.env, process.platform, documents),
        ]),
      ],
      installed: () => installedVendorFolders(),
    },
  };
}
