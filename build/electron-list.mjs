// The list of supported Electrons grows old by itself: a matter for a release, not for a test that turns red overnight.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from './paths.mjs';

const maxDays = 60;

/** What to do when the list was last looked at more than 60 days before `today`, or on no real day; null when it is fresh. */
export function electronListWarning(today) {
  const { checkedOn } = JSON.parse(
    readFileSync(join(projectFolder, 'build/supported-electron.json'), 'utf8'),
  );
  const days = Math.floor((today.getTime() - Date.parse(checkedOn)) / 86_400_000);
  if (days <= maxDays) return null;
  return `the supported Electrons were last looked at on ${checkedOn}. Look again, then edit build/supported-electron.json and its day.`;
}

/** electron-builder asks before it packs: a release with a stale list is refused. */
export function beforePack() {
  const warning = electronListWarning(new Date());
  if (warning !== null) throw new Error(warning);
}

// By hand: `node build/electron-list.mjs [DAY]` says whether a release on that day would be packed.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const day = process.argv[2] ?? new Date().toISOString();
  const warning = electronListWarning(new Date(day));
  console.log(warning ?? 'the list of supported Electrons is fresh');
  process.exitCode = warning === null ? 0 : 1;
}
