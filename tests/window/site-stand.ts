import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { build } from 'vite';
import type { SiteState } from '../../electron/portal/web/site.ts';
import type { ReadConversation } from '../../shared/portal-map/conversation.ts';
import type { FilledForm, PageReading, WantedForm } from '../../shared/portal-map/filled.ts';
import type { PortalMap } from '../../shared/portal-map/portal-map.ts';
import { startEnvironment } from './launch.ts';

const root = resolve(import.meta.dirname, '../..');

/** The program with nothing but a window and a portal's page over it; the caller closes `app`. */
export type SiteStand = {
  readonly app: ElectronApplication;
  readonly open: (url: string, more?: { hosts?: string[]; keepsLogin?: boolean }) => Promise<void>;
  /** Waits until the page stands, at most 15 s. */
  readonly settled: () => Promise<SiteState>;
  readonly go: (url: string) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly eraseSites: () => Promise<void>;
  readonly state: () => Promise<SiteState>;
  /** What a person does in the page, as a script of the page's own world. */
  readonly inPage: (code: string) => Promise<unknown>;
  readonly read: (map: PortalMap) => Promise<PageReading>;
  readonly fill: (map: PortalMap, wanted: WantedForm) => Promise<FilledForm>;
  readonly compareForm: (map: PortalMap, wanted: WantedForm) => Promise<FilledForm>;
  readonly compareTicket: (map: PortalMap, wanted: WantedForm) => Promise<FilledForm>;
  readonly conversation: (map: PortalMap, reference: string) => Promise<ReadConversation>;
  readonly ticketLinks: (map: PortalMap, most: number) => Promise<readonly string[]>;
  readonly shows: (map: PortalMap, words: string) => Promise<boolean>;
  /** How often a script of ours asked a password field for what was typed into it. */
  readonly passwordReads: () => Promise<number>;
};

type Stand = Readonly<Record<string, (given: unknown) => Promise<unknown>>>;

/** Bundles the program as it is shipped, with every name made short, and starts it. */
export async function startSiteStand(): Promise<SiteStand> {
  const outDir = mkdtempSync(join(tmpdir(), 'officina-site-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    define: { __TEST_HOOKS__: 'true' },
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: resolve(import.meta.dirname, 'programs/site-main.ts'),
      outDir,
      minify: true,
      rollupOptions: { external: ['electron'], output: { format: 'es', entryFileNames: 'site-main.mjs' } },
    },
  });
  const app = await _electron.launch({
    args: ['--disable-gpu', join(outDir, 'site-main.mjs')],
    chromiumSandbox: true,
    timeout: 120_000,
    env: startEnvironment({
      SITE_DATA: mkdtempSync(join(tmpdir(), 'officina-site-data-')),
      SITE_FILES_MS: '3000',
    }),
  });
  await app.firstWindow();
  const ask = (name: string, given: unknown = null): Promise<unknown> =>
    app.evaluate(
      (_electronParts, [asked, value]) => {
        const stand = Reflect.get(globalThis, 'stand') as Stand;
        return stand[asked as string]?.(value);
      },
      [name, given] as const,
    );
  const drive = async <T>(map: PortalMap, order: string, given: unknown): Promise<T> => {
    const told = (await ask('drive', { map, order, given })) as { value?: T; fault?: string };
    if (told.fault !== undefined) throw new Error(told.fault);
    return told.value as T;
  };
  const state = () => ask('state') as Promise<SiteState>;
  const settled = async (): Promise<SiteState> => {
    const until = performance.now() + 15_000;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      const now = await state();
      if ((!now.isLoading && now.url !== '') || now.fault !== null || performance.now() > until) return now;
    }
  };
  return {
    app,
    open: async (url, { hosts = [], keepsLogin = false } = {}) => {
      await ask('open', { url, hosts, keepsLogin });
    },
    settled,
    go: async (url) => {
      await ask('go', url);
    },
    close: async () => {
      await ask('close');
    },
    eraseSites: async () => {
      await ask('eraseSites');
    },
    state,
    inPage: (code) => ask('inPage', code),
    read: (map) => drive(map, 'read', null),
    fill: (map, wanted) => drive(map, 'fill', wanted),
    compareForm: (map, wanted) => drive(map, 'compareForm', wanted),
    compareTicket: (map, wanted) => drive(map, 'compareTicket', wanted),
    conversation: (map, reference) => drive(map, 'conversation', reference),
    ticketLinks: (map, most) => drive(map, 'ticketLinks', most),
    shows: (map, words) => drive(map, 'shows', words),
    passwordReads: () => ask('passwordReads') as Promise<number>,
  };
}
