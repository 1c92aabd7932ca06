import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ruleIds } from '../../shared/rules/rule-definitions.ts';

const root = resolve(import.meta.dirname, '../..');
const referenceFolder = 'docs/reference';
const readable = /\.(?:tsx?|mjs|cjs|md|css|html|json|ya?ml)$/u;
const ownName = 'tests/unit/citations.test.ts';

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`.replaceAll('\\', '/'))
    .filter((name) => readable.test(name) && !/node_modules|\/out\//u.test(name));

/** Every source there is, by its name below the project; this file, which plants faults, is left out. */
const sources: ReadonlyMap<string, string> = new Map(
  ['electron', 'renderer', 'shared', 'tests', 'build', 'docs', 'resources']
    .flatMap(filesBelow)
    .concat('README.md', 'CONTRIBUTING.md')
    .filter((name) => name !== ownName)
    .map((name) => [name, readFileSync(join(root, name), 'utf8')]),
);

const entriesOf = (text: string): readonly string[] =>
  [...text.matchAll(/^### (\S+)$/gmu)].map((match) => match[1] ?? '');
const entries = [...sources]
  .filter(([name]) => name.startsWith(referenceFolder))
  .flatMap(([, text]) => entriesOf(text));
const defined: ReadonlySet<string> = new Set(entries);

const twice = (ids: readonly string[]): readonly string[] =>
  ids.filter((id, index) => ids.indexOf(id) !== index);

const longId =
  /\b(?:(?:R|FACT)-[A-Z]+-\d+|(?:LAW|BOUND|COMPLAINT|DAMAGE|CLOCK|ONCE|PROOF|FINDING|THREAT|SEC)-(?:\d+|[A-Z]+))\b/gu;
const shortId = /\b[A-Z]\d{1,2}\b/gu;
const commentOrString =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/gu;
const titleFront = /^(?:\[\w+\] )?(?:(?:\b[A-Z]\d{1,2}|\b[A-Z]+(?:-[A-Z]+)?-[A-Z\d]+)(?:, | to | |: ))+/u;

/** Where a bare letter and number is a citation: a comment, and the front or the brackets of a test's title. */
function citingParts(name: string, text: string): readonly string[] {
  // Told to a workshop, to whom F1 is a key.
  if (name.startsWith('docs/changes/')) return [];
  if (/\.(?:md|html|ya?ml)$/u.test(name)) return [text];
  return [...text.matchAll(commentOrString)].flatMap(([token]) => {
    if (token.startsWith('/')) return [token];
    if (!name.startsWith('tests/')) return [];
    const title = token.slice(1, -1);
    return [
      titleFront.exec(title)?.[0] ?? '',
      ...[...title.matchAll(/ \(([^()]*)\)/gu)].map((match) => match[1] ?? ''),
    ];
  });
}

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => match[0]);

function citationsIn(name: string, text: string): readonly string[] {
  const short = name.endsWith('.json') ? [] : citingParts(name, text).flatMap((part) => found(part, shortId));
  return [...found(text, longId), ...short];
}

/** Ways of naming a source that no clone can follow, and runs of ids written as a difference. */
const oldForm =
  /\b(?:[Rr]ows?|[Ll]aws?|[Ll]ooks?|[Ff]indings?|[Tt]hreats?) \d+|\bFACTS\b|\b(?:RELIABILITY-SECURITY|COMPLAINTS|ARCHITECTURE|EXPERIENCE|TERMS-AS-RULES)\b|\bSTYLE\.md|\bsections? \d+(?! (?:of the terms|of that document))|\b[A-Z]\d-[A-Z]\d\b|-\d+\.\.\d+\b/gu;

const oldFormsIn = (name: string, text: string): readonly string[] =>
  name.endsWith('.json') ? [] : found(text, oldForm);

const unknownIn = (name: string, text: string): readonly string[] =>
  citationsIn(name, text).filter((id) => !defined.has(id));

const told = (name: string, words: readonly string[]): readonly string[] =>
  words.map((word) => `${name}: ${word}`);

test('every citation has its entry in docs/reference', () => {
  const cited = [...sources]
    .filter(([name]) => !name.startsWith(referenceFolder))
    .flatMap(([name, text]) => citationsIn(name, text));
  expect(cited.length).toBeGreaterThan(1300);
  expect(cited.filter((id) => /^[A-Z]\d/u.test(id)).length).toBeGreaterThan(125);
  expect(cited.filter((id) => !/^(?:R-|[A-Z]\d)/u.test(id)).length).toBeGreaterThan(280);
  expect([...sources].flatMap(([name, text]) => told(name, unknownIn(name, text)))).toEqual([]);
});

test('no id has two entries in docs/reference', () => {
  expect(entries.length).toBeGreaterThan(150);
  expect(twice(entries)).toEqual([]);
});

test('no source is named in a way that a clone cannot follow', () => {
  expect([...sources].flatMap(([name, text]) => told(name, oldFormsIn(name, text)))).toEqual([]);
});

/** Lists of all rules: that a rule stands in them says nothing of whether it is kept. */
const listsOfRules = /^(?:shared\/rules\/rule-definitions\.ts|shared\/i18n\/|docs\/)/u;

const restsOn = (id: string, texts: ReadonlyMap<string, string>): boolean =>
  [...texts].some(([name, text]) => !listsOfRules.test(name) && citationsIn(name, text).includes(id));

test('every rule of the terms has its entry, in their order, and something that rests on it', () => {
  expect(entries.filter((id) => id.startsWith('R-'))).toEqual([...ruleIds]);
  expect(ruleIds.filter((id) => !restsOn(id, sources))).toEqual([]);
});

test.each([
  ['electron/x.ts', '/** Kept (K9). */', ['K9']],
  ['electron/x.ts', '// As C3 demands', ['C3']],
  ['electron/x.ts', "const text = 'in LAW-99';", ['LAW-99']],
  ['tests/x.test.ts', "test('D8 window waits (T1, P5)', () => {", ['D8', 'T1']],
  ['tests/x.test.ts', "test('[linux] R-HOURS-3, T1 queue waits (%s row; C3)', () => {", ['T1', 'C3']],
  ['tests/x.test.ts', "const car = 'Audi A4, page A9'; const paper = 'A9';", []],
  ['docs/x.md', 'since R-HOURS-99 and FACT-TV-99', ['R-HOURS-99', 'FACT-TV-99']],
])('an id without an entry is found when %s holds %s', (name, text, unknown) => {
  expect(unknownIn(name, text)).toEqual(unknown);
});

test.each([
  ['stored first (law 5)', 'law 5'],
  ["test('row 17: every door')", 'row 17'],
  ['a guess (FACTS section 7)', 'FACTS'],
  ['three answers (look 12)', 'look 12'],
  ['limits of RELIABILITY-SECURITY section 6', 'RELIABILITY-SECURITY'],
  ['the walls (docs: ARCHITECTURE)', 'ARCHITECTURE'],
  ['killed (K1-K4)', 'K1-K4'],
  ['judged (R-INFO-1..8)', '-1..8'],
])('an older way of naming a source is found when a text says: %s', (text, form) => {
  expect(oldFormsIn('electron/x.ts', text)).toContain(form);
});

test('an id with two entries and a rule nothing rests on are found when they are planted', () => {
  expect(twice(entriesOf('### K1\none\n\n### K2\ntwo\n\n### K1\nagain\n'))).toEqual(['K1']);
  expect(restsOn('R-HOURS-1', new Map([['shared/rules/rule-definitions.ts', "'R-HOURS-1'"]]))).toBe(false);
  expect(restsOn('R-HOURS-1', new Map([['electron/x.ts', '// Open hours (R-HOURS-1)']]))).toBe(true);
});
