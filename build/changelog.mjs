// `npm run changelog`: CHANGELOG.md from the small files in docs/changes. What a released version brought lies in a folder of its
// name, docs/changes/0.1.0/; what lies in docs/changes itself belongs to the version that package.json names.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './paths.mjs';

const folder = join(projectFolder, 'docs/changes');
const file = join(projectFolder, 'CHANGELOG.md');
const kinds = ['added', 'changed', 'fixed', 'safer'];
const command = 'npm run changelog';

function changesIn(place) {
  const names = readdirSync(place).filter((name) => name.endsWith('.md') && name !== 'README.md');
  return names.toSorted().map((name) => {
    const lines = readFileSync(join(place, name), 'utf8').trimEnd().split('\n');
    const change = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    if (!kinds.includes(change.kind) || !change.en || !change.it)
      throw new Error(`${name}: kind, it and en are needed`);
    return change;
  });
}

function section(version, changes) {
  const parts = kinds.flatMap((kind) => {
    const rows = changes.filter((change) => change.kind === kind).map(({ en, it }) => `- ${en}\n  *${it}*`);
    return rows.length === 0 ? [] : [`### ${kind[0].toUpperCase()}${kind.slice(1)}\n\n${rows.join('\n')}`];
  });
  return [`## ${version}`, ...parts].join('\n\n');
}

const inOrder = new Intl.Collator('en', { numeric: true }).compare;

/** The whole text of CHANGELOG.md: newest version first, each sentence in English with the Italian beneath. */
function changelog() {
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
  const released = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const head = `# Changelog\n\nWhat a workshop notices of each version. Made from \`docs/changes\` by \`${command}\`: edit those files, not this one.`;
  const past = released
    .toSorted(inOrder)
    .reverse()
    .map((name) => section(name, changesIn(join(folder, name))));
  return `${[head, section(version, changesIn(folder)), ...past].join('\n\n')}\n`;
}

const text = changelog();
if (process.argv.includes('--check')) {
  const isEqual = existsSync(file) && readFileSync(file, 'utf8') === text;
  console.log(
    isEqual
      ? 'CHANGELOG.md is what docs/changes says'
      : `CHANGELOG.md is not what docs/changes says: run ${command}`,
  );
  process.exitCode = isEqual ? 0 : 1;
} else writeFileSync(file, text);
