import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { EvidenceId, MessageId, TicketId } from '../../shared/domain/ids.ts';
import type { DraftContent } from '../../shared/domain/draft.ts';
import { seededRandom } from '../portal/fault.ts';
import { freshDataFolder, type Launched, launch } from '../window/launch.ts';
import { call, isGone, killed, type OutsidePortal, startOutsidePortal } from './killed-app.ts';

/** One run kills this often at the least; the runs together make 200 and more. */
const killsARun = 25;
/** It goes on until enough was taken, so often at most: on a busy machine the queue meets its failpoint before the person has done much. */
const mostKills = 3 * killsARun;
const runs = Number(process.env['KILL_RUNS'] ?? '8');
const baseSeed = Number(process.env['KILL_SEED'] ?? '20261124');
/** What one run must have had taken at least, or its kills have proved nothing. */
const floors = { edits: 10, files: 10, tickets: 5, replies: 5 } as const;
/** So many of a run's kills fall at a failpoint at the least; where none is met, the strike comes all the same. */
const leastAtPoints = 5;
/** Most steps that are taken before a kill, and before one that waits for its failpoint and does not meet it. */
const mostSteps = 10;
const mostStepsToFailpoint = 18;
/** A kill falls so long after the step it waits for at the latest, in milliseconds: between two steps, or in the middle of the next. */
const latestAfterStepMs = 20;

const failpoints = [
  'draft.beforeTx',
  'draft.inTx',
  'draft.afterTx',
  'att.open',
  'att.part25',
  'att.part99',
  'att.hashed',
  'att.fsynced',
  'att.renamed',
  'att.rowInserted',
  'outbox.inTx',
  'outbox.keyPersisted',
  'outbox.sending',
  'outbox.ackReceived',
  'outbox.ackStored',
  'upload.chunkSent',
  'sync.inTx',
] as const;

/** What the app said it had taken. Whatever stands here must be found again, whenever it was killed. */
type Acknowledged = {
  readonly drafts: Map<TicketId, string>;
  readonly frozen: Map<EvidenceId, string>;
  readonly sent: Set<TicketId>;
  readonly attempted: Set<TicketId>;
  readonly replies: Set<MessageId>;
  edits: number;
};

/** What the app took so far, of each kind that has a floor. */
function takenSoFar({ edits, frozen, sent, replies }: Acknowledged): Record<keyof typeof floors, number> {
  return { edits, files: frozen.size, tickets: sent.size, replies: replies.size };
}

function isEnough(acknowledged: Acknowledged): boolean {
  const taken = takenSoFar(acknowledged);
  return (['edits', 'files', 'tickets', 'replies'] as const).every((what) => taken[what] >= floors[what]);
}

/** Counts what the app says it has taken, and kills it once that is so much: never by time alone, for a slow machine would take nothing. */
type Strike = { readonly taken: () => void; readonly isSet: () => boolean };

function strikeAfter(program: ChildProcess, steps: number, delayMs: number): Strike {
  let count = 0;
  return {
    taken: () => {
      count += 1;
      if (count === steps) setTimeout(() => program.kill('SIGKILL'), delayMs);
    },
    isSet: () => count >= steps,
  };
}

const fields = (text: string): DraftContent['fields'] => ({ problem: { text, source: { kind: 'typed' } } });

/** Which edit of its draft a text came from; -1 when it is none of ours. */
function editNumber(text: string): number {
  return Number(/modifica (\d+):/u.exec(text)?.[1] ?? -1);
}

async function settleIn(page: Page): Promise<void> {
  const info = await call(page, 'appInfo', {});
  if (info.profile === null)
    await call(page, 'saveProfile', {
      customerCode: 'ALI-1',
      company: 'Rossi',
      email: 'a@b.example',
      ticketLanguage: 'it',
    });
  const terms = await call(page, 'terms', {});
  if (terms.acceptedAt === null)
    await call(page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
}

/** Takes a made-up LOG of 1 KB to 2 MB as evidence: real bytes through the whole copy, chosen in the system's dialog. */
async function freezeLog(
  { app, page }: Launched,
  folder: string,
  acknowledged: Acknowledged,
  random: () => number,
): Promise<EvidenceId> {
  const file = join(folder, `ktag-${Math.floor(random() * 1e9)}.log`);
  writeFileSync(file, `18:01:44 ERR back checksum ${random()}\n`.repeat(25 * 2 ** Math.floor(random() * 12)));
  await app.evaluate(({ dialog }, path) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [path] }));
  }, file);
  const { frozen, refused } = await call(page, 'chooseFiles', {});
  const evidence = frozen[0];
  if (evidence === undefined) throw new Error(JSON.stringify(refused));
  acknowledged.frozen.set(evidence.id, evidence.sha256);
  return evidence.id;
}

/** A request that waits for an answer; where one is expected, it is waited for, as long as an operator and a look at the portal take. */
async function answerable(page: Page, isExpected: boolean): Promise<TicketId | null> {
  const end = Date.now() + 5_000;
  for (;;) {
    const { rows } = await call(page, 'requests', { filter: 'you', text: '', offset: 0 });
    const found = rows.find(({ number, state }) => number !== null && state !== 'closed');
    if (found !== undefined || !isExpected || Date.now() > end) return found?.id ?? null;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function reply(
  page: Page,
  acknowledged: Acknowledged,
  random: () => number,
  isExpected: boolean,
  { taken }: Strike,
): Promise<void> {
  const ticketId = await answerable(page, isExpected);
  if (ticketId === null) return;
  await call(page, 'saveReply', {
    ticketId,
    text: `Misuro 13,4 V ${Math.floor(random() * 1e9)}`,
    evidenceIds: [],
  });
  taken();
  const sent = await call(page, 'sendReply', { ticketId }).catch(closedMeanwhile);
  if (sent !== null) acknowledged.replies.add(sent.id);
  taken();
}

/** The operator closes after two answers, perhaps between the look at the list and the reply: then nothing was taken. */
function closedMeanwhile(error: unknown): null {
  if (!String(error).includes('"ticket-closed"')) throw error;
  return null;
}

/** Works as a hasty technician would, until the program dies under the hands. */
async function work(
  started: Launched,
  program: ChildProcess,
  logs: string,
  acknowledged: Acknowledged,
  random: () => number,
  strike: Strike,
): Promise<void> {
  const { page } = started;
  const { taken } = strike;
  await settleIn(page);
  const products = await call(page, 'productCatalogue', {});
  const productId = products.find((item) => !item.hasSerial)?.id ?? null;
  for (let round = 0; !isGone(program); round += 1) {
    // Waited for until there are enough of them; from then on whatever waits is answered.
    const isExpected =
      round === 0 && acknowledged.sent.size > 0 && acknowledged.replies.size < 2 * floors.replies;
    await reply(page, acknowledged, random, isExpected, strike);
    const evidenceId = await freezeLog(started, logs, acknowledged, random);
    taken();
    const draft = await call(page, 'startDraft', { toolId: null, evidenceIds: [evidenceId] });
    taken();
    let { revision } = draft;
    let text = '';
    for (let edit = 0; edit < 2; edit += 1) {
      text = `Errore alla lettura, prova ${round}, modifica ${edit}: ${Math.floor(random() * 1e9)}`;
      const content = {
        ...draft.content,
        productId,
        requestType: 'question' as const,
        fields: fields(text),
        guides: [{ id: draft.id, title: 'Guida', finding: '' }],
      };
      ({ revision } = await call(page, 'editDraft', { id: draft.id, baseRevision: revision, content }));
      acknowledged.drafts.set(draft.id, text);
      acknowledged.edits += 1;
      taken();
    }
    if (random() < 0.2) continue;
    acknowledged.attempted.add(draft.id);
    await call(page, 'sendDraft', { id: draft.id, revision });
    acknowledged.sent.add(draft.id);
    taken();
  }
}

/** The store after a kill: every acknowledged edit, file and sending is there. */
async function checkStore(page: Page, acknowledged: Acknowledged): Promise<void> {
  const info = await call(page, 'appInfo', {});
  expect(info.storeHealth.kind).toBe('healthy');
  const listed = new Map(
    (await call(page, 'evidenceList', {})).map((item) => [item.id, item.sha256 as string]),
  );
  for (const [id, sha256] of acknowledged.frozen) expect(listed.get(id)).toBe(sha256);
  for (const [id, text] of acknowledged.drafts) {
    const sent = await call(page, 'ticket', { id }).then(
      ({ ticket }) => ticket,
      () => null,
    );
    const content = sent === null ? (await call(page, 'draft', { id })).draft.content : sent.content;
    const stored = content?.fields.problem?.text ?? '';
    // An edit that was on its way when the program died may have arrived: newer is fine, older is a loss, another text is damage.
    expect(editNumber(stored)).toBeGreaterThanOrEqual(editNumber(text));
    if (editNumber(stored) === editNumber(text)) expect(stored).toBe(text);
    if (acknowledged.sent.has(id)) expect(sent).not.toBeNull();
  }
}

async function launchToDie(dataFolder: string, portal: OutsidePortal, failAt: string): Promise<Launched> {
  return launch({
    dataFolder,
    waits: false,
    env: {
      FAIL_AT: failAt,
      PRACTICE_URL: portal.url,
      PRACTICE_TOKEN: portal.token,
      ABSENT_GAP_MS: '150',
      SYNC_MS: '200',
    },
  });
}

/** What Playwright says when the program went away in the middle of a call, or before one of its two connections to it stood. */
const deathRattle =
  /closed|crashed|Target|context was destroyed|garbage collected|Process failed to launch|WebSocket error/iu;

/** What the program's death explains: it is gone, or about to be seen gone. An answer of the living program is never excused. */
async function excusedByDeath(error: unknown, program: ChildProcess): Promise<void> {
  if (!deathRattle.test(String(error))) throw error;
  await expect.poll(() => isGone(program)).toBe(true);
}

/** A failpoint may be met before the window is there: then the launch itself fails. Without one, nothing excuses it. */
function excused(atFailpoint: boolean): (error: unknown) => null {
  return (error) => {
    if (!atFailpoint || !deathRattle.test(String(error))) throw error;
    return null;
  };
}

test.describe.configure({ mode: 'parallel' });
for (let run = 0; run < runs; run += 1) {
  const seed = baseSeed + run;
  test(`K1 to K4: nothing acknowledged is lost and every request is there once over ${killsARun} kills (seed ${seed})`, async () => {
    test.setTimeout(1_200_000);
    const random = seededRandom(seed);
    const portal = await startOutsidePortal(run % 2 === 0 ? 0 : 40);
    await portal.faults(seed, 0.1);
    const dataFolder = freshDataFolder();
    const logs = freshDataFolder();
    const acknowledged: Acknowledged = {
      drafts: new Map(),
      frozen: new Map(),
      sent: new Set(),
      attempted: new Set(),
      replies: new Set(),
      edits: 0,
    };
    let kills = 0;
    /** Kills that came at a failpoint, before anybody struck. */
    let atPoints = 0;
    try {
      while (kills < killsARun || (!isEnough(acknowledged) && kills < mostKills)) {
        const point = failpoints[Math.floor(random() * failpoints.length)] ?? 'draft.inTx';
        const atFailpoint = random() < 0.7;
        const started = await launchToDie(
          dataFolder,
          portal,
          atFailpoint ? `${point}:${1 + Math.floor(random() * 3)}` : '',
        ).catch(excused(atFailpoint));
        kills += 1;
        if (started === null) {
          atPoints += 1;
          continue;
        }
        const program = started.app.process();
        const steps = atFailpoint ? mostStepsToFailpoint : 1 + Math.floor(random() * mostSteps);
        const strike = strikeAfter(program, steps, Math.floor(random() * latestAfterStepMs));
        await checkStore(started.page, acknowledged)
          .then(() => work(started, program, logs, acknowledged, random, strike))
          .catch((error: unknown) => excusedByDeath(error, program));
        await killed(program);
        expect(program.signalCode).toBe('SIGKILL');
        if (!strike.isSet()) atPoints += 1;
      }
      await portal.faults(seed, 0);
      const last = await launchToDie(dataFolder, portal, '');
      await checkStore(last.page, acknowledged);
      await expect
        .poll(
          async () => {
            await call(last.page, 'syncNow', {});
            const rows = await call(last.page, 'outbox', {});
            // The operator closed the ticket while a reply waited: the person sends it all the same.
            for (const { id, hold } of rows)
              if (hold?.kind === 'conflict') await call(last.page, 'holdOutboxItem', { id, hold: null });
            return rows.filter((row) => row.state !== 'rejected').length;
          },
          { timeout: 60_000, intervals: [500] },
        )
        .toBe(0);
      // The pretend operator closes after two answers: a reply or a file that came too late is refused and stays in view, never lost.
      const refused = await call(last.page, 'outbox', {});
      for (const row of refused) {
        expect(['send-message', 'upload-attachment']).toContain(row.work.kind);
        expect(row.lastError?.params['reason']).toBe('ticket-closed');
      }
      const journal = portal.journal();
      const tickets = journal
        .filter((entry) => entry.kind === 'ticket')
        .map((entry) => entry.clientReference);
      expect(new Set(tickets).size).toBe(tickets.length);
      for (const id of acknowledged.sent) expect(tickets).toContain(id);
      for (const id of tickets) expect(acknowledged.attempted).toContain(id);
      const messages = journal
        .filter((entry) => entry.kind === 'message')
        .map((entry) => entry.clientReference);
      expect(new Set(messages).size).toBe(messages.length);
      const kept = new Set([
        ...messages,
        ...refused.flatMap(({ work }) => (work.kind === 'send-message' ? [work.messageId] : [])),
      ]);
      for (const id of acknowledged.replies) expect(kept).toContain(id);
      const uploads = journal
        .filter((entry) => entry.kind === 'attachment')
        .map((entry) => entry.clientReference);
      expect(new Set(uploads).size).toBe(uploads.length);
      // Every request has one file: it is on the portal, or in view as refused.
      const refusedFiles = refused.filter(({ work }) => work.kind === 'upload-attachment').length;
      expect(uploads.length + refusedFiles).toBe(tickets.length);
      const taken = takenSoFar(acknowledged);
      console.log(
        `seed ${seed}: ${kills} kills, ${atPoints} of them at a failpoint; acknowledged ${JSON.stringify(taken)}, at least ${JSON.stringify(floors)}`,
      );
      expect(kills).toBeGreaterThanOrEqual(killsARun);
      expect(atPoints).toBeGreaterThanOrEqual(leastAtPoints);
      expect({ ...taken, enough: isEnough(acknowledged) }).toEqual({ ...taken, enough: true });
      await last.app.close();
    } finally {
      portal.stop();
    }
  });
}
