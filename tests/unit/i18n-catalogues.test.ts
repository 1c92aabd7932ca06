import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { auditActions } from '../../shared/domain/audit-entry.ts';
import { skipReasons, stopReasons } from '../../shared/domain/backup.ts';
import { endSteps, seenSchema } from '../../shared/domain/remote-session.ts';
import { toolRefusals } from '../../shared/domain/remote-tool.ts';
import { gateFindings } from '../../shared/flows/remote-session.ts';
import { auditDetails } from '../../shared/ipc/remote-views.ts';
import { errorCodes } from '../../shared/domain/app-error.ts';
import { requestTypes } from '../../shared/domain/draft.ts';
import { evidenceKinds, evidenceOriginSchema } from '../../shared/domain/evidence.ts';
import { outboxStates } from '../../shared/domain/outbox-item.ts';
import { connectionModes } from '../../shared/domain/product.ts';
import { ticketStateSchema } from '../../shared/domain/ticket.ts';
import { realmSchema } from '../../shared/domain/portal-choice.ts';
import { packNames } from '../../shared/domain/data-pack.ts';
import { pcCheckIds } from '../../shared/domain/pc-check.ts';
import { portalStates, portalWhySchema } from '../../shared/domain/portal-state.ts';
import { ruleIds } from '../../shared/rules/rule-definitions.ts';
import { checkIds } from '../../shared/rules/draft-checks.ts';
import en from '../../shared/i18n/en.json' with { type: 'json' };
import { requestFilterSchema, turnSchema } from '../../shared/ipc/views.ts';
import it from '../../shared/i18n/it.json' with { type: 'json' };
import { duplicateReasons } from '../../shared/rules/duplicates.ts';

function keys(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [path + key] : keys(inner as object, `${path}${key}.`),
  );
}

function texts(value: object): string[] {
  return Object.values(value).flatMap((inner: unknown) =>
    typeof inner === 'string' ? [inner] : texts(inner as object),
  );
}

test('catalogues have the same keys when compared', () => {
  expect(keys(it)).toEqual(keys(en));
});

test('catalogues have a text when a result names a check', () => {
  expect(checkIds.filter((check) => !(check in en.draftCheck))).toEqual([]);
});

test('catalogues leave no text empty when shown', () => {
  expect([...texts(it), ...texts(en)].filter((text) => text.trim() === '')).toEqual([]);
});

const folder = resolve(import.meta.dirname, '../..');

function sources(...context: readonly string[]): string[] {
  return context.flatMap((room) =>
    readdirSync(join(folder, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/u.test(name))
      .map((name) => join(folder, room, name)),
  );
}

/** Every string literal and every template of the code, a template's holes standing for one part of a key. */
function namedKeys(): readonly RegExp[] {
  const code = sources('renderer', 'shared', 'electron')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const plain = [...code.matchAll(/'([\w-]+(?:\.[\w-]+)+)'/gu)].map((match) => match[1] ?? '');
  const templates = [...code.matchAll(/`([\w-]+(?:\.(?:[\w-]|\$\{[^`}]*(?:\{[^}]*\}[^`}]*)?\})+)+)`/gu)].map(
    (match) => match[1] ?? '',
  );
  const escaped = (text: string): string => text.replaceAll('.', '\\.');
  return [
    ...new Set([
      ...plain.map(escaped),
      ...templates.map((text) =>
        escaped(text.replaceAll(/\$\{[^}]*\}/gu, '\u0000')).replaceAll('\u0000', '[^.]+'),
      ),
    ]),
  ].map((text) => new RegExp(`^${text}(?:_one|_other)?$`, 'u'));
}

test('catalogues hold no text nobody asks for when the code is read', () => {
  const named = namedKeys();
  expect(keys(en).filter((key) => !named.some((pattern) => pattern.test(key)))).toEqual([]);
});

test('catalogues have both halves of a plural when one is there', () => {
  const all = new Set(keys(en));
  const halves = [...all].filter((key) => /_(one|other)$/u.test(key));
  expect(
    halves.filter(
      (key) =>
        !all.has(key.endsWith('_one') ? key.replace(/_one$/u, '_other') : key.replace(/_other$/u, '_one')),
    ),
  ).toEqual([]);
});

test('catalogues ask for the same parameters when they say the same thing', () => {
  const params = (text: string): string =>
    [...text.matchAll(/\{\{(\w+)\}\}/gu)]
      .map((match) => match[1])
      .sort()
      .join(',');
  const at = (value: object, key: string): string =>
    key
      .split('.')
      .reduce<unknown>((inner, part) => (inner as Record<string, unknown>)[part], value) as string;
  expect(keys(en).filter((key) => params(at(en, key)) !== params(at(it, key)))).toEqual([]);
});

test('families of texts have one for each member and no other when they are named by a union', () => {
  const { products } = JSON.parse(readFileSync(join(folder, 'resources/products.json'), 'utf8')) as {
    products: readonly { phrases: readonly string[]; triedPhrases: readonly string[] }[];
  };
  const families: Readonly<Record<string, readonly string[]>> = {
    phrase: [...new Set(products.flatMap((product) => [...product.phrases, ...product.triedPhrases]))],
    evidenceKind: evidenceKinds,
    evidenceNote: evidenceKinds,
    evidenceOrigin: evidenceOriginSchema.options,
    outboxState: outboxStates,
    ticketState: ticketStateSchema.options,
    mode: connectionModes,
    filter: requestFilterSchema.options,
    turn: turnSchema.options,
    realm: realmSchema.options,
    realmNote: realmSchema.options,
    auditAction: auditActions,
    auditDetail: auditDetails,
    skipReason: skipReasons,
    stopReason: stopReasons,
    toolRefusal: toolRefusals,
    gateFinding: gateFindings,
    seen: seenSchema.options,
    endStep: endSteps,
    stripSeen: seenSchema.options,
    stripStep: endSteps,
    portalState: ['until', 'untilHour', ...portalStates],
    portalWhy: portalWhySchema.options.flatMap((option): readonly string[] => [
      ...('options' in option.shape.kind ? option.shape.kind.options : [option.shape.kind.value]),
    ]),
    duplicateReason: duplicateReasons,
    pcCheck: pcCheckIds,
    packName: packNames,
    rule: ruleIds,
    requestType: ['label', 'none', ...requestTypes],
    error: ['reference', ...errorCodes.map((code) => code.replace('.', '_'))],
  };
  const wrong = Object.entries(families).filter(
    ([name, members]) =>
      [...members].sort().join() !==
      Object.keys((en as unknown as Record<string, object>)[name] ?? {})
        .sort()
        .join(),
  );
  expect(wrong.map(([name]) => name)).toEqual([]);
});

test('screens hold no words of their own when they are built', () => {
  const spoken = sources('renderer')
    // The page of the components is no screen: what stands there is what a workshop might have written.
    .filter((file) => file.endsWith('.tsx') && !file.includes('/renderer/ui/'))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const between = [...text.matchAll(/>\s*([\p{L}][\p{L}\p{N}' ,.:;!?-]{2,}?)\s*<\//gu)];
      const attributes = [
        ...text.matchAll(
          /\b(?:label|title|placeholder|text|hint|note|keep|go|close|submit|alt|aria-label|aria-description)="([^"]*\p{L}{2,}[^"]*)"/gu,
        ),
      ];
      return [...between, ...attributes].map((match) => `${file.slice(folder.length + 1)}: ${match[1]}`);
    });
  // Keys everybody reads the same way, printed on the keyboard itself, and the name of a hash.
  expect(spoken.filter((words) => !/: (Ctrl [KP]|SHA-256)$/u.test(words))).toEqual([]);
});
