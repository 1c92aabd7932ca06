import { expect, test } from 'vitest';
import { type DiagnosisFacts, diagnosisText } from '../../renderer/features/diagnosis-text.ts';
import { appError } from '../../shared/domain/app-error.ts';
import { noneUnreadable } from '../../shared/domain/row-kinds.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import {
  appInfoSchema,
  outboxRowSchema,
  portalStatusSchema,
  requestListSchema,
} from '../../shared/ipc/views.ts';

const at = '2026-11-30T08:00:00.000Z';
const secret = 'SECRET';
const counts = { all: 5, you: 1, waiting: 1, drafts: 1, vendor: 1, closed: 1 };

/** Everything a person or a portal wrote bears the mark, wherever main may tell of it. */
const facts: DiagnosisFacts = {
  at,
  info: appInfoSchema.parse({
    appVersion: '1.4.0',
    runtime: '33.2.1',
    platform: 'win32',
    system: 'Windows_NT 10.0.22631 x64',
    settings: {
      language: 'it',
      theme: 'system',
      largeControls: false,
      zoom: 125,
      sendOutsideHours: true,
      keptFiles: '30-days',
      notifications: { numbers: true, answers: true, sessions: true },
      savedSearches: [{ filter: 'all', text: secret }],
    },
    profile: { customerCode: secret, company: secret, email: 'secret@SECRET.example', ticketLanguage: 'it' },
    isProfileUnreadable: false,
    maskedEmail: `m•••@${secret}`,
    storeHealth: {
      kind: 'restored',
      cause: 'damaged',
      backupAt: at,
      missingEntries: 3,
      quarantineFolder: `C:/${secret}`,
    },
    backupFailure: { ...appError('store.diskFull'), params: { path: secret } },
    unreadable: { ...noneUnreadable, messages: 2 },
    hasOrphans: true,
    dataFolder: `C:/Users/${secret}`,
    hasSamples: false,
  }),
  status: portalStatusSchema.parse({
    realm: 'contract',
    label: secret,
    address: `https://${secret}.example`,
    desk: { project: secret, tracker: '', referenceField: '', serialField: '' },
    map: secret,
    looksUp: true,
    proxy: { address: `http://${secret}:8080`, login: 'present' },
    reach: 'unreachable',
    mode: 'open',
    lastContactAt: null,
    lastError: { ...appError('portal.rejected'), params: { status: 422, detail: secret } },
    credentials: 'present',
    queueWait: { reason: { ...appError('portal.unreachable'), params: { host: secret } }, until: null },
    waiting: 1,
    elsewhere: 0,
    news: { aside: 2, isStuck: true },
    clockOffsetMs: 61_400,
    notices: [
      {
        id: secret,
        kind: 'info',
        title: { it: secret, en: secret },
        startsAt: at,
        endsAt: null,
        origin: 'typed',
      },
    ],
    furtherNotices: 0,
    limits: {
      fileBytes: 1,
      ticketBytes: 1,
      files: 1,
      textBytes: null,
      fileFrom: 'own',
      ticketFrom: 'own',
      learnt: [],
    },
    state: 'staffed',
    until: null,
    why: { kind: 'portal-says' },
    takes: true,
    takesFrom: null,
    staffedFrom: null,
    dayLine: [],
    ahead: [],
    furtherAhead: 0,
    sessions: [],
  }),
  queue: ['queued', 'queued', 'rejected'].map((state, nth) =>
    outboxRowSchema.parse({
      id: `00000000-0000-4000-8000-00000000000${nth}`,
      ticketId: '00000000-0000-4000-8000-0000000000aa',
      title: secret,
      number: `P-${secret}`,
      work: { kind: 'create-ticket' },
      fileName: secret,
      state,
      attempts: 1,
      nextTryAt: null,
      lastError: null,
      createdAt: at,
      sentBytes: null,
      waitReason: null,
      hold: null,
      goesAt: null,
      before: 0,
      totalBytes: null,
    }),
  ),
  list: requestListSchema.parse({
    rows: [],
    total: 5,
    counts,
    removed: 4,
    elsewhere: [{ realm: 'contract', label: secret, count: 7 }],
  }),
  packs: [{ name: 'products', version: 12, origin: 'bundled', refused: null }],
};

test('R-PRIVACY-1: diagnosis tells versions, states and counts, and nothing a person, a customer or a portal wrote', () => {
  let said = 0;
  for (const language of ['it', 'en'] as const) {
    const text = diagnosisText(facts, createTranslator(language));
    expect(text.toUpperCase()).not.toContain(secret);
    expect(text).not.toContain('00000000-');
    for (const part of [
      '1.4.0 · Electron 33.2.1',
      'Windows_NT 10.0.22631 x64 · it · 125 %',
      at,
      'restored · damaged · missing 3 · backup store.diskFull · unreadable: messages 2 · orphans',
      'contract · unreachable · open · state staffed · password present · proxy present · clock 61 s',
      'error portal.rejected · waits portal.unreachable · news 2 stuck',
      'queued 2 · rejected 1',
      'all 5 · you 1 · waiting 1 · drafts 1 · vendor 1 · closed 1 · removed 4 · elsewhere 7',
      'products 12 bundled',
    ]) {
      expect(text).toContain(part);
      said += 1;
    }
  }
  expect(said).toBe(18);
});

test('diagnosis says what is not known when main has not answered', () => {
  const text = diagnosisText(
    { ...facts, status: null, queue: null, list: null, packs: null },
    createTranslator('en'),
  );
  expect(text.split('\n').filter((line) => line.endsWith(': ?'))).toHaveLength(4);
});
