import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignedRecord } from '../../../shared/domain/session-record.ts';
import { replaceFile } from '../../platform/replace-file.ts';

/** Writes a receipt into a folder: the page to be read, and beside it what proves it. Each is whole or not there. @returns the PDF's path */
export async function writeReceipt(
  folder: string,
  name: string,
  pdf: Uint8Array,
  signed: SignedRecord,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.pdf`);
  await replaceFile(file, Buffer.from(pdf));
  await replaceFile(join(folder, `${name}.json`), `${JSON.stringify(signed, null, 1)}\n`);
  return file;
}
