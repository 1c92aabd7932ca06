import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { instantOfWall } from '../../shared/calendar/wall-time.ts';
import { call } from '../faults/killed-app.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { type Launched, launch } from './launch.ts';
import { firstRun, goTo } from './workshop.ts';

export type ClockedOptions = {
  /** What the PC's clock says, in epoch milliseconds, when the program starts. */
  readonly pcMs: number;
  /** What the portal's clock says; left out, the PC is right. */
  readonly portalMs?: number;
  /** IANA zone of the PC; left out, Italy's. */
  readonly zone?: string;
  readonly operatorDelayMs?: number;
  /** What the portal's folder holds before it starts. */
  readonly prepare?: (portalFolder: string) => void;
  readonly env?: Readonly<Record<string, string>>;
};

export type Clocked = Launched & {
  readonly portal: FaultyPortal;
  /** For another start of the program under the same clock. */
  readonly env: Readonly<Record<string, string>>;
  /** Moves the clocks of PC, page and portal together, as a night passes. */
  readonly passTo: (ms: number) => Promise<void>;
  /** Sets the PC's clock alone, as a person or a flat battery does. */
  readonly setPc: (ms: number) => Promise<void>;
  /** Creations and answers the portal got since it was started. */
  readonly sends: () => number;
  readonly close: () => Promise<void>;
};

/** An instant by the wall clock in Italy: `rome('2026-12-08', '12:30')`. Seconds may follow. */
export function rome(day: string, time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return instantOfWall('Europe/Rome', day, hours * 60 + minutes) + seconds * 1_000;
}

/**
 * The app on a set-up workshop with a portal of the vendor's kind (contract realm: opening hours and national holidays hold), all of
 * whose clocks the test owns. The program looks at its clock five times a second instead of once a minute.
 */
export async function launchAt(options: ClockedOptions): Promise<Clocked> {
  const folder = mkdtempSync(join(tmpdir(), 'officina-clocked-'));
  const clockFile = join(folder, 'clock');
  const shift = { pcMs: 0, portalMs: 0 };
  const write = (): void => writeFileSync(clockFile, String(shift.pcMs));
  const shiftTo = (ms: number): number => ms - Date.now();
  shift.pcMs = shiftTo(options.pcMs);
  shift.portalMs = shiftTo(options.portalMs ?? options.pcMs);
  write();
  options.prepare?.(join(folder, 'portal'));
  const portal = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
    nowMs: () => Date.now() + shift.portalMs,
    ...(options.operatorDelayMs === undefined ? {} : { operatorDelayMs: options.operatorDelayMs }),
  });
  let sends = 0;
  portal.setFault(({ method, path }) => {
    if (method === 'POST' && !path.endsWith('/session')) sends += 1;
    return { kind: 'none' };
  });
  const env = {
    CLOCK_FILE: clockFile,
    CLOCK_LOOK_MS: '200',
    SYNC_MS: '200',
    // Answers under way while the clocks pass to another day name the old one: only a portal with a time of its own is believed at once.
    ...(options.portalMs === undefined ? {} : { TIME_KEPT_MS: '0' }),
    TZ: options.zone ?? 'Europe/Rome',
    ...options.env,
  };
  const launched = await launch({ env });
  const { app, page } = launched;
  const setPage = (): Promise<void> => page.clock.setSystemTime(Date.now() + shift.pcMs);
  await setPage();
  return {
    ...launched,
    portal,
    env,
    passTo: async (ms) => {
      shift.pcMs = shiftTo(ms);
      shift.portalMs = shift.pcMs;
      // At one stroke with the portal's: whoever asks in between would be told two times.
      write();
      await setPage();
    },
    setPc: async (ms) => {
      shift.pcMs = shiftTo(ms);
      await setPage();
      write();
    },
    sends: () => sends,
    close: async () => {
      await app.close();
      await portal.stop();
    },
  };
}

/** First run, then the vendor's kind of portal with its password kept, in the language asked for; Today stands open. */
export async function settle({ page, portal }: Clocked, language: 'it' | 'en' = 'it'): Promise<void> {
  await firstRun(page);
  await call(page, 'choosePortal', { kind: 'contract', url: portal.url });
  await call(page, 'saveCredentials', { password: portal.token });
  if (language === 'it') return;
  await goTo(page, 'Impostazioni');
  await page.getByLabel('Lingua del programma').selectOption({ label: 'English' });
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('button', { name: 'Today', exact: true })
    .click();
}

/** What Today says of the vendor's day. */
export function dayOf(page: Page): Locator {
  return page.getByRole('region', { name: /(ora italiana|Italian time)\)?$/u });
}
