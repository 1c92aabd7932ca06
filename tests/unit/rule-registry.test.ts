import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ruleIds } from '../../shared/rules/rule-definitions.ts';
import { judged, rules } from '../../shared/rules/registry.ts';
import type { RuleFacts } from '../../shared/rules/rule-shape.ts';
import en from '../../shared/i18n/en.json' with { type: 'json' };
import it from '../../shared/i18n/it.json' with { type: 'json' };
import { maskedEmail } from '../../shared/domain/workshop-profile.ts';

const tests = resolve(import.meta.dirname, '..');
const testText = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(test|spec)\.ts$/u.test(name))
  .map((name) => readFileSync(join(tests, name), 'utf8'))
  .join('\n');

const texts = (value: object): string[] =>
  Object.values(value).flatMap((inner: unknown) =>
    typeof inner === 'string' ? [inner] : texts(inner as object),
  );

test('rules are all there, once and in the order of the terms, each with a function and a section', () => {
  expect(rules.map((rule) => rule.id)).toEqual([...ruleIds]);
  const sectionOf = ({ origin }: (typeof rules)[number]): number =>
    origin.kind === 'vendor' ? origin.section : (origin.near ?? 1);
  expect(rules.filter((rule) => sectionOf(rule) < 1 || sectionOf(rule) > 12)).toEqual([]);
});

test('rules have a sentence of their own in both catalogues, and no sentence is left over', () => {
  for (const catalogue of [it, en]) {
    expect(Object.keys(catalogue.rule)).toEqual([...ruleIds]);
    expect(new Set(Object.values(catalogue.rule)).size).toBe(ruleIds.length);
  }
});

test('rules are each cited by at least one test', () => {
  const cited = (id: string): boolean => new RegExp(`\\b${id}\\b`, 'u').test(testText);
  expect(ruleIds.filter((id) => !cited(id))).toEqual([]);
});

/** Rules by the titles of the tests that look at a real window; "R-INFO-1 to R-INFO-8" names those between as well. */
function seenInWindow(): ReadonlySet<string> {
  const folder = join(tests, 'window');
  const titles = readdirSync(folder)
    .filter((name) => name.endsWith('.spec.ts'))
    .flatMap((name) =>
      [
        ...readFileSync(join(folder, name), 'utf8').matchAll(/\b(?:test|onLinux)\((['"`])(.*)\1, async/gu),
      ].map((match) => match[2] ?? ''),
    );
  const between = titles
    .flatMap((title) => [...title.matchAll(/\b(R-[A-Z]+)-(\d+) to \1-(\d+)\b/gu)])
    .flatMap(([, family, from, to]) =>
      Array.from(
        { length: Number(to) - Number(from) + 1 },
        (_, index) => `${family}-${Number(from) + index}`,
      ),
    );
  return new Set([...between, ...titles.flatMap((title) => title.match(/\bR-[A-Z]+-\d+\b/gu) ?? [])]);
}

test('rules are each seen in the window of the real app by a test that is named after them', () => {
  const seen = seenInWindow();
  expect(ruleIds.filter((id) => !seen.has(id))).toEqual([]);
});

const quiet: RuleFacts = {
  results: [],
  version: { status: 'cannot-tell', installed: null, latest: null },
  causeIds: [],
  openDuplicates: [],
  speaksOfTwo: false,
  termsAccepted: true,
  portal: 'unknown',
};
const answerOf = (id: string, facts: Partial<RuleFacts>) =>
  judged({ ...quiet, ...facts }).find((item) => item.id === id) ?? null;
const found = (text: string) => ({ text, origin: { kind: 'typed' as const } });

test.each<[string, Partial<RuleFacts>, string | null, readonly string[]]>([
  ['R-ACCEPT-1', { termsAccepted: false }, 'not-met', []],
  ['R-TICKET-4', { openDuplicates: ['P-000012'] }, 'not-met', ['P-000012']],
  ['R-TICKET-4', {}, 'met', []],
  ['R-TICKET-5', { speaksOfTwo: true }, 'not-met', []],
  ['R-INFO-8', { results: [{ ruleId: 'R-INFO-8', check: 'log', status: 'missing' }] }, 'not-met', ['log']],
  ['R-INFO-8', {}, null, []],
  ['R-HOURS-1', { portal: 'staffed' }, 'met', ['staffed']],
  ['R-HOURS-3', { portal: 'read-only' }, 'not-met', ['read-only']],
  ['R-HOURS-4', { portal: 'unreachable' }, 'not-met', ['unreachable']],
  ['R-HOURS-5', { portal: 'unstaffed' }, 'not-met', ['unstaffed']],
  [
    'R-VERSION-1',
    { version: { status: 'outdated', installed: found('2.9'), latest: found('2.37') } },
    'not-met',
    ['2.9', '2.37'],
  ],
  ['R-VERSION-1', {}, null, []],
  ['R-EXCL-1', { causeIds: ['power-supply'] }, 'not-met', ['power-supply']],
])('%s: over %j the answer is %s, resting on %j', (id, facts, answer, lookedAt) => {
  const judgement = answerOf(id, facts);
  expect(judgement?.answer ?? null).toBe(answer);
  expect(judgement?.lookedAt ?? []).toEqual(lookedAt);
});

test.each([
  ['R-REMOTE-1', 5, 'block', /operatore/u, /operator/u],
  ['R-REMOTE-2', 5, 'block', /TeamViewer.*banca dati/u, /TeamViewer.*databank/u],
  ['R-REMOTE-3', 5, 'block', /consenso/u, /consent/u],
  ['R-REMOTE-4', 5, 'warn', /chiudono/u, /closed/u],
  ['R-REMOTE-5', 5, 'block', /password/u, /password/u],
  ['R-REMOTE-6', 5, 'inform', /qualunque momento/u, /any time/u],
  ['R-REMOTE-7', 5, 'inform', /restare sul PC/u, /stay on the PC/u],
  ['R-REMOTE-8', 5, 'inform', /contraffatto/u, /counterfeit/u],
  ['R-BACKUP-1', 6, 'block', /backup/u, /backup/u],
] as const)('%s: is of section %i, does %s, and says in both languages what it is about', (id, section, severity, italian, english) => {
  expect(rules.find((rule) => rule.id === id)).toMatchObject({
    origin: { kind: 'vendor', section },
    severity,
  });
  expect(it.rule[id]).toMatch(italian);
  expect(en.rule[id]).toMatch(english);
});

test('R-LIMIT-1, R-LIMIT-2: no text of the program promises a solution or a time of answer', () => {
  const promises =
    /\b(?:entro|within|in meno di|in less than) \d+ (?:ore|giorni|minuti|hours|days|minutes)\b|risposta garantita|guaranteed (?:answer|reply|solution)|tempo di risposta (?:previsto|stimato)|expected (?:answer|reply|response) time|\bSLA\b/iu;
  expect([...texts(it), ...texts(en)].filter((text) => promises.test(text))).toEqual([]);
});

test('R-TICKET-3: address the vendor writes to is shown masked, enough to know it again', () => {
  expect([maskedEmail('mario@officina.it'), maskedEmail('x')]).toEqual(['m•••@officina.it', '•••']);
});
