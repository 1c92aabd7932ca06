import { copyFileSync, existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { toolInputSchema } from '../../shared/domain/tool.ts';

/** How the samples are laid out: each file with how long ago it was written, and tools for a PC that has none. */
export const sampleListSchema = z.object({
  files: z.array(z.object({ name: z.string().regex(/^[\w.() -]+$/u), minutesAgo: z.number().nonnegative() })),
  tools: z.array(toolInputSchema),
});
export type SampleList = z.infer<typeof sampleListSchema>;

export const samplesFolder = (dataFolder: string): string => join(dataFolder, 'samples');

/** True once samples were loaded on this PC. */
export function hasSamples(dataFolder: string): boolean {
  return existsSync(samplesFolder(dataFolder)) && readdirSync(samplesFolder(dataFolder)).length > 0;
}

/** Copies the samples with times as if the work had just happened, so that they are found and suggested like real ones. */
export function copySamples(resources: string, dataFolder: string, list: SampleList, nowMs: number): string {
  const target = samplesFolder(dataFolder);
  mkdirSync(target, { recursive: true });
  for (const { name, minutesAgo } of list.files) {
    const file = join(target, name);
    copyFileSync(join(resources, name), file);
    const at = new Date(nowMs - minutesAgo * 60_000);
    utimesSync(file, at, at);
  }
  return target;
}
