import { describe, expect, test } from 'vitest';
import en from '../../shared/i18n/en.json' with { type: 'json' };
import it from '../../shared/i18n/it.json' with { type: 'json' };

type Tree = { readonly [name: string]: string | Tree };
const flat = (tree: Tree, before = ''): readonly (readonly [string, string])[] =>
  Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[before + name, value] as const] : flat(value, `${before}${name}.`),
  );
const texts = { it: new Map(flat(it)), en: new Map(flat(en)) };

type State = {
  /** What it is the state of, and which. */
  readonly state: string;
  readonly it: RegExp;
  readonly en: RegExp;
  /** Every text of the catalogues that names it on a screen, in the tray, in the record or in an export. */
  readonly keys: readonly string[];
};

/** One name for one state, whatever screen it stands on. A new place that names a state is written here. */
const states: readonly State[] = [
  {
    state: 'draft: being written',
    it: /\bbozz[ae]\b/iu,
    en: /\bdrafts?\b/iu,
    keys: [
      'requests.draft',
      'filter.drafts',
      'today.inProgress',
      'today.drafts_one',
      'today.drafts_other',
      'today.allDrafts',
      'deletion.kind_draft',
      'copyUse.draft',
      'export.draft',
      'export.draftFolder',
      'advice.thatOne',
      'advice.openSecond',
    ],
  },
  {
    state: 'draft: removed',
    it: /\bbozz[ae] eliminat[ae]\b/iu,
    en: /\bdrafts? removed\b|\bremoved drafts?\b/iu,
    keys: [
      'requests.removed',
      'removed.title',
      'removed.none',
      'deletion.kind_removed',
      'copyUse.removed-draft',
      'auditAction.draft-removed',
      'auditAction.draft-forgotten',
    ],
  },
  {
    state: 'item: waits to leave',
    it: /\bin coda\b/iu,
    en: /\bin the queue\b/iu,
    keys: [
      'outboxState.queued',
      'turn.portal',
      'filter.waiting',
      'today.onTheWay',
      'today.waiting_one',
      'today.waiting_other',
      'today.allOnTheWay',
      'sync.waiting_one',
      'sync.waiting_other',
      'delivery.queued',
      'outbox.emptyTitle',
    ],
  },
  {
    state: 'item: only a person carries it',
    it: /^A mano\b/u,
    en: /^By hand\b/u,
    keys: ['outboxState.by-hand', 'portal.byHand', 'realm.manual'],
  },
  {
    state: 'ticket: the person is next',
    it: /^Tocca a te$/u,
    en: /^Your turn$/u,
    keys: ['ticketState.waiting-customer', 'turn.you', 'filter.you', 'today.yourTurn'],
  },
  {
    state: 'ticket: the vendor is next',
    it: /^In attesa del fornitore$/u,
    en: /^Waiting for the vendor$/u,
    keys: ['turn.vendor', 'filter.vendor', 'today.theirTurn'],
  },
  {
    state: 'ticket: an operator has it',
    it: /\bpresa in carico\b/iu,
    en: /\bassigned\b/iu,
    keys: ['ticketState.assigned', 'systemEvent.assigned', 'remote.gate_ticket'],
  },
  {
    state: 'ticket: closed',
    it: /\bchius[ae]\b/iu,
    en: /\bclosed\b/iu,
    keys: [
      'ticketState.closed',
      'filter.closed',
      'systemEvent.closed',
      'gateFinding.closed',
      'auditAction.ticket-closed',
      'conflict.closed',
      'privacy.keptFiles',
    ],
  },
  {
    state: 'session: not yet begun',
    it: /^Prepara la sessione$/u,
    en: /^Prepare the session$/u,
    keys: ['today.session', 'remote.prepare'],
  },
  {
    state: 'portal: practice',
    it: /^Portale di prova\b/u,
    en: /^Practice portal\b/u,
    keys: ['portal.practice', 'banner.practice', 'export.practice'],
  },
  {
    state: 'portal: read-only',
    it: /sola lettura/iu,
    en: /read-only/iu,
    keys: ['portalState.read-only', 'error.portal_readOnly.what'],
  },
  {
    state: 'portal: under maintenance',
    it: /in manutenzione/iu,
    en: /under maintenance/iu,
    keys: ['portalState.unreachable', 'error.portal_maintenance.what'],
  },
];

describe('one name for one state', () => {
  for (const language of ['it', 'en'] as const)
    for (const entry of states)
      test(`${entry.state} is named alike in every place when it is said (${language})`, () => {
        expect(entry.keys.length).toBeGreaterThan(1);
        for (const key of entry.keys) {
          const text = texts[language].get(key);
          expect([key, text]).toEqual([key, expect.stringMatching(entry[language])]);
        }
      });

  /** Names that were said once beside the one above; no text says them any more. */
  const retired = {
    it: [/\bin viaggio\b/iu, /\bpresidiat/iu, /\bal portale\b$/iu, /\bin carico:/iu],
    en: [/\boutbox\b/iu, /\bin queue\b/iu, /\bdeleted draft/iu, /\bin charge\b/iu, /\bon the way\b$/iu],
  } as const;
  test('no text of either catalogue says a second name of a state', () => {
    let read = 0;
    const found: string[] = [];
    for (const language of ['it', 'en'] as const)
      for (const [key, text] of texts[language]) {
        read += 1;
        if (retired[language].some((name) => name.test(text))) found.push(`${language} ${key}: ${text}`);
      }
    expect(read).toBeGreaterThan(2_000);
    expect(found).toEqual([]);
  });
});
