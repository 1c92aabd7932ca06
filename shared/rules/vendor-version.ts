import { type DraftContent, fieldText } from '../domain/draft.ts';
import type { Tool } from '../domain/tool.ts';
import {
  type FoundVersion,
  type LatestVersions,
  vendorVersionSchema,
  type VersionCheck,
} from '../domain/vendor-version.ts';

export type VersionOrder = 'older' | 'same' | 'newer' | 'cannot-tell';

type Parts = { readonly numbers: readonly string[]; readonly stage: number; readonly suffix: string };

/** `x` stands for any number (2.x) and is no letter of a release. */
const shape =
  /^(?:version[ei]?|vers|ver|rel|release|v)?[.:\s]*(\d{1,9}(?:\.\d{1,9}){0,5})(?:(?:[\s._-]*(alpha|beta|preview|rc)|[\s_-]?([a-wyz]))[\s._-]*(\d{0,4}))?$/u;
/** A release itself stands above what came before it and below its own letters: 2.70 beta < 2.70 < 2.70a. */
const stages = ['alpha', 'beta', 'preview', 'rc', '', 'letter'] as const;

function parse(text: string): Parts | null {
  const plain = text.trim().toLowerCase();
  const match = shape.exec(/\./u.test(plain) ? plain : plain.replace(/(\d),(\d)/gu, '$1.$2'));
  if (match === null) return null;
  const [, numbers = '', word = '', letter = '', count = ''] = match;
  const stage = stages.indexOf(letter === '' ? (word as (typeof stages)[number]) : 'letter');
  return { numbers: numbers.split('.'), stage, suffix: `${letter}${count.padStart(4, '0')}` };
}

const sign = (difference: number): VersionOrder =>
  difference < 0 ? 'older' : difference > 0 ? 'newer' : 'same';

/** One number of each. A leading zero leaves open whether 5.017 counts as 17 or as a fraction: only what both readings say is said. */
function compareNumber(a: string, b: string, isFirst: boolean): VersionOrder {
  const counted = sign(Number(a) - Number(b));
  const padded = !isFirst && a.length !== b.length && (/^0./u.test(a) || /^0./u.test(b));
  if (!padded) return counted;
  return sign(Number(`0.${a}`) - Number(`0.${b}`)) === counted ? counted : 'cannot-tell';
}

/**
 * The order of two versions as the vendor counts (R-VERSION-1): number by number, so 2.9 is older than 2.37; a missing number is 0;
 * letters come after the release, words like beta before it. Anything of unknown shape: `cannot-tell`, never a guess.
 */
export function compareVersions(a: string, b: string): VersionOrder {
  const [left, right] = [parse(a), parse(b)];
  if (left === null || right === null) return 'cannot-tell';
  for (let index = 0; index < Math.max(left.numbers.length, right.numbers.length); index += 1) {
    const order = compareNumber(left.numbers[index] ?? '0', right.numbers[index] ?? '0', index === 0);
    if (order !== 'same') return order;
  }
  if (left.stage !== right.stage) return sign(left.stage - right.stage);
  return left.suffix === right.suffix ? 'same' : left.suffix < right.suffix ? 'older' : 'newer';
}

function cardVersion(tool: Pick<Tool, 'installedVersion'> | null): FoundVersion | null {
  const known = vendorVersionSchema.safeParse(tool?.installedVersion ?? '');
  return known.success ? { text: known.data, origin: { kind: 'tool' } } : null;
}

/** The installed version the draft speaks of: what stands in the draft wins over what the tool's card says. */
function installedVersion(content: DraftContent, tool: Tool | null): FoundVersion | null {
  const field = content.fields.softwareVersion;
  const written = vendorVersionSchema.safeParse(fieldText(content, 'softwareVersion'));
  if (field !== undefined && written.success) return { text: written.data, origin: field.source };
  return cardVersion(tool);
}

/** What the portal itself named counts before what a person read. */
function latestOf(productId: string, known: LatestVersions | null): FoundVersion | null {
  if (known === null) return null;
  const named = known.versions[productId];
  if (named !== undefined) return { text: named, origin: { kind: 'portal', at: known.at } };
  const stated = known.stated[productId];
  return stated === undefined
    ? null
    : { text: stated.version, origin: { kind: 'stated', source: stated.source, on: stated.on } };
}

function againstLatest(
  installed: FoundVersion | null,
  productId: string,
  known: LatestVersions | null,
): VersionCheck {
  const latest = latestOf(productId, known);
  if (installed === null || latest === null) return { status: 'cannot-tell', installed, latest };
  const order = compareVersions(installed.text, latest.text);
  const status = {
    older: 'outdated',
    same: 'current',
    newer: 'newer-than-known',
    'cannot-tell': 'cannot-tell',
  } as const;
  return { status: status[order], installed, latest };
}

/** R-VERSION-1 for one draft: both numbers with where they came from, and what follows. An old version is warned about, never blocked. */
export function versionCheck(
  content: DraftContent,
  tool: Tool | null,
  known: LatestVersions | null,
): VersionCheck {
  return againstLatest(installedVersion(content, tool), content.productId ?? '', known);
}

/** R-VERSION-1 for a tool as its card stands, whatever a draft says of it. */
export function toolVersionCheck(
  tool: Pick<Tool, 'productId' | 'installedVersion'>,
  known: LatestVersions | null,
): VersionCheck {
  return againstLatest(cardVersion(tool), tool.productId, known);
}
