import type { PackStatus } from '../../shared/domain/data-pack.ts';
import { outboxStates } from '../../shared/domain/outbox-item.ts';
import { rowKinds } from '../../shared/domain/row-kinds.ts';
import type { Translate } from '../../shared/i18n/translator.ts';
import type { AppInfo, OutboxRow, PortalStatus, RequestList } from '../../shared/ipc/views.ts';

/** What the program knows of itself; `null` where main has not answered yet. */
export type DiagnosisFacts = {
  readonly info: AppInfo;
  readonly status: PortalStatus | null;
  readonly queue: readonly OutboxRow[] | null;
  readonly list: Pick<RequestList, 'counts' | 'removed' | 'elsewhere'> | null;
  readonly packs: readonly PackStatus[] | null;
  readonly at: string;
};

function storeWords({ storeHealth: health, backupFailure, unreadable, hasOrphans }: AppInfo): string[] {
  const kind = [
    health.kind,
    ...(health.kind === 'read-only' ? [health.error.code] : []),
    ...(health.kind === 'restored' ? [health.cause, `missing ${health.missingEntries}`] : []),
  ];
  const rows = rowKinds.flatMap((name) => (unreadable[name] > 0 ? [`${name} ${unreadable[name]}`] : []));
  return [
    ...kind,
    ...(backupFailure === null ? [] : [`backup ${backupFailure.code}`]),
    ...(rows.length === 0 ? [] : [`unreadable: ${rows.join(', ')}`]),
    ...(hasOrphans ? ['orphans'] : []),
  ];
}

function portalWords(status: PortalStatus): string[] {
  const offset = status.clockOffsetMs === null ? '?' : `${Math.round(status.clockOffsetMs / 1_000)} s`;
  return [
    status.realm,
    status.reach,
    status.mode,
    `state ${status.state}`,
    `password ${status.credentials}`,
    `proxy ${status.proxy === null ? 'none' : status.proxy.login}`,
    `clock ${offset}`,
    ...(status.lastError === null ? [] : [`error ${status.lastError.code}`]),
    ...(status.queueWait === null ? [] : [`waits ${status.queueWait.reason.code}`]),
    `news ${status.news.aside}${status.news.isStuck ? ' stuck' : ''}`,
  ];
}

/**
 * What somebody who helps with the program itself needs to know of it, to be read before it is copied. Versions, states, codes and
 * counts, and nothing a person wrote: no customer, no address, no path, no title, no number.
 */
export function diagnosisText(facts: DiagnosisFacts, t: Translate): string {
  const { info, status, queue, list, packs } = facts;
  const states = outboxStates.flatMap((state) => {
    const count = (queue ?? []).filter((row) => row.state === state).length;
    return count === 0 ? [] : [`${state} ${count}`];
  });
  const kept = list === null ? [] : Object.entries(list.counts).map(([name, count]) => `${name} ${count}`);
  const others = (list?.elsewhere ?? []).reduce((sum, { count }) => sum + count, 0);
  const packLines = (packs ?? []).map(
    ({ name, version, origin, refused }) =>
      `${name} ${version} ${origin}${refused === null ? '' : ' refused'}`,
  );
  const lines: readonly (readonly [string, readonly string[]])[] = [
    [t('diagnosis.program'), [info.appVersion, `Electron ${info.runtime}`]],
    [t('diagnosis.system'), [info.system, info.settings.language, `${info.settings.zoom} %`]],
    [t('diagnosis.when'), [facts.at]],
    [t('diagnosis.store'), storeWords(info)],
    [t('diagnosis.portal'), status === null ? ['?'] : portalWords(status)],
    [t('diagnosis.queue'), queue === null ? ['?'] : states.length === 0 ? ['0'] : states],
    [
      t('diagnosis.requests'),
      list === null ? ['?'] : [...kept, `removed ${list.removed}`, `elsewhere ${others}`],
    ],
    [t('diagnosis.packs'), packs === null ? ['?'] : packLines],
  ];
  return lines.map(([label, words]) => `${label}: ${words.join(' · ')}`).join('\n');
}
