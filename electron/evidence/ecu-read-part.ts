import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { splitName } from '../../shared/logs/file-kind.ts';

/** An extensionless file beside NAME.EPR or NAME.MPC is the flash of that ECU read, whatever its bytes look like. */
export async function isPartOfEcuRead(path: string): Promise<boolean> {
  if (splitName(basename(path)).extension !== '') return false;
  const companions = ['.EPR', '.MPC', '.MCP', '.epr', '.mpc', '.mcp'].map((extension) =>
    lstat(join(dirname(path), basename(path) + extension)).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(companions)).includes(true);
}
