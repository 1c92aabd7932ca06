import { instantSchema } from '../../../shared/domain/ids.ts';
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { operatorHtml } from './operator-html.ts';
import { operatorStyleSource } from './operator-style.ts';
import { practiceModes } from './practice-bulletin.ts';
import type { PracticeDesk } from './practice-desk.ts';
import script from './practice-script.json' with { type: 'json' };
import type { PracticeSessions } from './practice-sessions.ts';
import type { PretendOperator } from './pretend-operator.ts';
import { Problem } from './problem.ts';
import { sameSecret } from './sessions.ts';

const tokenParams = z.object({ token: z.string() });
const numberParams = z.object({ number: z.string().max(40) });
/** What a `datetime-local` field holds, read as UTC. */
const utcField = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u)
  .transform((text) => `${text}:00.000Z`)
  // The field of a browser offers only days there are; whoever asks by hand may write 31 February.
  .pipe(instantSchema);
const noticeForm = z.object({
  kind: z.enum(['info', 'closure', 'maintenance']),
  it: z.string().min(1).max(200),
  en: z.string().min(1).max(200),
  startsAt: utcField,
  endsAt: z.union([z.literal('').transform(() => null), utcField]),
});

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new Problem(400, 'invalid', result.error.issues[0]?.path.join('.') ?? null);
  return result.data;
}

export type OperatorPageParts = {
  readonly desk: PracticeDesk;
  readonly operator: PretendOperator;
  readonly remote: PracticeSessions;
  readonly operatorToken: string;
};

/** The page from which a person plays the operator. No script, no foreign form: its token is in its address. */
export function addOperatorPage(
  app: FastifyInstance,
  { desk, operator, remote, operatorToken }: OperatorPageParts,
): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook('onRequest', async (request) => {
    const params = tokenParams.safeParse(request.params);
    if (!params.success || !sameSecret(params.data.token, operatorToken)) throw new Problem(404, 'not-found');
    const { origin, host } = request.headers;
    if (origin !== undefined && origin !== `http://${host ?? ''}`) throw new Problem(403, 'forbidden');
  });
  app.addHook('onSend', async (_request, reply) => {
    // Forms of this page must name their origin, which `no-referrer` would hide from the check above.
    reply
      .header('Referrer-Policy', 'same-origin')
      .header(
        'Content-Security-Policy',
        `default-src 'none'; style-src ${operatorStyleSource}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      );
  });
  const base = `/operator/${operatorToken}`;
  const back = (reply: FastifyReply): FastifyReply => reply.redirect(base, 303);
  const byPerson = (params: unknown, act: (number: string) => void): void => {
    const { number } = parsed(numberParams, params);
    act(number);
    operator.standDown(number);
  };

  app.get('/:token', (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(
        operatorHtml(
          desk,
          remote,
          base,
          (request.headers['accept-language'] ?? '').startsWith('it') ? 'it' : 'en',
        ),
      ),
  );
  app.post('/:token/mode', (request, reply) => {
    desk.setMode(parsed(z.object({ mode: z.enum(practiceModes) }), request.body).mode);
    return back(reply);
  });
  app.post('/:token/notices', (request, reply) => {
    const { kind, it, en, startsAt, endsAt } = parsed(noticeForm, request.body);
    desk.publish({ id: randomUUID(), kind, title: { it, en }, startsAt, endsAt, origin: 'portal' });
    return back(reply);
  });
  app.post('/:token/tickets/:number/assign', (request, reply) => {
    byPerson(request.params, (number) => desk.assign(number, script.operator));
    return back(reply);
  });
  app.post('/:token/tickets/:number/answer', (request, reply) => {
    byPerson(request.params, (number) =>
      desk.answer(
        number,
        script.operator,
        parsed(z.object({ text: z.string().min(1).max(60_000) }), request.body).text,
      ),
    );
    return back(reply);
  });
  app.post('/:token/tickets/:number/ask-for-session', (request, reply) => {
    byPerson(request.params, (number) => desk.askForSession(number, script.operator));
    return back(reply);
  });
  app.post('/:token/tickets/:number/connect', (request, reply) => {
    byPerson(request.params, () => remote.signal('connect'));
    return back(reply);
  });
  app.post('/:token/tickets/:number/end-session', (request, reply) => {
    byPerson(request.params, (number) => {
      remote.signal('end');
      remote.forget(number);
      desk.endSession(number, script.operator);
    });
    return back(reply);
  });
  app.post('/:token/tickets/:number/close', (request, reply) => {
    byPerson(request.params, (number) => desk.close(number, script.operator));
    return back(reply);
  });
}
