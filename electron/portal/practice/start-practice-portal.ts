import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { anewNoticeStart, type Notice } from '../../../shared/domain/notice.ts';
import { apiBase } from '../../../shared/portal/wire.ts';
import { systemClock } from '../../platform/clock.ts';
import { addApiRoutes } from './api-routes.ts';
import { exactlyOnce } from './exactly-once.ts';
import { addOperatorPage } from './operator-page.ts';
import { openPracticeDatabase } from './practice-database.ts';
import { type PracticeDesk, practiceDesk } from './practice-desk.ts';
import { practiceSessions } from './practice-sessions.ts';
import { pretendOperator } from './pretend-operator.ts';
import { Problem } from './problem.ts';
import { mayEnter, type Sessions } from './sessions.ts';
import { addUploadRoutes } from './upload-routes.ts';

export type PracticeOptions = {
  /** Holds `practice.db` and `uploads/`; nothing else may live there. */
  readonly dataFolder: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Bearer token of the app; left out, a new one is made. */
  readonly token?: string;
  /** Token in the address of the operator's page; left out, a new one is made. */
  readonly operatorToken?: string;
  /** Milliseconds between two steps of the pretend operator; null: nobody answers. */
  readonly operatorDelayMs: number | null;
  /** Milliseconds a creation takes before it is committed; 0 when left out. */
  readonly processingMs?: number;
  /** What the portal takes for now, in epoch milliseconds; left out, the PC's clock. */
  readonly nowMs?: () => number;
  /** The highest number of this desk that the app knows; 0 when left out. */
  readonly lastNumber?: number;
};

export type RunningPracticePortal = {
  /** Origin without a path, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly token: string;
  /** Address of the operator's page, its own token included. */
  readonly operatorUrl: string;
  /** What was stored could not be read, is set aside, and the desk began anew. */
  readonly isAnew: boolean;
  readonly stop: () => Promise<void>;
};

const maintenanceRetrySeconds = 60;

/** Told the way the portal tells everything else: to whoever reads its notices, for a week. */
function anewNotice(nowMs: number): Notice {
  return {
    id: `${anewNoticeStart}${nowMs}`,
    kind: 'info',
    title: {
      it: 'Il portale di prova è ripartito da capo: il suo archivio non si leggeva ed è messo da parte.',
      en: 'The practice portal began anew: its store could not be read and is set aside.',
    },
    startsAt: new Date(nowMs).toISOString(),
    endsAt: new Date(nowMs + 7 * 86_400_000).toISOString(),
    origin: 'portal',
  };
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfterSeconds !== null) reply.header('Retry-After', String(problem.retryAfterSeconds));
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify(problem.body()));
}

function asProblem(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error;
  const status = error.statusCode ?? 500;
  if (status === 413) return new Problem(413, 'too-large');
  return status >= 400 && status < 500 ? new Problem(400, 'invalid') : new Problem(500, 'fault');
}

function guard(
  api: FastifyInstance,
  desk: PracticeDesk,
  token: string,
  sessions: Sessions,
  nowMs: () => number,
): void {
  api.addHook('onRequest', async (request) => {
    // A browser sends Origin, the app does not: a web page that guessed the port gets nothing.
    if (request.headers.origin !== undefined) throw new Problem(403, 'forbidden');
    if (desk.mode() === 'maintenance') {
      const until = desk.modeEndsAt();
      throw new Problem(503, 'maintenance', null, {
        until,
        retryAfterSeconds:
          until === null
            ? maintenanceRetrySeconds
            : Math.max(1, Math.ceil((Date.parse(until) - nowMs()) / 1_000)),
      });
    }
    const signsIn = request.url === `${apiBase}/session`;
    if (!signsIn && !mayEnter(request.headers.authorization, token, sessions, nowMs()))
      throw new Problem(401, 'unauthorized');
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (desk.mode() === 'read-only' && !reads && !signsIn)
      throw new Problem(423, 'read-only', null, { until: desk.modeEndsAt(), retryAfterSeconds: null });
  });
}

/** Starts the practice portal on 127.0.0.1: a real server of the contract, kept in its own folder. Rejects when the port is taken. */
export async function startPracticePortal(options: PracticeOptions): Promise<RunningPracticePortal> {
  const token = options.token ?? randomBytes(32).toString('base64url');
  const operatorToken = options.operatorToken ?? randomBytes(24).toString('base64url');
  const nowMs = options.nowMs ?? ((): number => Date.parse(systemClock.instant()));
  let isAnew = false;
  const db = openPracticeDatabase(options.dataFolder, {
    nowMs: nowMs(),
    lastNumber: options.lastNumber ?? 0,
    onAnew: () => {
      isAnew = true;
    },
  });
  const desk = practiceDesk(db, () => new Date(nowMs()).toISOString());
  if (isAnew) desk.publish(anewNotice(nowMs()));
  const remote = practiceSessions(options.dataFolder);
  const operator = pretendOperator(db, desk, remote, options.operatorDelayMs, nowMs);
  const sessions: Sessions = new Map();

  const app = fastify({ bodyLimit: 1024 * 1024, forceCloseConnections: true, logger: false });
  app.addHook('onRequest', async (request) => {
    // Refuses names that were made to point here (DNS rebinding).
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/u.test(request.headers.host ?? ''))
      throw new Problem(403, 'forbidden');
  });
  app.addHook('onSend', async (_request, reply) => {
    reply
      .header('Date', new Date(nowMs()).toUTCString())
      .header('Cache-Control', 'no-store')
      .header('X-Content-Type-Options', 'nosniff')
      .header('Referrer-Policy', 'no-referrer');
  });
  app.setErrorHandler((error: FastifyError | Problem, _request, reply) =>
    sendProblem(reply, asProblem(error)),
  );
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new Problem(404, 'no-route')));
  await app.register(
    async (api) => {
      guard(api, desk, token, sessions, nowMs);
      addApiRoutes(api, {
        desk,
        operator,
        remote,
        once: exactlyOnce(db, options.processingMs ?? 0),
        sessions,
        token,
        nowMs,
      });
      addUploadRoutes(api, desk, options.dataFolder);
    },
    { prefix: apiBase },
  );
  await app.register(async (page) => addOperatorPage(page, { desk, operator, remote, operatorToken }), {
    prefix: '/operator',
  });
  const stop = async (): Promise<void> => {
    operator.stop();
    await app.close();
    db.close();
  };
  await app.listen({ host: '127.0.0.1', port: options.port }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    token,
    operatorUrl: `${url}/operator/${operatorToken}`,
    isAnew,
    stop,
  };
}
