import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';
import script from '../../electron/portal/practice/practice-script.json' with { type: 'json' };
import {
  type RunningPracticePortal,
  startPracticePortal,
} from '../../electron/portal/practice/start-practice-portal.ts';
import { done, newMessage, newTicket, temporaryFolder } from '../portal/portal-fixtures.ts';

const canary = 'canary-7Qm2-codes';
const folder = temporaryFolder();
let server: RunningPracticePortal;
beforeAll(async () => {
  server = await startPracticePortal({ dataFolder: folder, port: 0, operatorDelayMs: null });
});
afterAll(() => server.stop());

const client = () =>
  contractPortal({
    address: server.url,
    credentials: async () => ({ user: 'practice', password: server.token }),
  });
const act = (path: string): Promise<Response> =>
  fetch(`${server.operatorUrl}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    redirect: 'manual',
  });
const page = async (): Promise<string> => (await fetch(server.operatorUrl)).text();

describe('sendPrivateMessage', () => {
  test('R-REMOTE-5: reaches the operator in charge alone, once, and never the ticket or the disk', async () => {
    const portal = client();
    const { number } = done(await portal.createTicket(newTicket()));
    const message = { ...newMessage(number, { text: canary }), operator: script.operator };
    expect(await portal.sendPrivateMessage(message)).toMatchObject({ kind: 'refused', retry: 'never' });
    await act(`tickets/${number}/assign`);
    await act(`tickets/${number}/ask-for-session`);
    expect(
      await portal.sendPrivateMessage({
        ...message,
        operator: 'Somebody else',
        idempotencyKey: randomUUID(),
      }),
    ).toMatchObject({
      kind: 'refused',
      retry: 'never',
    });
    const receipt = done(await portal.sendPrivateMessage(message));
    expect(done(await portal.sendPrivateMessage(message))).toEqual(receipt);
    expect(await page()).toContain(canary);
    const changes = done(await portal.changesSince(null));
    expect(JSON.stringify(changes)).not.toContain(canary);
    expect(
      changes.messages.map(({ author }) => (author.kind === 'system' ? author.event : author.kind)),
    ).toEqual(['received', 'assigned', 'session-requested']);
    await act(`tickets/${number}/end-session`);
    expect(await page()).not.toContain(canary);
    const onDisk = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    expect(onDisk.length).toBeGreaterThan(0);
    expect(onDisk.filter((bytes) => bytes.includes(canary))).toEqual([]);
  });
});
