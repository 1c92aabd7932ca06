import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helpPictures } from '../../renderer/screens/help/help-pictures.ts';
import {
  errorFamilies,
  familyOf,
  foundPages,
  helpPages,
  helpScreens,
  picturedScreens,
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
    .filter(({ kind }) => kind === 'failure')
    .flatMap(({ parts }) => parts.flatMap(({ code }) => code ?? []));
  expect(codes.toSorted()).toEqual([...errorCodes].toSorted());
  // Every failure has a page of its own, and the page of its area leads to it.
  const led = pages.filter(({ kind }) => kind === 'error').flatMap(({ parts }) => parts.map(({ to }) => to));
  expect(led.toSorted()).toEqual(errorCodes.map((code) => `error ${code}`).toSorted());
  expect(led.filter((id) => byId.get(id ?? '')?.kind !== 'failure')).toEqual([]);
  expect([...plainScreens, ...helpScreens].filter((screen) => !byId.has(`screen ${screen}`))).toEqual([]);
  expect(pages).toHaveLength(ruleIds.length + errorFamilies.length + errorCodes.length + helpScreens.length);
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
  expect(found('')).toEqual(pages.filter(({ kind }) => kind !== 'failure').map(({ id }) => id));
  expect(found('SESSIONE remota')[0]).toBe('screen remote');
  expect(found('store.diskFull')).toEqual(['error store.diskFull']);
  expect(found('disco pieno')[0]).toBe('error store.diskFull');
  expect(found('r-remote-3')).toEqual(['rule R-REMOTE-3']);
  expect(found('perche')).toContain('screen draft');
  expect(found('nothing of the kind')).toEqual([]);
  expect(found(`disco ${'\u0301'.repeat(100_000)}`).length).toBeGreaterThan(0);
  expect(familyOf('cancelled')).toBe('program');
});

test('help shows pictures of the real window in both languages, small enough for every update, with words for who sees none', () => {
  const folder = join(import.meta.dirname, '../../renderer/screens/help/pictures');
  const wanted = (['it', 'en'] as const).flatMap((language) => {
    const t = createTranslator(language);
    return helpPages(t).flatMap(({ picture }) => {
      if (picture === undefined) return [];
      expect(t(`help.picture_${picture}`).length).toBeGreaterThan(40);
      expect(helpPictures[language][picture]).toContain(`${picture}-${language}`);
      return [`${picture}-${language}.webp`];
    });
  });
  expect(wanted).toHaveLength(2 * picturedScreens.length);
  expect(readdirSync(folder).toSorted()).toEqual(wanted.toSorted());
  const sizes = wanted.map((name) => statSync(join(folder, name)).size);
  expect(Math.max(...sizes)).toBeLessThan(90_000);
});
