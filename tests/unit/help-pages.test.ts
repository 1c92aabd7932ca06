import { expect, test } from 'vitest';
import {
  errorFamilies,
  familyOf,
  foundPages,
  helpPages,
  helpScreens,
} from '../../renderer/screens/help/help-pages.ts';
import { plainScreens } from '../../renderer/stores/app-store.ts';
import { errorCodes } from '../../shared/domain/app-error.ts';
import { ruleIds } from '../../shared/rules/rule-definitions.ts';
import { draftChecks } from '../../shared/rules/draft-checks.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';

test.each([
  'it',
  'en',
] as const)('help has a page for each rule, kind of failure and screen in %s', (language) => {
  const pages = helpPages(createTranslator(language));
  const byId = new Map(pages.map((page) => [page.id, page]));
  expect(byId.size).toBe(pages.length);
  expect(ruleIds.filter((id) => !byId.has(`rule ${id}`))).toEqual([]);
  expect(errorFamilies.filter((family) => !byId.has(`error ${family}`))).toEqual([]);
  const codes = pages
    .filter(({ kind }) => kind === 'error')
    .flatMap(({ parts }) => parts.map(({ code }) => code));
  expect(codes.toSorted()).toEqual([...errorCodes].toSorted());
  expect([...plainScreens, ...helpScreens].filter((screen) => !byId.has(`screen ${screen}`))).toEqual([]);
  expect(pages).toHaveLength(ruleIds.length + errorFamilies.length + helpScreens.length);
  // Nothing is empty, bears its key in place of its text, or shows where a value belongs.
  const texts = pages.flatMap(({ title, parts }) => [title, ...parts.map(({ text }) => text)]);
  expect(texts.length).toBeGreaterThan(200);
  expect(
    texts.filter((text) => text.trim() === '' || /\{\{|undefined|^(?:help|error|rule)\./u.test(text)),
  ).toEqual([]);
});

test('help says the same in both languages, each in its own words', () => {
  const [it, en] = [helpPages(createTranslator('it')), helpPages(createTranslator('en'))];
  expect(it.map(({ id, parts }) => [id, parts.length])).toEqual(
    en.map(({ id, parts }) => [id, parts.length]),
  );
  expect(it.filter((page, at) => page.title === en[at]?.title).map(({ title }) => title)).toEqual([]);
});

test('page of a rule names every check that asks for it', () => {
  const t = createTranslator('it');
  const pages = helpPages(t);
  let named = 0;
  for (const { id, ruleId } of draftChecks) {
    const page = pages.find((one) => one.id === `rule ${ruleId}`);
    expect(page?.parts.some(({ text }) => text.includes(t(`draftCheck.${id}`)))).toBe(true);
    named += 1;
  }
  expect(named).toBeGreaterThan(15);
});

test('help is found by words of a title first, of the text then, by a code, and without capitals and accents', () => {
  const pages = helpPages(createTranslator('it'));
  const found = (query: string): readonly string[] => foundPages(pages, query).map(({ id }) => id);
  expect(found('')).toHaveLength(pages.length);
  expect(found('SESSIONE remota')[0]).toBe('screen remote');
  expect(found('store.diskFull')).toEqual(['error store']);
  expect(found('r-remote-3')).toEqual(['rule R-REMOTE-3']);
  expect(found('perche')).toContain('screen draft');
  expect(found('nothing of the kind')).toEqual([]);
  expect(found(`disco ${'\u0301'.repeat(100_000)}`).length).toBeGreaterThan(0);
  expect(familyOf('cancelled')).toBe('program');
});
