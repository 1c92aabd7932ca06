import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { chosenPortal, passwordAccount } from '../../electron/portal/open-portal.ts';
import {
  addressOf,
  deskOf,
  mapOf,
  type PortalChoice,
  portalChoiceSchema,
  portalKey,
  proxyOf,
  wantedPortal,
  wantedPortalSchema,
} from '../../shared/domain/portal-choice.ts';
import { customerRealms, portalKinds, type Realm, realms } from '../../shared/domain/portal-kind.ts';
import {
  recipientChoice,
  recipientNames,
  recipientOf,
  recipientRealm,
} from '../../shared/domain/recipient.ts';

const [near, far] = ['https://a.example', 'https://b.example'];
const choiceOf = (kind: Realm, url: string): PortalChoice => portalChoiceSchema.parse({ kind, url });
const formOf = (kind: Realm): string => portalKinds[kind].form;

test('every kind that is defined can be chosen, typed in and told apart', () => {
  expect([...realms].toSorted()).toEqual(Object.keys(portalKinds).toSorted());
  expect(realms.length).toBeGreaterThan(2);
  for (const kind of realms) {
    const choice = choiceOf(kind, near);
    expect([choice.kind, wantedPortalSchema.parse(wantedPortal(kind, ` ${near} `, '')).kind]).toEqual([
      kind,
      kind,
    ]);
    expect(recipientRealm(recipientOf(choice, 'ALI 1'))).toBe(kind);
    expect((addressOf(choice) !== null) === portalKinds[kind].hasAddress).toBe(true);
    expect((formOf(kind) !== 'none') === portalKinds[kind].hasAddress).toBe(true);
    expect((formOf(kind) === 'site') === portalKinds[kind].opensHere).toBe(true);
    // Whose pages a person fills in is carried by hand: nothing of it leaves by itself.
    expect(portalKinds[kind].opensHere && !portalKinds[kind].isCarriedByHand).toBe(false);
    expect(mapOf(choice)).toBe(portalKinds[kind].opensHere ? '' : null);
  }
  expect(customerRealms).toEqual(['manual', 'web', 'contract', 'redmine']);
});

test('each address has a key and a recipient of its own', () => {
  const [one, other] = [choiceOf('contract', near), choiceOf('contract', far)];
  expect([portalKey(one), portalKey(other)]).toEqual([`contract ${near}`, `contract ${far}`]);
  expect([
    recipientOf(one, 'ALI-1'),
    recipientOf(one, null),
    recipientOf(choiceOf('manual', near), 'ALI-1'),
  ]).toEqual([`contract ${near} ALI-1`, `contract ${near} `, 'manual  ALI-1']);
  expect(recipientNames(recipientOf(other, 'ALI 2'))).toEqual({ address: far, customerCode: 'ALI 2' });
  expect(recipientChoice(recipientOf(other, 'ALI 2'))).toEqual({ choice: other, customerCode: 'ALI 2' });
  expect([
    recipientChoice('practice'),
    recipientChoice('contract  ALI-1'),
    recipientChoice('fax 12 ALI-1'),
  ]).toEqual([null, null, null]);
});

test('only a kind with an address has an account, one for each address and customer, and a proxy', () => {
  const accounts = realms.map((kind) => [kind, passwordAccount(choiceOf(kind, near), 'ALI-1')]);
  expect(accounts).toEqual([
    ['practice', null],
    ['manual', null],
    ['web', null],
    ['contract', `ALI-1 @ ${near}`],
    ['redmine', `ALI-1 @ redmine ${near}`],
  ]);
  expect([proxyOf({ kind: 'contract', url: near, proxy: far }), proxyOf({ kind: 'practice' })]).toEqual([
    far,
    null,
  ]);
});

test('what is typed for a kind without a form is left behind', () => {
  expect(wantedPortal('manual', near, far)).toEqual({ kind: 'manual' });
  expect(wantedPortal('contract', ` ${near} `, ` ${far} `)).toEqual({
    kind: 'contract',
    url: near,
    proxy: far,
  });
  expect(wantedPortal('contract', near, ' ')).toEqual({ kind: 'contract', url: near });
});

test('a site whose pages open here is kept by its address and its map', () => {
  const wanted = wantedPortal('web', ` ${near} `, far, {}, 'redmine-web');
  expect(wanted).toEqual({ kind: 'web', url: near, map: 'redmine-web' });
  expect(chosenPortal(wanted)).toEqual({ kind: 'web', url: near, map: 'redmine-web' });
  expect(() => chosenPortal(wantedPortal('web', 'http://a.example', '', {}, 'rt-web'))).toThrow();
});

test('what a kind asks beside the address is kept as it was typed, and empty where nothing was', () => {
  const desk = { project: 'p', tracker: 't', referenceField: 'r', serialField: 's' };
  const wanted = wantedPortal('redmine', near, '', desk);
  expect(wanted).toEqual({ kind: 'redmine', url: near, ...desk });
  expect(chosenPortal(wanted)).toEqual({ kind: 'redmine', url: near, proxy: null, ...desk });
  expect(deskOf(choiceOf('redmine', near))).toEqual({
    project: '',
    tracker: '',
    referenceField: '',
    serialField: '',
  });
  expect([deskOf(choiceOf('contract', near)), wantedPortal('contract', near, '', desk)]).toEqual([
    null,
    { kind: 'contract', url: near },
  ]);
});

test('no code asks which kind it is: what differs stands in the definition', () => {
  const root = resolve(import.meta.dirname, '../..');
  const files = ['shared', 'electron', 'renderer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/u.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(400);
  const compared = new RegExp(`[=!]== '(?:${realms.join('|')})'|case '(?:${realms.join('|')})'`, 'u');
  expect(compared.test("if (realm === 'manual')")).toBe(true);
  expect(files.filter((file) => compared.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});
