import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { jsonOf } from '../../shared/domain/json-of.ts';
import { faultLogFile, faultsKept, faultToken } from '../platform/fault-log.ts';

const faultLineSchema = z.object({
  at: z.string(),
  reference: z.string(),
  name: z.string(),
  code: z.string(),
  places: z.array(z.string()).max(20),
});

/** A place as it stands in a line of ours: without its folder. */
const keptPlace = /^at [\w.<>$#[\] ]{0,160}[\w.-]{1,120}:\d{1,7}:\d{1,7}\)?$/u;
const keptInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

/** A line of the log as this program would write it again, whoever wrote it; null where it is none of ours. */
function keptLine(text: string): string | null {
  const line = faultLineSchema.safeParse(jsonOf(text)).data;
  if (line === undefined) return null;
  const { at, reference, name, code, places } = line;
  if (!keptInstant.test(at)) return null;
  return JSON.stringify({
    at,
    reference: faultToken(reference),
    name: faultToken(name),
    code: faultToken(code),
    places: places.filter((item) => keptPlace.test(item)),
  });
}

/**
 * Every fault that is kept, oldest first, each as one line of JSON that holds nothing but what this program writes there: a file on the disk
 * can be written by anybody. Never fails.
 */
export function keptFaults(dataFolder: string): readonly string[] {
  const found: string[] = [];
  for (let nth = faultsKept.files - 1; nth >= 0; nth -= 1) {
    try {
      // One that grew beyond what the program lets it grow is not its own.
      if (statSync(faultLogFile(dataFolder, nth)).size > 2 * faultsKept.bytes) continue;
      const text = readFileSync(faultLogFile(dataFolder, nth), 'utf8');
      found.push(...text.split('\n').flatMap((line) => keptLine(line) ?? []));
    } catch {
      // There is none of this number, or nobody may read it.
    }
  }
  return found;
}
