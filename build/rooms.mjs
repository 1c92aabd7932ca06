// Which room imports which: `npm run rooms` counts the arrows, `-- --write` draws them into docs/architecture.md, `-- --check` fails when the
// drawing is not what the imports say, or when more arrows go upward than today.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { projectFolder } from './paths.mjs';

/** From the top down: a room imports those below it. An arrow the other way is upward. */
const order = {
  electron: [
    'main',
    'app',
    'collect',
    'ipc',
    'window',
    'remote',
    'move',
    'requests',
    'workshop',
    'outbox',
    'portal',
    'evidence',
    'packs',
    'store',
    'secrets',
    'events',
    'platform',
  ],
  renderer: ['app', 'ui', 'screens', 'features', 'charts', 'components', 'stores', 'words', 'bridge'],
  shared: ['ipc', 'flows', 'portal', 'portal-map', 'logs', 'rules', 'i18n', 'calendar', 'text', 'domain'],
};

const roomOf = (file) => {
  const [house, room, ...deeper] = file.split('/');
  return { house, room: deeper.length > 0 ? room : house === 'electron' ? 'main' : 'app' };
};

function sources(folder) {
  return readdirSync(join(projectFolder, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    return entry.isDirectory()
      ? sources(path)
      : /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')
        ? [path]
        : [];
  });
}

/**
 * Arrows between the rooms of one house, each once, in the order of the rooms.
 * @returns `{ from, to, upward }[]`
 */
function arrowsOf(house) {
  const found = new Map();
  for (const file of sources(house)) {
    for (const [, from, lazy] of readFileSync(join(projectFolder, file), 'utf8').matchAll(
      /from '(\.[^']+)'|import\('(\.[^']+)'\)/g,
    )) {
      const target = posix.normalize(posix.join(posix.dirname(file), from ?? lazy));
      if (!target.startsWith(`${house}/`)) continue;
      const [a, b] = [roomOf(file).room, roomOf(target).room];
      if (a !== b) found.set(`${a} ${b}`, { from: a, to: b });
    }
  }
  const rank = (room) => {
    const at = order[house].indexOf(room);
    if (at < 0) throw new Error(`${house}/${room} has no place in the order of build/rooms.mjs`);
    return at;
  };
  return [...found.values()]
    .map((arrow) => ({ ...arrow, upward: rank(arrow.from) > rank(arrow.to) }))
    .toSorted((a, b) => rank(a.from) - rank(b.from) || rank(a.to) - rank(b.to));
}

/** The drawing of one house, as Mermaid; upward arrows are dotted. */
function drawingOf(house) {
  const arrows = arrowsOf(house);
  const upward = arrows.filter((arrow) => arrow.upward).length;
  const lines = arrows.map(
    ({ from, to, upward: isUpward }) => `  ${from} ${isUpward ? '-.->' : '-->'} ${to}`,
  );
  return [
    '```mermaid',
    'flowchart TD',
    ...lines,
    '```',
    '',
    `${order[house].length} rooms, ${arrows.length} arrows, ${upward} upward.`,
  ].join('\n');
}

/** Arrows that go upward today. A number here only ever gets smaller. */
const upwardToday = { electron: 0, renderer: 0, shared: 0 };

const houses = Object.keys(order);
const architectureFile = join(projectFolder, 'docs/architecture.md');
const block = (house) => new RegExp(`(<!-- rooms of ${house} -->\n)[\\s\\S]*?(\n<!-- end -->)`);

/** The page with its drawings as the imports are now. */
function drawn(page) {
  return houses.reduce(
    (text, house) => text.replace(block(house), (_whole, begin, end) => `${begin}${drawingOf(house)}${end}`),
    page,
  );
}

const page = readFileSync(architectureFile, 'utf8');
if (process.argv.includes('--write')) writeFileSync(architectureFile, drawn(page));
const problems =
  process.argv.includes('--check') && drawn(page) !== page
    ? ['docs/architecture.md is not what the imports say']
    : [];
for (const house of houses) {
  const upward = arrowsOf(house).filter((arrow) => arrow.upward);
  console.log(`${house}: ${drawingOf(house).split('\n').at(-1)}`);
  if (process.argv.includes('--check') && upward.length !== upwardToday[house])
    problems.push(
      `${house}: ${upward.map(({ from, to }) => `${from} -> ${to}`).join(', ')} go upward; ${upwardToday[house]} did`,
    );
}
for (const problem of problems) console.log(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
