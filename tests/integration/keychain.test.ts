import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type CredentialStore, keychain } from '../../electron/secrets/keychain.ts';
import { onLinux } from '../fixtures/on-linux.ts';

const child = join(import.meta.dirname, '../fixtures/keychain-child.ts');

async function asked(
  account: string,
  secret: string,
  environment: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, [child, account, secret], {
    env: { ...process.env, ...environment },
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

test('keychain gives back what was saved and forgets what was removed when the desktop has one', async () => {
  const secret = 'geheim-ü "\' \u{1f600} +/=';
  expect(await asked(`test ${randomUUID()}`, secret, {})).toEqual({
    before: { kind: 'absent' },
    saved: 'saved',
    present: { kind: 'present', secret },
    removed: true,
    again: false,
    after: { kind: 'absent' },
  });
});

const noBus = { kind: 'unavailable', error: { code: 'keychain.absent', params: {} } };

onLinux.each([
  ['there is no session bus', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/at/all', DISPLAY: '' }],
  ['nobody listens on the bus', { DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=officina-nobody', DISPLAY: '' }],
])(
  '[linux] keychain says that it is not there and never that a password is absent when %s',
  async (_state, environment) => {
    const said = await asked(`test ${randomUUID()}`, 'x', environment);
    expect(said).toEqual({
      before: noBus,
      saved: 'keychain.absent',
      present: noBus,
      removed: 'keychain.absent',
      again: 'keychain.absent',
      after: noBus,
    });
  },
);

const silent: CredentialStore = {
  getPassword: () => new Promise(() => undefined),
  setPassword: () => new Promise(() => undefined),
  deletePassword: () => new Promise(() => undefined),
};

test('DAMAGE-4: keychain gives up with a word of its own on each question when the system never answers', async () => {
  const chain = keychain(async () => silent, 30);
  expect(await chain.read('a')).toEqual({
    kind: 'unavailable',
    error: { code: 'keychain.unavailable', params: {} },
  });
  await expect(chain.save('a', 'b')).rejects.toMatchObject({ error: { code: 'keychain.unavailable' } });
  await expect(chain.remove('a')).rejects.toMatchObject({ error: { code: 'keychain.unavailable' } });
});

/** A store that answers when it is told to, and says what it was asked. */
function heldStore(): {
  readonly store: CredentialStore;
  readonly asked: string[];
  readonly answer: () => void;
} {
  const asked: string[] = [];
  const held: (() => void)[] = [];
  const wait = (what: string): Promise<void> => {
    asked.push(what);
    return new Promise((resolve) => held.push(resolve));
  };
  const store: CredentialStore = {
    getPassword: (_service, account) => wait(`read ${account}`).then(() => null),
    setPassword: (_service, account, secret) => wait(`save ${account} ${secret}`),
    deletePassword: (_service, account) => wait(`remove ${account}`).then(() => true),
  };
  return { store, asked, answer: () => held.shift()?.() };
}

test('DAMAGE-4, THREAT-5: password that is saved late never wins over what was asked after it', async () => {
  const { store, asked, answer } = heldStore();
  const chain = keychain(async () => store, 700);
  const refused = { error: { code: 'keychain.unavailable' } };
  await expect(chain.save('a', 'old')).rejects.toMatchObject(refused);
  await expect(chain.save('a', 'given up')).rejects.toMatchObject(refused);
  await expect(chain.remove('a')).rejects.toMatchObject(refused);
  expect(asked).toEqual(['save a old']);
  const next = chain.save('a', 'new');
  answer();
  await expect.poll(() => asked, { interval: 10 }).toEqual(['save a old', 'save a new']);
  answer();
  await next;
  expect(asked).toHaveLength(2);
});

test('DAMAGE-4: keychain that hangs holds one thread however often it is asked', async () => {
  const { store, asked } = heldStore();
  const chain = keychain(async () => store, 20);
  const said = await Promise.all(Array.from({ length: 30 }, (_, index) => chain.read(`a${index}`)));
  expect(said.filter(({ kind }) => kind === 'unavailable')).toHaveLength(30);
  expect(asked).toEqual(['read a0']);
});

test('keychain waits for one answer before it asks the next when several are wanted at once', async () => {
  let running = 0;
  let most = 0;
  const slow: CredentialStore = {
    ...silent,
    getPassword: async (_service, account) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return account;
    },
  };
  const chain = keychain(async () => slow);
  expect(await Promise.all(['a', 'b', 'c'].map((account) => chain.read(account)))).toEqual(
    ['a', 'b', 'c'].map((secret) => ({ kind: 'present', secret })),
  );
  expect(most).toBe(1);
});

test.each([
  ['User dismissed the prompt', 'keychain.denied'],
  ['The collection is locked', 'keychain.denied'],
  ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'keychain.absent'],
  ['Object does not exist at path "/org/freedesktop/secrets/collection/login"', 'keychain.absent'],
  ['something else', 'keychain.unavailable'],
])('keychain takes %j for %s when the system says so', async (message, code) => {
  const chain = keychain(async () => ({ ...silent, getPassword: () => Promise.reject(new Error(message)) }));
  expect(await chain.read('a')).toEqual({ kind: 'unavailable', error: { code, params: {} } });
});
