import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AppOutside } from '../../electron/app/app-outside.ts';
import { openAppServices, type AppServices } from '../../electron/app/app-services.ts';
import { type Packs, packSchemas, packRegistry } from '../../electron/packs/pack-registry.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import type { RemoteTool } from '../../electron/remote/remote-tool.ts';
import { startStoreOrRead } from '../../electron/store/start-store.ts';
import type { DraftContent, FieldKey } from '../../shared/domain/draft.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { Language, TicketId } from '../../shared/domain/ids.ts';
import { productCatalogueSchema } from '../../shared/domain/product.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import {
  type AppEvent,
  type ChannelInput,
  type ChannelName,
  type ChannelOutput,
  channels,
} from '../../shared/ipc/contract.ts';

const resources = resolve(import.meta.dirname, '../../resources');
const read = (name: string): unknown => JSON.parse(readFileSync(join(resources, name), 'utf8'));

/** No TeamViewer anywhere: what a test does not hand in is not there. */
export const noTool: RemoteTool = {
  practice: false,
  check: async () => ({ kind: 'refused', reason: 'not-found', version: null }),
  launch: async () => false,
  watch: () => ({ look: async () => ({ program: null, process: null, log: null, incoming: null }) }),
  close: async () => false,
  stopElevated: async () => false,
  shownCodes: () => null,
  stayed: async () => [],
};
/** The packs the program comes with. */
export const bundledPacks: Packs = {
  products: packSchemas.products.parse(read('products.json')),
  exclusions: packSchemas.exclusions.parse(read('exclusions.json')),
  calendar: packSchemas.calendar.parse(read('calendar.json')),
  terms: packSchemas.terms.parse(read('terms.json')),
  'portal-maps': packSchemas['portal-maps'].parse(read('portal-maps.json')),
};

export type OpenedServices = {
  readonly services: AppServices;
  readonly call: <C extends ChannelName>(name: C, input: ChannelInput<C>) => Promise<ChannelOutput<C>>;
  readonly events: AppEvent[];
  readonly faults: unknown[];
  readonly told: { readonly numbered: Ticket[]; readonly answered: Message[] };
  readonly dataFolder: string;
};

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'officina-workshop-'));

/** Evidence sources of a PC where nothing is found and nothing is chosen. */
export const noEvidence: AppOutside['evidence'] = {
  scanWorker: resolve(import.meta.dirname, '../../electron/evidence/scan.worker.ts'),
  sampleResources: join(resources, 'samples'),
  clipboardPng: async () => null,
  dialogs: { chooseFiles: async () => [], chooseFolder: async () => null },
  guesses: { guessed: async () => [], installed: async () => [] },
};

/** The whole machine room over a real store, without a window; what is not handed in stands still. */
export async function openTestWorkshop(
  dataFolder: string = freshFolder(),
  outside: Partial<AppOutside> = {},
): Promise<OpenedServices> {
  const events: AppEvent[] = [];
  const faults: unknown[] = [];
  const told = { numbered: [] as Ticket[], answered: [] as Message[] };
  const services = openAppServices({
    store: await startStoreOrRead(dataFolder, systemClock.instant()),
    dataFolder,
    appVersion: '0',
    clock: systemClock,
    random: () => 0.5,
    products: productCatalogueSchema.parse(read('products.json')).products,
    packs: packRegistry({ folder: join(dataFolder, 'packs'), bundled: bundledPacks, changed: [], keys: [] }),
    onBattery: () => false,
    publish: (event) => events.push(event),
    log: (error) => `fault ${faults.push(error)}`,
    evidence: noEvidence,
    remote: {
      tool: noTool,
      practiceTool: noTool,
      programs: { list: async () => [], ask: async () => false },
      printPdf: async () => new Uint8Array(Buffer.from('%PDF-1.4 test')),
      clearClipboard: async () => undefined,
      installedPrograms: async () => [],
      onLive: () => undefined,
      watchEveryMs: 20,
      chooseProgram: async () => null,
      backupWorker: resolve(import.meta.dirname, '../../electron/remote/backup/backup.worker.ts'),
    },
    licences: async () => [],
    onRestart: () => undefined,
    storeChecks: { early: Promise.resolve('sound'), whole: async () => 'sound' },
    keychain: {
      read: async () => ({ kind: 'absent' }),
      save: async () => undefined,
      remove: async () => false,
    },
    site: { open: () => Promise.reject(new Error('no pages in this test')), erase: async () => undefined },
    startPractice: () => Promise.reject(new Error('no practice portal in this test')),
    onNumbered: (ticket) => told.numbered.push(ticket),
    onAnswered: (_ticket, message) => told.answered.push(message),
    ...outside,
  });
  const call = async <C extends ChannelName>(name: C, input: ChannelInput<C>): Promise<ChannelOutput<C>> => {
    const handler = services.handlers[name] as (
      given: unknown,
    ) => ChannelOutput<C> | Promise<ChannelOutput<C>>;
    // Parsed as behind a channel: a handler is never given what the contract would have completed or refused.
    return handler(channels[name].input.parse(input));
  };
  return { services, call, events, faults, told, dataFolder };
}

export const typed = (text: string): { text: string; source: { kind: 'typed' } } => ({
  text,
  source: { kind: 'typed' },
});

/** The first facts every test of sending needs: profile, accepted terms, one complete draft without files. */
export async function readyDraft(
  { call }: OpenedServices,
  problem = 'Non trovo il driver quando apro la banca dati',
  evidenceIds: DraftContent['evidenceIds'] = [],
): Promise<{ id: ChannelOutput<'startDraft'>['id']; revision: number }> {
  await call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  const terms = await call('terms', {});
  if (terms.acceptedAt === null) await call('acceptTerms', { version: terms.version, sha256: terms.sha256 });
  const draft = await call('startDraft', { toolId: null, evidenceIds });
  const productId = (await call('productCatalogue', {})).find((item) => !item.hasSerial)?.id ?? null;
  const fields: Partial<Record<FieldKey, ReturnType<typeof typed>>> = { problem: typed(problem) };
  const content: DraftContent = {
    ...draft.content,
    productId,
    requestType: 'question',
    fields,
    guides: [{ id: draft.id, title: 'Guida', finding: '' }],
  };
  const { revision } = await call('editDraft', { id: draft.id, baseRevision: draft.revision, content });
  return { id: draft.id, revision };
}

/** A file of that name and text, taken as evidence. @throws where it is not taken */
export async function frozenFile(one: OpenedServices, name: string, text: string): Promise<Evidence> {
  const path = join(freshFolder(), name);
  writeFileSync(path, text);
  const file = (await one.services.handlers.freezeDroppedFiles({ paths: [path] }))?.frozen[0];
  if (file === undefined) throw new Error('not frozen');
  return file;
}

/** A request with these files on its way. */
export async function sentWith(one: OpenedServices, files: readonly Evidence[]): Promise<TicketId> {
  const draft = await readyDraft(
    one,
    'La lettura si ferma',
    files.map(({ id }) => id),
  );
  await one.call('sendDraft', draft);
  return draft.id;
}

/** Waits until `ready` gives a value, or fails with what was last seen. */
export async function until<T>(ready: () => T | null | undefined | false, limitMs = 60_000): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = ready();
    if (value) return value;
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The data of a workshop with a profile, one K-TAG and a language of its own; closed again. */
export async function knownWorkshop(ticketLanguage: Language): Promise<string> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'officina-data-'));
  const { call, services } = await openTestWorkshop(dataFolder);
  await call('saveProfile', {
    customerCode: 'ALI-20417',
    company: 'Officina Rossi',
    email: 'mario@rossi.example',
    ticketLanguage,
  });
  await call('saveTool', {
    id: null,
    tool: { productId: 'ktag-master', serial: '310077', installedVersion: null, nickname: null },
  });
  await services.stop();
  return dataFolder;
}
