import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Autostart } from '../../electron/platform/autostart.ts';
import { desktopHandlers } from '../../electron/ipc/desktop-handlers.ts';
import { dispatch } from '../../electron/ipc/dispatch.ts';
import type { Dispatch } from '../../electron/ipc/register-channels.ts';
import type { RemoteTool } from '../../electron/remote/remote-tool.ts';
import { type DraftContent, draftContentSchema } from '../../shared/domain/draft.ts';
import {
  type EvidenceId,
  messageIdSchema,
  type TicketId,
  ticketIdSchema,
  ticketNumberSchema,
} from '../../shared/domain/ids.ts';
import { apiBase, changesSchema, noticesSchema } from '../../shared/portal/wire.ts';
import { type Flood, floodedPayload } from '../fixtures/flooded-payload.ts';
import { product } from '../fixtures/bench-tool.ts';
import {
  freshFolder,
  noEvidence,
  noTool,
  type OpenedServices,
  openTestWorkshop,
  readyDraft,
  typed,
} from './workshop-fixture.ts';

/** Characters of a LOG on disk for each character of a text. */
const logTimes = 8;
/** What a person writes of two things at once: it can be sent, and split. */
const twoProblems =
  '1) La lettura della EDC17CP44 si ferma con checksum error\n2) Su una Fiat Ducato la scrittura non parte\n';
const at = '2026-11-24T17:00:00.000Z';

/** A portal that takes no request and tells news in which every text is a flood; what it is asked a second time it tells anew. */
async function floodingPortal(flood: Flood) {
  const changes = changesSchema.parse(
    floodedPayload(changesSchema, flood, { cursor: 'c', hasMore: false }, 50 * flood.text.length),
  );
  const { notices } = noticesSchema.parse(
    floodedPayload(noticesSchema, { ...flood, entries: flood.entries * 20 }),
  );
  let page = 0;
  const answers: Readonly<Record<string, () => object>> = {
    session: () => ({ token: 't'.repeat(20), expiresAt: '2099-01-01T00:00:00.000Z' }),
    // Other entries each time: what is known already is passed over.
    changes: () => {
      page += 1;
      const number = (nth: number): string => `P-${page}-${nth}`;
      return {
        ...changes,
        tickets: changes.tickets.map((ticket, nth) => ({
          ...ticket,
          number: number(nth),
          clientReference: null,
        })),
        messages: changes.messages.map((message, nth) => ({
          ...message,
          number: number(nth),
          id: `${page} ${nth}`,
          clientReference: null,
        })),
      };
    },
    notices: () => ({ notices: notices.map((notice, nth) => ({ ...notice, id: `${nth}` })) }),
  };
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(apiBase.length + 1).split('?')[0] ?? '';
    const answer = answers[name];
    request.resume();
    response.writeHead(answer === undefined ? 503 : 200, {
      'content-type': 'application/json',
      ...(answer === undefined ? { 'retry-after': '3600' } : {}),
    });
    response.end(JSON.stringify(answer?.() ?? null));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** A TeamViewer that passes every check, starts and closes; nobody comes in. */
const goodTool: RemoteTool = {
  ...noTool,
  practice: true,
  check: async () => ({
    kind: 'verified',
    program: { path: '/tv', version: '15.51.5', signer: 'TeamViewer', sha256: 'ab'.repeat(32) },
  }),
  launch: async () => true,
  close: async () => true,
};

type DraftAt = { readonly id: TicketId; readonly revision: number };

/** A whole workshop whose every text is a flood: on disk, in the store, in what is typed, and in what its portal says. */
export type FloodedWorkshop = OpenedServices & {
  readonly flood: Flood;
  readonly answer: Dispatch;
  readonly evidenceIds: readonly EvidenceId[];
  readonly portalUrl: string;
  /** A request with its number, on which a remote session was asked for. */
  readonly ticketId: TicketId;
  /** As much as a draft takes. */
  readonly draft: () => Promise<DraftAt>;
  /** As much as may be sent. */
  readonly sendable: () => Promise<DraftAt>;
  /** A request that waits in the queue, and its item. */
  readonly queued: () => Promise<{ readonly ticketId: TicketId; readonly id: string }>;
  readonly stop: () => Promise<void>;
};

function conversation({ services }: OpenedServices, text: string): TicketId {
  const id = ticketIdSchema.parse(randomUUID());
  const { tickets, messages } = services.context;
  tickets.insertForeign({
    id,
    realm: 'practice',
    number: ticketNumberSchema.parse('P-999999'),
    state: 'waiting-customer',
    text: { language: 'it', subject: text.slice(0, 160), body: text.slice(0, 60_000) },
    operator: 'Marta',
    updatedAt: at,
    productId: product.id,
    serial: 'KT1',
    receivedAt: at,
  });
  const add = (author: Parameters<typeof messages.add>[0]['author'], words: string): void =>
    messages.add(
      {
        id: messageIdSchema.parse(randomUUID()),
        ticketId: id,
        author,
        text: words,
        attachments: [],
        at,
        delivery: 'delivered',
        read: false,
      },
      randomUUID(),
    );
  for (let nth = 0; nth < 10; nth += 1)
    add({ kind: 'operator', name: text.slice(0, 120) }, text.slice(0, 60_000));
  add({ kind: 'system', event: 'session-requested', detail: 'Marta' }, '');
  return id;
}

/** Opens one and fills it. @param flood what each text is made of; lists have as many entries */
export async function floodedWorkshop(flood: Flood): Promise<FloodedWorkshop> {
  const portal = await floodingPortal(flood);
  const folder = freshFolder();
  const logs = join(folder, 'KTAG');
  mkdirSync(logs);
  const paths = Array.from({ length: 5 }, (_, nth) => join(logs, `ktag ${nth}.log`));
  for (const [nth, path] of paths.entries()) writeFileSync(path, `${nth} ${flood.text.repeat(logTimes)}`);
  const shop = await openTestWorkshop(join(folder, 'data'), {
    startPractice: async () => ({ url: portal.url, token: 'x'.repeat(20), stop: async () => undefined }),
    timing: { gapMs: 3_600_000, syncMs: 3_600_000 },
    keychain: {
      read: async () => ({ kind: 'present', secret: 'x'.repeat(20) }),
      save: async () => undefined,
      remove: async () => true,
    },
    evidence: {
      ...noEvidence,
      clipboardPng: async () => new TextEncoder().encode(flood.text),
      dialogs: { chooseFiles: async () => paths, chooseFolder: async () => mkFresh(folder) },
    },
    remote: {
      tool: goodTool,
      practiceTool: goodTool,
      programs: {
        list: async () => [{ id: '7', name: flood.text.slice(0, 200), belongs: false }],
        ask: async () => true,
      },
      printPdf: async (html) => new Uint8Array(Buffer.from(`%PDF ${html.length}`)),
      clearClipboard: async () => undefined,
      installedPrograms: async () => [flood.text.slice(0, 200)],
      onLive: () => undefined,
      watchEveryMs: 1_000,
      chooseProgram: async () => '/tv',
      backupWorker: new URL('../../electron/remote/backup/backup.worker.ts', import.meta.url),
    },
  });
  await shop.services.start();
  let startsWithSession = false;
  const autostart: Autostart = {
    isOffered: true,
    isOn: () => startsWithSession,
    set: (on) => {
      startsWithSession = on;
    },
  };
  const desktop = desktopHandlers({
    openDataFolder: async () => true,
    copy: () => undefined,
    open: async () => undefined,
    openChromiumLicences: async () => true,
    autostart: () => autostart,
  });
  const answer = dispatch(
    async () => ({ ...shop.services.handlers, ...desktop }),
    (reference, error) => void shop.faults.push(reference, error),
  );
  const { frozen } = await shop.services.handlers.freezeDroppedFiles({ paths });
  const evidenceIds = frozen.map(({ id }) => id);
  const flooded = draftContentSchema.parse(floodedPayload(draftContentSchema, flood, { evidenceIds }));
  const short = (text: string, key: string): string => text.slice(0, key === 'errorText' ? 8_000 : 200);
  const draftOf = async (change: (content: DraftContent) => DraftContent): Promise<DraftAt> => {
    const { id } = await readyDraft(shop, twoProblems);
    const { content, revision } = (await shop.call('draft', { id })).draft;
    // What the rules ask for stays; everything else is as much as it takes.
    const { productId, requestType, toolId } = content;
    const fields = { ...flooded.fields, problem: typed(`${twoProblems}\n${flood.text.slice(0, 19_000)}`) };
    const whole = change({ ...flooded, fields, productId, requestType, toolId });
    const edited = await shop.call('editDraft', { id, baseRevision: revision, content: whole });
    return { id, revision: edited.revision };
  };
  const draft = (): Promise<DraftAt> => draftOf((content) => content);
  const sendable = (): Promise<DraftAt> =>
    draftOf((content) => ({
      ...content,
      steps: content.steps.slice(0, 10),
      guides: content.guides.slice(0, 10),
      fields: Object.fromEntries(
        Object.entries(content.fields).map(([key, value]) => [
          key,
          key === 'problem' ? value : { ...value, text: short(value.text, key) },
        ]),
      ),
    }));
  return {
    ...shop,
    flood,
    answer,
    evidenceIds,
    portalUrl: portal.url,
    ticketId: conversation(shop, flood.text),
    draft,
    sendable,
    queued: async () => {
      const made = await sendable();
      await shop.call('sendDraft', made);
      const [item] = shop.services.context.outbox.ofTicket(made.id);
      if (item === undefined) throw new Error('nothing was queued');
      return { ticketId: made.id, id: item.id };
    },
    stop: async () => {
      await shop.services.stop();
      await portal.stop();
    },
  };
}

function mkFresh(folder: string): string {
  const path = join(folder, randomUUID());
  mkdirSync(path);
  return path;
}
