import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

export type SmallIssue = {
  readonly id: number;
  subject: string;
  description: string;
  fields: Map<number, string>;
  isClosed: boolean;
  updatedMs: number;
  readonly createdMs: number;
  readonly author: number;
  readonly files: { id: number; filename: string; description: string; bytes: Buffer }[];
  readonly journals: { id: number; user: number; notes: string; files: number[]; atMs: number }[];
};

/** Answers in the place of the server; false: the server answers. */
export type Instead = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A good answer as text, by the method and path that were asked. */
export type Alter = (text: string, asked: string) => string;

export type SmallRedmine = {
  readonly url: string;
  readonly issues: readonly SmallIssue[];
  readonly asked: readonly { readonly method: string; readonly path: string; readonly key: string }[];
  readonly answer: (id: number, notes: string) => void;
  readonly add: (subject: string, updatedMs: number, author?: number) => SmallIssue;
  readonly instead: (instead: Instead | null) => void;
  /** What it answers is changed before it leaves; null: it answers by itself. */
  readonly alter: (alter: Alter | null) => void;
  /** Filters by fields are passed over without a word. */
  readonly passOver: (isPassedOver: boolean) => void;
  readonly stop: () => Promise<void>;
};

const me = { id: 5, name: 'Officina' };
const operator = { id: 9, name: 'Paola Riva' };
export const smallKey = 'a-key-of-the-small-server';

const bodySchema = z.object({
  issue: z.object({
    subject: z.string().optional(),
    description: z.string().optional(),
    notes: z.string().optional(),
    status_id: z.number().optional(),
    custom_fields: z.array(z.object({ id: z.number(), value: z.string() })).default([]),
    uploads: z
      .array(z.object({ token: z.string(), filename: z.string(), description: z.string() }))
      .default([]),
  }),
});

const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const second = (ms: number): number => Math.floor(ms / 1_000) * 1_000;

function shown(issue: SmallIssue): object {
  return {
    id: issue.id,
    status: {
      id: issue.isClosed ? 5 : 1,
      name: issue.isClosed ? 'Closed' : 'New',
      is_closed: issue.isClosed,
    },
    author: issue.author === me.id ? me : operator,
    subject: issue.subject,
    description: issue.description,
    custom_fields: [1, 2].map((id) => ({ id, name: `F${id}`, value: issue.fields.get(id) ?? '' })),
    created_on: instant(issue.createdMs),
    updated_on: instant(issue.updatedMs),
    closed_on: issue.isClosed ? instant(issue.updatedMs) : null,
    attachments: issue.files.map(({ id, filename, description, bytes }) => ({
      id,
      filename,
      filesize: bytes.length,
      description,
      created_on: instant(issue.updatedMs),
    })),
    journals: issue.journals.map(({ id, user, notes, files, atMs }) => ({
      id,
      user: user === me.id ? me : operator,
      notes,
      created_on: instant(atMs),
      private_notes: false,
      details: files.map((file) => ({ property: 'attachment', name: String(file) })),
    })),
  };
}

/** What of the list a query asks for; times are kept to the second, as most such servers do. */
function listed(
  issues: readonly SmallIssue[],
  query: URLSearchParams,
  isPassedOver: boolean,
): { readonly page: readonly SmallIssue[]; readonly total: number } {
  const [since = '', id = ''] = [query.get('updated_on') ?? '', query.get('issue_id') ?? ''];
  const span = /^><(.+)\|(.+)$/u.exec(since);
  const wanted = [...query].filter(([name]) => name.startsWith('cf_'));
  const found = issues.filter((issue) => {
    const atMs = second(issue.updatedMs);
    if (span !== null && (atMs < Date.parse(span[1] ?? '') || atMs > Date.parse(span[2] ?? ''))) return false;
    if (since.startsWith('>=') && atMs < Date.parse(since.slice(2))) return false;
    if (id.startsWith('>=') && issue.id < Number(id.slice(2))) return false;
    return isPassedOver || wanted.every(([name, value]) => issue.fields.get(Number(name.slice(3))) === value);
  });
  const isById = (query.get('sort') ?? '').startsWith('id');
  const isDown = (query.get('sort') ?? '') === 'id:desc';
  const sorted = found.toSorted((a, b) =>
    isById ? (isDown ? b.id - a.id : a.id - b.id) : second(a.updatedMs) - second(b.updatedMs) || a.id - b.id,
  );
  const offset = Number(query.get('offset') ?? '0');
  const page = sorted.slice(offset, offset + Math.min(100, Number(query.get('limit') ?? '25')));
  return { page, total: sorted.length };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** As much of a Redmine as the program speaks to, for what a real one is too well-behaved for. */
export async function smallRedmine(nowMs: () => number = Date.now): Promise<SmallRedmine> {
  const issues: SmallIssue[] = [];
  const asked: { method: string; path: string; key: string }[] = [];
  const uploads = new Map<string, Buffer>();
  let instead: Instead | null = null;
  let alter: Alter | null = null;
  let isPassedOver = false;
  let ids = 0;
  const nextId = (): number => {
    ids += 1;
    return ids;
  };
  const add = (subject: string, atMs: number, author = me.id): SmallIssue => {
    const issue: SmallIssue = {
      id: nextId(),
      subject,
      description: '',
      fields: new Map(),
      isClosed: false,
      updatedMs: atMs,
      createdMs: atMs,
      author,
      files: [],
      journals: [],
    };
    issues.push(issue);
    return issue;
  };
  const note = (issue: SmallIssue, user: number, notes: string, files: number[]): void => {
    issue.updatedMs = nowMs();
    issue.journals.push({ id: nextId(), user, notes, files, atMs: issue.updatedMs });
  };
  const change = (issue: SmallIssue, body: Buffer): boolean => {
    const { issue: said } = bodySchema.parse(JSON.parse(body.toString('utf8')));
    if (said.uploads.some(({ token }) => !uploads.has(token))) return false;
    const files = said.uploads.map(({ token, filename, description }) => {
      const file = { id: nextId(), filename, description, bytes: uploads.get(token) ?? Buffer.alloc(0) };
      uploads.delete(token);
      issue.files.push(file);
      return file.id;
    });
    if (said.status_id === 5) issue.isClosed = true;
    if (said.subject !== undefined) issue.subject = said.subject;
    if (said.description !== undefined) issue.description = said.description.replaceAll('\n', '\r\n');
    for (const { id, value } of said.custom_fields) issue.fields.set(id, value);
    note(issue, me.id, said.notes ?? '', files);
    return true;
  };
  const answered = (
    request: IncomingMessage,
    body: Buffer,
  ): { status: number; json?: unknown; bytes?: Buffer } => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const { pathname, searchParams } = url;
    const at = `${request.method ?? ''} ${pathname}`;
    const one = /^\/issues\/(\d+)\.json$/u.exec(pathname);
    const file = /^\/attachments\/download\/(\d+)$/u.exec(pathname);
    if (request.headers['x-redmine-api-key'] !== smallKey) return { status: 401 };
    if (at === 'GET /users/current.json')
      return { status: 200, json: { user: { ...me, api_key: smallKey } } };
    if (at === 'GET /issue_statuses.json')
      return { status: 200, json: { issue_statuses: [{ id: 1 }, { id: 5, is_closed: true }] } };
    if (at === 'GET /projects.json')
      return {
        status: 200,
        json: {
          projects: [
            {
              id: 1,
              name: 'Assistenza',
              identifier: 'assistenza',
              trackers: [{ id: 3, name: 'Support' }],
              issue_custom_fields: [
                { id: 1, name: 'Riferimento' },
                { id: 2, name: 'Matricola' },
              ],
            },
          ],
          total_count: 1,
        },
      };
    if (at === 'GET /issues.json') {
      const { page, total } = listed(issues, searchParams, isPassedOver);
      return { status: 200, json: { issues: page.map(shown), total_count: total } };
    }
    if (at === 'POST /issues.json') {
      const issue = add('', nowMs());
      change(issue, body);
      issue.journals.length = 0;
      return { status: 201, json: { issue: shown(issue) } };
    }
    if (at === 'POST /uploads.json') {
      const token = `${nextId()}.${createHash('sha256').update(body).digest('hex')}`;
      uploads.set(token, body);
      return { status: 201, json: { upload: { token } } };
    }
    const issue = issues.find(({ id }) => String(id) === one?.[1]);
    if (issue !== undefined && request.method === 'GET')
      return { status: 200, json: { issue: shown(issue) } };
    if (issue !== undefined && request.method === 'PUT')
      return change(issue, body) ? { status: 204 } : { status: 422, json: { errors: ['no such file'] } };
    const bytes = issues.flatMap(({ files }) => files).find(({ id }) => String(id) === file?.[1])?.bytes;
    return bytes === undefined ? { status: 404 } : { status: 200, bytes };
  };
  const server = createServer((request, response) => {
    const { method = '', url: path = '' } = request;
    asked.push({ method, path, key: String(request.headers['x-redmine-api-key'] ?? '') });
    void bodyOf(request).then((body) => {
      if (instead?.(request, response) === true) return;
      const { status, json, bytes } = answered(request, body);
      response.writeHead(status, {
        'Content-Type': bytes === undefined ? 'application/json' : 'application/octet-stream',
      });
      const text = json === undefined ? '' : JSON.stringify(json);
      response.end(bytes ?? alter?.(text, `${method} ${path}`) ?? text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    issues,
    asked,
    add,
    answer: (id, notes) => {
      const issue = issues.find((one) => one.id === id);
      if (issue !== undefined) note(issue, operator.id, notes, []);
    },
    instead: (next) => {
      instead = next;
    },
    alter: (next) => {
      alter = next;
    },
    passOver: (next) => {
      isPassedOver = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
