import { type ChildProcess, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { call, startOutsidePortal } from '../faults/killed-app.ts';
import { freshDataFolder, type Launched, launch } from './launch.ts';
import { onLinux } from './on-linux.ts';
import { launchOn, settledIn } from './outside-portal.ts';
import { askToQuit, endsWithinMs, msUntilGone } from './quitting.ts';
import { firstRun, queueAnother } from './workshop.ts';

/** Kept from the start: of a program that is gone nobody can ask for it any more. */
let running: ChildProcess | null = null;
const started = async (ways: Promise<Launched>): Promise<Launched> => {
  const launched = await ways;
  running = launched.app.process();
  return launched;
};
test.afterEach(() => {
  running?.kill('SIGKILL');
  running = null;
});

const closeWindow = (app: ElectronApplication): Promise<unknown> =>
  app
    .evaluate(({ BrowserWindow }) => void setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 0))
    .catch(() => null);

/** The page stands in a loop without end; resolves when it answers nothing any more. */
async function standStill(app: ElectronApplication, page: Page): Promise<void> {
  page
    .evaluate(() => {
      for (;;);
    })
    .catch(() => null);
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) => {
        const silent = new Promise((late) => setTimeout(late, 500, 'silent'));
        return Promise.race([
          silent,
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('"answers"'),
        ]);
      }),
    )
    .toBe('silent');
}

/** A named pipe nobody writes to: whoever opens it waits for ever, in one call of the system. */
function mouthWithoutEnd(): string {
  const path = join(freshDataFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

for (const [how, ask] of [
  ['quit is chosen', askToQuit],
  ['its window is closed', closeWindow],
] as const)
  test(`program whose page stands in an endless loop is gone within 5 s when ${how}`, async () => {
    const { app, page } = await started(launch());
    await firstRun(page);
    await standStill(app, page);
    expect(await msUntilGone(app, () => ask(app))).toBeLessThan(endsWithinMs);
  });

onLinux(
  '[linux] program told to end by the system is gone within 5 s though its page stands in an endless loop',
  async () => {
    const { app, page } = await started(launch());
    await firstRun(page);
    await standStill(app, page);
    expect(await msUntilGone(app, async () => app.process().kill('SIGTERM'))).toBeLessThan(endsWithinMs);
  },
);

test('program asked to quit twice is gone within 5 s though the portal answers nothing, and what was on its way stays', async () => {
  const portal = await startOutsidePortal(0);
  try {
    const { app, page, dataFolder } = await started(launchOn(portal));
    await settledIn(page);
    await portal.fault({ kind: 'silence', commits: false });
    await queueAnother(page, 'La lettura resta ferma');
    await expect.poll(async () => (await call(page, 'outbox', {}))[0]?.state).toBe('sending');
    const tookMs = await msUntilGone(app, async () => {
      await askToQuit(app);
      await expect
        .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
        .toBe(0);
      await askToQuit(app);
    });
    expect(tookMs).toBeLessThan(endsWithinMs);
    const second = await started(launchOn(portal, dataFolder));
    await expect.poll(async () => (await call(second.page, 'outbox', {})).length).toBe(1);
  } finally {
    portal.stop();
  }
});

for (const how of ['throws', 'rejects', 'holds it back'] as const)
  test(`program is gone within 5 s when what listens to its end ${how}`, async () => {
    const { app, page } = await started(launch());
    await firstRun(page);
    await app.evaluate(({ app: program }, way) => {
      program.prependListener('will-quit', (event) => {
        if (way === 'throws') throw new RangeError('listener');
        if (way === 'rejects') void Promise.reject(new RangeError('listener'));
        else event.preventDefault();
      });
    }, how);
    expect(await msUntilGone(app, () => askToQuit(app))).toBeLessThan(endsWithinMs);
  });

test('program is gone within 5 s when its own main thread stands still on the way out', async () => {
  const { app, page } = await started(launch());
  await firstRun(page);
  await app.evaluate(({ app: program }) => {
    program.on('will-quit', () => {
      for (;;);
    });
  });
  expect(await msUntilGone(app, () => askToQuit(app))).toBeLessThan(endsWithinMs);
});

onLinux(
  '[linux] program is gone within 5 s when every thread of its disk hangs in a call without end',
  async () => {
    const { app, page } = await started(launch());
    await firstRun(page);
    await app.evaluate(async (_electron, path) => {
      const { open } = process.getBuiltinModule('node:fs');
      for (let at = 0; at < 8; at += 1) open(path, 'r', () => undefined);
    }, mouthWithoutEnd());
    expect(await msUntilGone(app, () => askToQuit(app))).toBeLessThan(endsWithinMs);
  },
);

onLinux(
  '[linux] program is gone within 5 s when a thread of its own hangs in a call without end',
  async () => {
    const { app, page } = await started(launch());
    await firstRun(page);
    const isThere = await app.evaluate(
      (_electron, path) =>
        new Promise<boolean>((told) => {
          const { Worker } = process.getBuiltinModule('node:worker_threads');
          const code =
            "const { parentPort, workerData } = require('node:worker_threads'); parentPort.postMessage(0); require('node:fs').readFileSync(workerData);";
          new Worker(code, { eval: true, workerData: path }).once('message', () => told(true));
        }),
      mouthWithoutEnd(),
    );
    expect(isThere).toBe(true);
    expect(await msUntilGone(app, () => askToQuit(app))).toBeLessThan(endsWithinMs);
  },
);

onLinux(
  '[linux] program is gone within 5 s when the practice portal does not hear that it is to end',
  async () => {
    const { app, page } = await started(launch());
    await firstRun(page);
    const pids = await app.evaluate(({ app: program }) =>
      program.getAppMetrics().flatMap(({ name, pid }) => (name === 'Officina practice portal' ? [pid] : [])),
    );
    expect(pids).toHaveLength(1);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    expect(await msUntilGone(app, () => askToQuit(app))).toBeLessThan(endsWithinMs);
    await expect.poll(() => pids.filter((pid) => isAlive(pid))).toEqual([]);
  },
);

test('program is gone within 5 s when a box asking for a file stands open', async () => {
  const { app, page } = await started(launch());
  await firstRun(page);
  await app.evaluate(({ BrowserWindow, dialog }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window !== undefined) void dialog.showOpenDialog(window, {});
  });
  expect(await msUntilGone(app, () => askToQuit(app))).toBeLessThan(endsWithinMs);
});

test('program is gone within 5 s when it is asked to quit while it still starts', async () => {
  const { app } = await started(launch({ waits: false }));
  expect(await msUntilGone(app, () => askToQuit(app))).toBeLessThan(endsWithinMs);
});

test('D1: program whose page holds unsaved words stays when quit is chosen, and goes when the person agrees', async () => {
  const { app, page } = await started(launch());
  await firstRun(page);
  await page.evaluate(() => {
    window.addEventListener('beforeunload', (event) => {
      if (Reflect.get(window, 'agreed') !== true) event.preventDefault();
    });
  });
  const held = app.evaluate(
    ({ BrowserWindow }, patienceMs) =>
      new Promise<string>((told) => {
        const [window] = BrowserWindow.getAllWindows();
        window?.once('closed', () => told('gone'));
        // Longer than anything that hangs is given.
        window?.webContents.once('will-prevent-unload', () => setTimeout(told, patienceMs, 'stays'));
      }),
    endsWithinMs,
  );
  await askToQuit(app);
  expect(await held).toBe('stays');
  expect(await call(page, 'appInfo', {})).toMatchObject({});
  await page.evaluate(() => Reflect.set(window, 'agreed', true));
  expect(await msUntilGone(app, () => askToQuit(app))).toBeLessThan(endsWithinMs);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
