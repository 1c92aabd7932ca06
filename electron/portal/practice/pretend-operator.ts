import { z } from 'zod';
import type { PracticeDb } from './practice-database.ts';
import type { PracticeDesk } from './practice-desk.ts';
import type { PracticeSessions } from './practice-sessions.ts';
import script from './practice-script.json' with { type: 'json' };

const stepSchema = z.object({
  id: z.number(),
  number: z.string(),
  step: z.enum(['assign', 'ask', 'answer', 'close', 'ask-for-session', 'connect', 'end-session']),
  dueAtMs: z.number(),
});
/** A row as it stands; the columns are strict, the words in them are anybody's. */
const plannedSchema = z.looseObject({ id: z.number() });
type Step = z.infer<typeof stepSchema>['step'];

/** How long the pretended session lasts, in steps: with the usual four seconds a step, two minutes. */
const sessionDelays = 30;

/**
 * Plays the vendor's side: takes a ticket in charge, asks one question in its language, answers the first reply and asks for a remote
 * session, connects when the codes come and ends by itself after a while, closes after the second reply. Steps are kept in the database, so a restart goes on where it was. `delayMs` lies between two steps; null means that nobody answers.
 */
export function pretendOperator(
  db: PracticeDb,
  desk: PracticeDesk,
  remote: PracticeSessions,
  delayMs: number | null,
  nowMs: () => number,
) {
  let timer: NodeJS.Timeout | null = null;
  const takenOver = (number: string): string => `person:${number}`;
  const isTakenOver = (number: string): boolean =>
    db.prepare('SELECT 1 FROM setting WHERE name = ?').get(takenOver(number)) !== undefined;
  const plan = (number: string, step: Step, delays = 1): void => {
    if (delayMs === null || isTakenOver(number)) return;
    db.prepare('INSERT INTO operator_step(number, step, due_at_ms) VALUES (?, ?, ?)').run(
      number,
      step,
      nowMs() + delayMs * delays,
    );
    wake();
  };
  const act = (number: string, step: Step): void => {
    const ticket = desk.ticket(number);
    if (ticket === null || ticket.state === 'closed') return;
    if (step === 'assign') {
      desk.assign(number, script.operator);
      plan(number, 'ask');
    } else if (step === 'close') {
      desk.close(number, script.operator);
    } else if (step === 'ask-for-session') {
      desk.askForSession(number, script.operator);
    } else if (step === 'connect') {
      remote.signal('connect');
      plan(number, 'end-session', sessionDelays);
    } else if (step === 'end-session') {
      remote.signal('end');
      remote.forget(number);
      desk.endSession(number, script.operator);
    } else if (step === 'ask') {
      desk.answer(number, script.operator, script.question[ticket.language]);
    } else {
      const solved = desk.customerMessages(number) >= script.repliesUntilSolved;
      desk.answer(
        number,
        script.operator,
        solved ? script.farewell[ticket.language] : script.answer[ticket.language],
      );
      plan(number, solved ? 'close' : 'ask-for-session');
    }
  };
  const runDue = (): void => {
    const due = z
      .array(plannedSchema)
      .parse(
        db
          .prepare(
            'SELECT id, number, step, due_at_ms AS dueAtMs FROM operator_step WHERE due_at_ms <= ? ORDER BY id',
          )
          .all(nowMs()),
      );
    for (const planned of due) {
      desk.inTransaction(() => {
        db.prepare('DELETE FROM operator_step WHERE id = ?').run(planned.id);
        // A step that somebody edited by hand is no step; the others are taken.
        const step = stepSchema.safeParse(planned);
        if (step.success) act(step.data.number, step.data.step);
      });
    }
    wake();
  };
  const wake = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const next = z
      .number()
      .nullable()
      .parse(db.prepare('SELECT min(due_at_ms) FROM operator_step').pluck().get());
    if (delayMs === null || next === null) return;
    timer = setTimeout(runDue, Math.min(Math.max(0, next - nowMs()), 60_000));
    timer.unref();
  };
  wake();
  return {
    ticketReceived: (number: string): void => plan(number, 'assign'),
    replyReceived: (number: string): void => plan(number, 'answer'),
    codesReceived: (number: string): void => plan(number, 'connect'),
    /** A person answers this ticket from the operator's page: the script keeps out of it from now on. */
    standDown: (number: string): void => {
      db.prepare('DELETE FROM operator_step WHERE number = ?').run(number);
      db.prepare("INSERT OR IGNORE INTO setting(name, value) VALUES (?, 'yes')").run(takenOver(number));
    },
    stop: (): void => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

export type PretendOperator = ReturnType<typeof pretendOperator>;
