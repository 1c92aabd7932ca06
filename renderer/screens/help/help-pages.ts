import { type ErrorCode, errorCodes } from '../../../shared/domain/app-error.ts';
import type { Origin } from '../../../shared/rules/rule-shape.ts';
import { ruleDefinitions } from '../../../shared/rules/rule-definitions.ts';
import { draftChecks } from '../../../shared/rules/draft-checks.ts';
import { ruleText } from '../../../shared/rules/registry.ts';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { errorTextId } from '../../words/error-text.ts';

/** Every screen somebody can stand on, and the first start. */
export const helpScreens = [
  'today',
  'requests',
  'draft',
  'review',
  'ticket',
  'remote',
  'evidence',
  'tools',
  'audit',
  'settings',
  'welcome',
] as const;

type FamilyOf<Code extends string> = Code extends `${infer Area}.${string}` ? Area : 'program';
export type ErrorFamily = FamilyOf<ErrorCode>;

/** Failures of one kind stand on one page; those that belong to no area are the program's own. */
export function familyOf(code: ErrorCode): ErrorFamily {
  const [area = '', ...name] = code.split('.');
  return (name.length === 0 ? 'program' : area) as ErrorFamily;
}

export const errorFamilies: readonly ErrorFamily[] = [...new Set(errorCodes.map(familyOf))];

/** Screens whose page shows how they look, taken of the real window by `npm run help-pictures`. */
export const picturedScreens = ['today', 'draft', 'review', 'ticket', 'evidence'] as const;
export type PicturedScreen = (typeof picturedScreens)[number];

/** `error`: the failures of one area; `failure`: a single one. */
export type HelpKind = 'screen' | 'rule' | 'error' | 'failure';
/** One piece of a page; `code` names a failure or a rule as people may quote it, `to` the page it leads to. */
export type HelpPart = { readonly text: string; readonly code?: string; readonly to?: string };
export type HelpPage = {
  readonly id: string;
  readonly kind: HelpKind;
  readonly title: string;
  readonly picture?: PicturedScreen;
  readonly parts: readonly HelpPart[];
};

/** What a sentence about a failure names when it happens stands as a gap here. */
const gap = '…';
const gaps = Object.fromEntries(
  [
    'field',
    'number',
    'place',
    'name',
    'freeBytes',
    'limitBytes',
    'gate',
    'use',
    'limitChars',
    'request',
    'names',
    'neededBytes',
    'most',
    'reference',
  ].map((name) => [name, gap]),
);

function whoseWord(origin: Origin, t: Translate): string {
  if (origin.kind === 'vendor') return t('why.section', { section: origin.section });
  return origin.near === null ? t('why.ours') : t('why.oursNear', { section: origin.near });
}

function rulePage({ id, origin, severity }: (typeof ruleDefinitions)[number], t: Translate): HelpPage {
  const asked = draftChecks.filter(({ ruleId }) => ruleId === id).map((check) => t(`draftCheck.${check.id}`));
  return {
    id: `rule ${id}`,
    kind: 'rule',
    title: t(ruleText(id)),
    parts: [
      { text: t(`severity.${severity}`) },
      ...(asked.length === 0 ? [] : [{ text: t('help.asks', { facts: asked.join(' · ') }) }]),
      { text: whoseWord(origin, t), code: id },
    ],
  };
}

/** What happened as the title, what is safe and what to do beneath it. */
function failurePage(code: ErrorCode, t: Translate): HelpPage {
  const text = errorTextId(code);
  return {
    id: `error ${code}`,
    kind: 'failure',
    title: t(`error.${text}.what`, gaps),
    parts: [
      { text: t(`error.${text}.safe`, gaps) },
      { text: t('help.whatToDo', { next: t(`error.${text}.next`, gaps) }), code },
    ],
  };
}

/** The failures of one area, each with the way to its page. */
function familyPage(family: ErrorFamily, failures: readonly HelpPage[], t: Translate): HelpPage {
  const own = new Set(errorCodes.filter((code) => familyOf(code) === family).map((code) => `error ${code}`));
  return {
    id: `error ${family}`,
    kind: 'error',
    title: t(`help.family_${family}`),
    parts: failures.filter(({ id }) => own.has(id)).map(({ id, title }) => ({ text: title, to: id })),
  };
}

/** Every page, made of the very definitions and texts the program works by: a page that says something else cannot be. */
export function helpPages(t: Translate): readonly HelpPage[] {
  const failures = errorCodes.map((code) => failurePage(code, t));
  const isPictured = (screen: string): screen is PicturedScreen =>
    picturedScreens.some((one) => one === screen);
  return [
    ...helpScreens.map(
      (screen): HelpPage => ({
        id: `screen ${screen}`,
        kind: 'screen',
        title: t(`help.title_${screen}`),
        ...(isPictured(screen) ? { picture: screen } : {}),
        parts: t(`help.screen_${screen}`)
          .split('\n')
          .map((text) => ({ text })),
      }),
    ),
    ...ruleDefinitions.map((rule) => rulePage(rule, t)),
    ...errorFamilies.map((family) => familyPage(family, failures, t)),
    ...failures,
  ];
}

/** Longer questions are cut: nobody types them. */
const queryMost = 100;

/** Without capitals and accents. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase();

/**
 * Pages in which every word stands, those first that have them in their title. Where nothing is asked all of them but single failures,
 * which stand on the page of their area.
 */
export function foundPages(pages: readonly HelpPage[], query: string): readonly HelpPage[] {
  const words = folded(query.slice(0, queryMost))
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return pages.filter(({ kind }) => kind !== 'failure');
  const holds = (text: string): boolean => words.every((word) => text.includes(word));
  const titled = pages.filter(({ title }) => holds(folded(title)));
  const others = pages.filter(
    (page) =>
      !titled.includes(page) &&
      holds(folded([page.title, ...page.parts.flatMap(({ text, code = '' }) => [text, code])].join(' '))),
  );
  return [...titled, ...others];
}
