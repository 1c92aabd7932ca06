import { randomUUID } from 'node:crypto';
import { ticketIdSchema, ticketNumberSchema, toolIdSchema } from '../../shared/domain/ids.ts';
import { newRemoteSession } from '../../shared/flows/remote-session.ts';
import { type OpenedServices, readyDraft, typed } from './workshop-fixture.ts';

const at = '2026-11-24T17:00:00.000Z';
const sha256 = 'ab'.repeat(32);

/** A ticket the portal numbered, with a conversation in which a session was asked for, a reply being written and a word learned from it. */
async function conversation(
  { services, call }: OpenedServices,
  index: number,
  evidenceId: string,
): Promise<string> {
  const { db } = services.store;
  const id = ticketIdSchema.parse(randomUUID());
  services.context.tickets.insertForeign({
    id,
    realm: 'practice',
    number: ticketNumberSchema.parse(`P-00000${index}`),
    state: 'waiting-customer',
    text: { language: 'it', subject: `Richiesta ${index}`, body: 'La lettura si ferma' },
    operator: 'Marta',
    updatedAt: at,
    productId: 'ktag-master',
    serial: `KT${index}`,
    receivedAt: at,
  });
  const message = db.prepare(
    "insert into messages (id, ticket_id, author, text, attachments, at, delivery, read, portal_reference) values (?, ?, ?, ?, '[]', ?, 'delivered', 0, ?)",
  );
  const asking = randomUUID();
  message.run(
    asking,
    id,
    JSON.stringify({ kind: 'operator', name: 'Marta' }),
    'Quanto misura la batteria?',
    at,
    `m${index}`,
  );
  message.run(
    randomUUID(),
    id,
    JSON.stringify({ kind: 'system', event: 'session-requested', detail: '' }),
    '',
    at,
    `s${index}`,
  );
  db.prepare(
    "insert into asked_back (message_id, product_id, request_type, findings) values (?, 'ktag-master', 'question', ?)",
  ).run(asking, JSON.stringify(['voltage']));
  await call('saveReply', { ticketId: id, text: `Risposta ${index}`, evidenceIds: [] });
  db.prepare('update reply_drafts set evidence_ids = ? where ticket_id = ?').run(
    JSON.stringify([evidenceId]),
    id,
  );
  return id;
}

function remoteRows({ services }: OpenedServices, ticketId: string, number: string): void {
  const { remote } = services.context;
  const ticket = {
    number: ticketNumberSchema.parse(number),
    operator: 'Marta',
    asked: true,
    open: true,
    hours: 'staffed',
  } as const;
  const proofId = randomUUID();
  remote.addProof(
    {
      id: proofId,
      kind: 'declared',
      declaredAt: at,
      what: 'Cartella KTAG',
      where: 'disco USB',
      on: '2026-11-24',
      by: 'Mario',
    },
    at,
  );
  const session = newRemoteSession(ticket);
  const id = randomUUID();
  remote.insertSession({
    id,
    ticketId: ticketIdSchema.parse(ticketId),
    state: {
      phase: 'abandoned',
      preparation: {
        ...(session.phase === 'preparing' ? session.preparation : { ticket }),
        backupId: proofId,
        programsCheckedMs: null,
        tool: null,
        consent: null,
      },
      why: 'left',
    },
    facts: {
      practice: true,
      toolVersion: '',
      toolSigner: '',
      consentId: null,
      launchedAt: null,
      endedAt: null,
      seen: [],
      installedBefore: [],
      receiptId: null,
    },
    startedAt: at,
  });
  remote.addRecord(randomUUID(), id, 'consent', { record: '{}', signature: 'none', publicKey: 'none' }, at);
}

/** Fills every table of the store with two rows at least, the way the program writes them where it can. */
export async function fillEveryTable(shop: OpenedServices): Promise<void> {
  const { call, services } = shop;
  const { db } = services.store;
  const evidenceIds: string[] = [];
  for (const name of ['ktag.log', 'foto.png', 'kess.log']) {
    const id = randomUUID();
    evidenceIds.push(id);
    db.prepare(
      "insert into evidence (id, name, sha256, size_bytes, kind, origin, tail_only, file_modified_at, frozen_at) values (?, ?, ?, 10, 'log', 'chosen', 0, ?, ?)",
    ).run(id, name, sha256, at, at);
  }
  for (const path of ['/tools/ktag', '/tools/kess'])
    db.prepare("insert into watched_folders (id, path, origin, enabled) values (?, ?, 'added', 1)").run(
      randomUUID(),
      path,
    );
  const tools: string[] = [];
  for (const serial of ['KT1', 'KT2'])
    tools.push(
      (
        await call('saveTool', {
          id: null,
          tool: { productId: 'ktag-master', serial, installedVersion: '2.70', nickname: null },
        })
      ).id,
    );
  const drafts: Awaited<ReturnType<typeof readyDraft>>[] = [];
  for (const [index, problem] of [
    'La lettura non parte',
    'La scrittura non parte',
    'La prima centralina non parte',
    'La seconda centralina non parte',
  ].entries()) {
    const draft = await readyDraft(shop, problem);
    const { content } = (await call('draft', { id: draft.id })).draft;
    const edited = {
      ...content,
      toolId: index < 2 ? toolIdSchema.parse(tools[index]) : null,
      fields: { ...content.fields, voltage: typed('12,4') },
    };
    const { revision } = await call('editDraft', {
      id: draft.id,
      baseRevision: draft.revision,
      content: edited,
    });
    await call('waiveRule', {
      id: draft.id,
      waiver: { ruleId: 'R-EXCL-1', about: 'voltage', reason: 'misurata' },
    });
    drafts.push({ id: draft.id, revision });
  }
  for (const { id } of drafts.slice(0, 2))
    await call('saveOwnWords', {
      id,
      words: { plate: 'AB 123 CD', customer: 'Bianchi', note: 'richiamare' },
    });
  for (const { id, revision } of drafts.slice(2)) await call('sendDraft', { id, revision });
  for (const [index, { id }] of drafts.entries())
    db.prepare("update tickets set content = json_set(content, '$.evidenceIds', json(?)) where id = ?").run(
      JSON.stringify([evidenceIds[index % 2]]),
      id,
    );
  for (const problem of ['Tolta', 'Tolta anche questa']) {
    const { id } = await readyDraft(shop, problem);
    await call('removeDraft', { id });
  }
  const terms = await call('terms', {});
  for (const givenAt of ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'])
    db.prepare(
      "insert into consent_records (id, kind, ticket_id, text_version, text_sha256, customer_code, given_at) values (?, 'terms', null, ?, ?, 'ALI-1', ?)",
    ).run(randomUUID(), terms.version, terms.sha256, givenAt);
  for (const index of [1, 2])
    remoteRows(shop, await conversation(shop, index, evidenceIds[index - 1] ?? ''), `P-00000${index}`);
  for (const title of ['Chiusura', 'Manutenzione'])
    await call('addNotice', {
      kind: 'closure',
      title,
      startsAt: '2027-01-01T00:00:00.000Z',
      endsAt: '2027-01-02T00:00:00.000Z',
    });
  for (const [index, { id }] of drafts.slice(0, 2).entries())
    await call('saveTemplate', { from: id, name: `Modello ${index}` });
  for (const portal of ['practice', 'contract https://a.example ALI-1'])
    services.context.portals.keepCursor(portal, 'c1');
  for (const [index, { id }] of drafts.slice(2).entries()) {
    services.context.limits.learn(`contract https://${index}.example`, { kind: 'file', bytes: 9_999, at });
    db.prepare(
      "insert into file_receipts (reference, ticket_id, evidence_id, name, size_bytes, sha256, received_at) values (?, ?, ?, 'ktag.log', 10, ?, ?)",
    ).run(randomUUID(), id, evidenceIds[index] ?? '', sha256, at);
  }
  await call('saveSettings', { theme: 'dark' });
  services.context.portals.choose({ kind: 'practice' });
}
