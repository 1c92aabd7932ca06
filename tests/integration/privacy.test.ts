import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { isWithin } from '../../electron/platform/same-place.ts';
import { askForErase, assertErased, eraseIfAsked } from '../../electron/store/erase-store.ts';
import { exportEverything } from '../../electron/requests/export-everything.ts';
import { writeDocuments } from '../../electron/requests/request-documents.ts';
import { migrate } from '../../electron/store/migrate.ts';
import { type Db, openStore } from '../../electron/store/open-store.ts';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import {
  freshFolder,
  noEvidence,
  type OpenedServices,
  openTestWorkshop,
  readyDraft,
} from './workshop-fixture.ts';

type Manifest = {
  readonly tables: readonly string[];
  readonly files: readonly { readonly original: string; readonly kept: boolean }[];
};

async function shopWithFiles(
  target: string,
  outside: Parameters<typeof openTestWorkshop>[1] = {},
): Promise<OpenedServices> {
  const opened = await openTestWorkshop(freshFolder(), {
    evidence: { ...noEvidence, dialogs: { chooseFiles: async () => [], chooseFolder: async () => target } },
    ...outside,
  });
  await readyDraft(opened, 'La lettura si ferma al 38 %');
  const place = freshFolder();
  for (const [name, text] of [
    ['ktag.log', 'ERR back checksum'],
    ['kess.log', 'Wake up error'],
  ] as const)
    writeFileSync(join(place, name), text);
  await opened.services.handlers.freezeDroppedFiles({
    paths: [join(place, 'ktag.log'), join(place, 'kess.log')],
  });
  return opened;
}

test('R-PRIVACY-1: everything held is handed out as plain files, and a file that is gone is named instead of stopping the rest', async () => {
  const target = freshFolder();
  const opened = await shopWithFiles(target);
  const lost = opened.services.context.evidenceRows.newest(10).find((file) => file.name === 'kess.log');
  const frozen = lost === undefined ? null : await opened.services.evidence.files.frozenFile(lost.id);
  rmSync(frozen?.path ?? '');
  const written = await opened.call('exportEverything', {});
  expect(written?.files).toBe(1);
  const folder = written?.folder ?? '';
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.files.map(({ original, kept }) => [original, kept]).toSorted()).toEqual([
    ['kess.log', false],
    ['ktag.log', true],
  ]);
  expect(readFileSync(join(folder, 'files/ktag.log'), 'utf8')).toBe('ERR back checksum');
  expect(manifest.tables).toEqual(
    expect.arrayContaining([
      'profile',
      'tools',
      'tickets',
      'messages',
      'outbox',
      'evidence',
      'audit',
      'settings',
    ]),
  );
  expect(readFileSync(join(folder, 'store/tickets.json'), 'utf8')).toContain('La lettura si ferma al 38 %');
  expect(readdirSync(join(folder, 'store')).toSorted()).toEqual(
    manifest.tables.map((table) => `${table}.json`).toSorted(),
  );
  // Each request as a page to read, in its own language; a file that is gone is named there.
  const documents = readdirSync(join(folder, 'requests'));
  expect(documents).toHaveLength(1);
  const page = readFileSync(join(folder, 'requests', documents[0] ?? ''), 'utf8');
  expect(documents[0]).toMatch(/^Bozza .*La lettura si ferma al 38.*\.html$/u);
  expect(page).toContain('<html lang="it">');
  expect(page).toContain('La lettura si ferma al 38 %');
  // A second time nothing is written over.
  expect((await opened.call('exportEverything', {}))?.folder).not.toBe(folder);
});

test('R-PRIVACY-1: each request is exported as a page in its language, and one that cannot be told is named', async () => {
  const opened = await openTestWorkshop(freshFolder());
  const damaged = await readyDraft(opened, 'La lettura si ferma al 38 %');
  await readyDraft(opened, 'The read stops');
  const folder = freshFolder();
  mkdirSync(folder, { recursive: true });
  const told = await writeDocuments(
    folder,
    opened.services.store.db,
    (id) => {
      if (id === damaged.id) throw new Error('damaged');
      return {
        name: id,
        text: { language: 'en', subject: 'The read stops', body: 'PROBLEM' },
        files: [],
        lost: ['gone.log'],
        conversation: [],
        terms: null,
        standing: null,
      };
    },
    new Map(),
  );
  expect(told).toEqual({ documents: ['Draft The read stops.html'], unreadable: [damaged.id] });
  const page = readFileSync(join(folder, 'Draft The read stops.html'), 'utf8');
  expect(page).toContain('<html lang="en">');
  expect(page).toContain('gone.log');
  await opened.services.stop();
});

/** A store with so many messages, their own table over many pages; the bytes around `mark` are then those of a disk that fails. */
function storeWithBadPage(mark: string | null): { readonly db: Db; readonly evidence: readonly Evidence[] } {
  const file = join(freshFolder(), 'officina.db');
  const made = openStore(file);
  migrate(made);
  const ticket = '00000000-0000-4000-8000-000000000001';
  made.pragma('foreign_keys = OFF');
  const insert = made.prepare(
    "insert into messages (id, ticket_id, author, text, attachments, at, delivery, read) values (?, ?, '{}', ?, '[]', 'x', 'delivered', 1)",
  );
  for (let nth = 0; nth < 200; nth += 1) insert.run(`m${nth}`, ticket, `words of ${nth}: ${'x'.repeat(900)}`);
  made
    .prepare("insert into tools (id, product_id, serial, created_at) values ('t', 'ktag-master', '1', 'x')")
    .run();
  made.pragma('wal_checkpoint(TRUNCATE)');
  made.close();
  if (mark !== null) {
    const bytes = readFileSync(file);
    const page = Math.floor(bytes.indexOf(mark) / 4_096);
    expect(page).toBeGreaterThan(1);
    bytes.fill(0xff, page * 4_096, (page + 1) * 4_096);
    writeFileSync(file, bytes);
  }
  return { db: openStore(file), evidence: [] };
}
const noRequest = (): never => {
  throw new AppFault('notFound');
};
const noFiles = { verified: () => Promise.reject(new AppFault('notFound')) };

test('R-PRIVACY-1: rows the disk does not give back are named, and what stands around them is handed out with everything else', async () => {
  const { db, evidence } = storeWithBadPage('words of 100:');
  const { folder, missing } = await exportEverything(freshFolder(), '2026-11-24', {
    db,
    evidence,
    frozenFiles: noFiles,
    requestOf: noRequest,
  });
  db.close();
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest & {
    readonly incomplete: readonly string[];
  };
  expect([missing, manifest.incomplete]).toEqual([['messages.json'], ['messages']]);
  expect(manifest.tables).toContain('tools');
  expect(readFileSync(join(folder, 'store/tools.json'), 'utf8')).toContain('ktag-master');
  const rows = JSON.parse(readFileSync(join(folder, 'store/part of messages.json'), 'utf8')) as readonly {
    readonly id: string;
  }[];
  const ids = rows.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['m0', 'm50', 'm150', 'm199']));
  expect(ids).not.toContain('m100');
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(180);
});

test('R-PRIVACY-1: tables with odd names are handed out as well, and files whose own row cannot be read are named', async () => {
  const { db, evidence } = storeWithBadPage(null);
  db.exec(
    'create table "a/b""c" (x); insert into "a/b""c" values (7); create table no_rowid (k primary key, v) without rowid;',
  );
  db.prepare(
    "insert into evidence (id, name, sha256, size_bytes, kind, origin, tail_only, file_modified_at, frozen_at) values ('no id', 'a.log', 'none', 1, 'log', 'added', 0, 'x', 'x')",
  ).run();
  const { folder, missing } = await exportEverything(freshFolder(), '2026-11-24', {
    db,
    evidence,
    frozenFiles: noFiles,
    requestOf: noRequest,
  });
  db.close();
  expect(missing).toEqual(['a.log']);
  expect(readFileSync(join(folder, 'store/a_b_c.json'), 'utf8')).toContain('7');
  expect(JSON.parse(readFileSync(join(folder, 'store/messages.json'), 'utf8'))).toHaveLength(200);
});

test.each([
  'read-only',
  'full',
])('R-PRIVACY-1: everything, one request and the audit are carried away also from a store that is %s', async (how) => {
  const target = freshFolder();
  const opened = await shopWithFiles(target);
  const draft = await readyDraft(opened, 'Una richiesta');
  const { db } = opened.services.store;
  if (how === 'read-only') db.pragma('query_only = ON');
  else db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
  const fill = (): void => {
    for (;;)
      db.prepare('insert into settings (key, value) values (?, ?)').run(
        String(Math.random()),
        'x'.repeat(100_000),
      );
  };
  expect(fill).toThrow(how === 'full' ? /full/u : /readonly/u);
  expect((await opened.call('exportEverything', {}))?.files).toBe(2);
  expect((await opened.call('exportRequest', { id: draft.id, unstored: null }))?.folder).toContain(target);
  expect(await opened.call('exportAudit', {})).toEqual({ folder: target });
  expect(opened.faults).toEqual([]);
});

test('R-PRIVACY-1: nothing is left of a workshop when it was erased, whatever the erasing was interrupted by', () => {
  const folder = freshFolder();
  const fill = (): void => {
    for (const name of ['evidence', 'backups', 'practice', 'window/Partitions/site-ab'])
      mkdirSync(join(folder, name), { recursive: true });
    for (const name of [
      'officina.db',
      'officina.db-wal',
      'audit-head.json',
      'faults.log',
      'evidence/ab',
      'backups/daily.db',
      'window/place.txt',
      'window/Partitions/site-ab/Cookies',
      'window/Preferences',
    ])
      writeFileSync(join(folder, name), 'x');
  };
  fill();
  expect(eraseIfAsked(folder)).toEqual([]);
  expect(existsSync(join(folder, 'officina.db'))).toBe(true);
  askForErase(folder);
  // As a power cut leaves it: some of it gone, the mark still there.
  rmSync(join(folder, 'officina.db'));
  expect(eraseIfAsked(folder)).toEqual([]);
  expect(existsSync(join(folder, 'erase-next.txt'))).toBe(false);
  expect(readdirSync(folder)).toEqual(['window']);
  expect(readdirSync(join(folder, 'window'))).toEqual(['Preferences']);
  fill();
  expect(eraseIfAsked(folder)).toEqual([]);
  expect(existsSync(join(folder, 'officina.db'))).toBe(true);
});

test('R-PRIVACY-1: what another program holds is named and goes the next time, all the rest goes now', () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'evidence/ab'), { recursive: true });
  for (const name of ['officina.db', 'evidence/ab/held', 'evidence/ab/free', 'evidence/other'])
    writeFileSync(join(folder, name), 'x');
  askForErase(folder);
  const held = join(folder, 'evidence', 'ab', 'held');
  /** As Windows does it: neither the file goes nor any folder it lies in. */
  const rm: typeof rmSync = (path, options) => {
    if (isWithin(held, String(path))) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
    rmSync(path, options);
  };
  expect(eraseIfAsked(folder, { tries: 0, rm })).toEqual([relative(folder, held)]);
  expect(readdirSync(folder, { recursive: true }).map(String).toSorted()).toEqual([
    'erase-next.txt',
    'evidence',
    join('evidence', 'ab'),
    relative(folder, held),
  ]);
  expect(readFileSync(join(folder, 'erase-next.txt'), 'utf8')).toBe(`${relative(folder, held)}\n`);
  assertErased(folder);
  expect(readdirSync(folder)).toEqual([]);
});

test('R-PRIVACY-1: password goes first, and nothing is erased when the keychain does not let it go', async () => {
  const removed: string[] = [];
  let restarts = 0;
  let refuses = true;
  const opened = await shopWithFiles(freshFolder(), {
    onRestart: () => {
      restarts += 1;
    },
    keychain: {
      read: async () => ({ kind: 'absent' }),
      save: async () => undefined,
      remove: async (account) => {
        if (refuses) throw new AppFault('keychain.denied');
        removed.push(account);
        return true;
      },
    },
  });
  await opened.call('choosePortal', {
    kind: 'contract',
    url: 'http://127.0.0.1:9',
    proxy: 'http://proxy.example:3128',
  });
  await expect(opened.call('eraseEverything', {})).rejects.toMatchObject({
    error: { code: 'keychain.denied' },
  });
  expect([restarts, existsSync(join(opened.dataFolder, 'erase-next.txt'))]).toEqual([0, false]);
  refuses = false;
  // Whose password it is, a profile that cannot be read does not tell.
  const { profile } = await opened.call('appInfo', {});
  opened.services.store.db.exec("update profile set email = 'x'");
  await expect(opened.call('eraseEverything', {})).rejects.toMatchObject({
    error: { code: 'profile.missing' },
  });
  expect([restarts, removed]).toEqual([0, []]);
  if (profile !== null) await opened.call('saveProfile', profile);
  await opened.call('eraseEverything', {});
  expect([
    restarts,
    removed.length,
    removed[0]?.endsWith('@ http://127.0.0.1:9'),
    removed[1]?.startsWith('proxy @ '),
  ]).toEqual([1, 2, true, true]);
  expect(existsSync(join(opened.dataFolder, 'erase-next.txt'))).toBe(true);
});

test('R-PRIVACY-1, THREAT-5: erasing forgets the passwords of every portal and customer ever used', async () => {
  const kept = new Map<string, string>();
  const opened = await shopWithFiles(freshFolder(), {
    onRestart: () => undefined,
    keychain: {
      read: async (account) =>
        ({ kind: kept.has(account) ? 'present' : 'absent', secret: kept.get(account) ?? '' }) as const,
      save: async (account, secret) => void kept.set(account, secret),
      remove: async (account) => kept.delete(account),
    },
  });
  const [one, other] = ['http://127.0.0.1:9', 'http://127.0.0.1:10'];
  await opened.call('choosePortal', { kind: 'contract', url: one, proxy: 'http://proxy.example:3128' });
  await opened.call('saveCredentials', { password: 'first' });
  await opened.call('saveProxyLogin', { user: 'shop', password: 'second' });
  await opened.call('saveProfile', {
    customerCode: 'ALI-9',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  await opened.call('choosePortal', { kind: 'contract', url: other });
  await opened.call('saveCredentials', { password: 'third' });
  await opened.call('choosePortal', { kind: 'manual' });
  expect(kept.size).toBe(3);
  await opened.call('eraseEverything', {});
  expect([...kept.keys()]).toEqual([]);
});
