import { type EvidenceCandidate, evidenceCandidateSchema } from '../../shared/domain/evidence.ts';
import type { PcCheck } from '../../shared/domain/pc-check.ts';
import { type Product, productSchema } from '../../shared/domain/product.ts';
import type { TicketLine } from '../../shared/domain/ticket-line.ts';
import type { TicketText } from '../../shared/domain/ticket.ts';
import { type ToolInput, toolInputSchema } from '../../shared/domain/tool.ts';
import type { FoundVersion, VersionCheck } from '../../shared/domain/vendor-version.ts';
import type { CandidateGroup } from '../components/candidate-groups.ts';
import type { DayMark, DayStretch } from '../charts/day-line.tsx';

/** A day that has gone by for good, so that no picture changes with the calendar. */
const day = '2026-11-24';

function candidate(given: Partial<EvidenceCandidate>): EvidenceCandidate {
  return evidenceCandidateSchema.parse({
    id: '7a6f0f3e-4a53-4c4d-9d4e-0c6b6f0f3e01',
    name: 'ktag_2026-11-24.log',
    folderLabel: 'K-TAG',
    sizeBytes: 48_213,
    // Told as so long ago: the same words on every day.
    modifiedAt: new Date(Date.now() - 2 * 3_600_000).toISOString(),
    kind: 'log',
    group: null,
    productGuess: null,
    suggestion: null,
    ...given,
  });
}

const groupOf = (lead: EvidenceCandidate, ...others: readonly EvidenceCandidate[]): CandidateGroup => ({
  key: lead.name,
  lead,
  others,
  sizeBytes: [lead, ...others].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
});

/** A file alone, one with its companions, one suggested by its failure, one suggested by another's. */
export const groups: readonly CandidateGroup[] = [
  groupOf(
    candidate({
      suggestion: { reason: 'failure', errorText: 'Errore di comunicazione: la centralina non risponde' },
    }),
  ),
  groupOf(candidate({ name: 'golf6_orig.epr', kind: 'ecu-read' }), candidate({ name: 'golf6_orig.mpc' })),
  groupOf(
    candidate({
      name: 'schermata.png',
      kind: 'image',
      suggestion: { reason: 'near-failure', failureName: 'ktag_2026-11-24.log', apartSeconds: 95 },
    }),
  ),
  groupOf(candidate({ name: 'note-\u202egnp.exe', kind: 'other', folderLabel: 'Documenti' })),
];

const typed = (text: string): FoundVersion => ({ text, origin: { kind: 'typed' } });
const stated = (text: string): FoundVersion => ({
  text,
  origin: { kind: 'stated', source: 'alientech-tools.com', on: day },
});
/** How an installed version may stand to the latest one. */
export const versions: readonly VersionCheck[] = [
  { status: 'current', installed: typed('2.70'), latest: stated('2.70') },
  { status: 'outdated', installed: typed('2.68'), latest: stated('2.70') },
  { status: 'newer-than-known', installed: typed('2.71'), latest: stated('2.70') },
  { status: 'cannot-tell', installed: null, latest: stated('2.70') },
];

/** One of each answer. */
export const pcChecks: readonly PcCheck[] = [
  { id: 'power', status: 'pass', finding: { kind: 'on-battery', onBattery: false } },
  { id: 'disk-space', status: 'warn', finding: { kind: 'free-space', freeBytes: 900_000_000 } },
  { id: 'usb-errors', status: 'fail', finding: { kind: 'usb-devices', faulty: 1 } },
  { id: 'clock', status: 'cannot-tell', finding: { kind: 'not-told' } },
];

/** The words of a request, a long line among them. */
export const ticketText: TicketText = {
  language: 'it',
  subject: 'K-TAG: la lettura si ferma al 38 %',
  body: 'Strumento: K-TAG Master\nSeriale: 310 077\n\nLa lettura si ferma al 38 % e la centralina non risponde più. Alimentazione 13,4 V, cavo originale, due tentativi con lo stesso esito.',
};

export const ticketLines: readonly TicketLine[] = ticketText.body
  .split('\n')
  .map((text) => ({ text, at: text === '' ? null : { kind: 'profile' } }));

export const products: readonly Product[] = [
  productSchema.parse({
    id: 'ktag-master',
    name: 'K-TAG Master',
    supported: true,
    hasSerial: true,
    hasToolLog: true,
    modes: ['boot', 'bdm'],
    driverNumber: 'plugin',
    nameHints: ['ktag'],
    phrases: [],
    guides: [],
  }),
];
export const tool: ToolInput = toolInputSchema.parse({
  productId: 'ktag-master',
  serial: '310077',
  installedVersion: '2.70',
  nickname: 'Banco 1',
});

const atMs = (hour: number): number => Date.parse(`${day}T00:00:00.000Z`) + hour * 3_600_000;
const stretch = (from: number, to: number, kind: string, words: string): DayStretch => ({
  fromMs: atMs(from),
  toMs: atMs(to),
  kind,
  words,
  from: `${from}:00`,
  to: `${to}:00`,
});
/** A day with every kind of stretch and mark. */
export const dayStretches: readonly DayStretch[] = [
  stretch(0, 8, 'unstaffed', 'Senza operatori'),
  stretch(8, 13, 'staffed', 'Con operatori'),
  stretch(13, 14, 'unstaffed', 'Senza operatori'),
  stretch(14, 18, 'staffed', 'Con operatori'),
  stretch(18, 21, 'read-only', 'Sola lettura'),
  stretch(21, 24, 'unreachable', 'Manutenzione'),
];
export const dayMarks: readonly DayMark[] = [
  { atMs: atMs(9.5), words: '9:30: parte una richiesta', kind: 'leaves' },
  { atMs: atMs(15), words: '15:00: sessione remota', kind: 'session' },
];
export const dayNowMs = atMs(11);
