import { createHash } from 'node:crypto';
import dbus from '@particle/dbus-next';
import { z } from 'zod';

const watcher = 'org.kde.StatusNotifierWatcher';
const item = { path: '/StatusNotifierItem', face: 'org.kde.StatusNotifierItem' };
const menuFace = 'com.canonical.dbusmenu';

const bytes = z.instanceof(Buffer);
const itemSchema = z.tuple([
  z.object({
    IconPixmap: z.object({ value: z.array(z.tuple([z.number(), z.number(), bytes])) }),
    ToolTip: z.object({ value: z.tuple([z.string(), z.unknown(), z.string(), z.string()]) }),
    Menu: z.object({ value: z.string() }),
    Title: z.object({ value: z.string() }),
  }),
]);
const entrySchema = z.object({
  value: z.tuple([
    z.number(),
    z.object({
      label: z.object({ value: z.string() }).optional(),
      enabled: z.object({ value: z.boolean() }).optional(),
    }),
    z.array(z.unknown()),
  ]),
});
const layoutSchema = z.tuple([z.number(), z.tuple([z.number(), z.unknown(), z.array(entrySchema)])]);

export type TrayEntry = { readonly id: number; readonly label: string; readonly enabled: boolean };
/** `pixmap` is the picture's SHA-256: two of them are compared, and a failure shows no thousand pixels. */
export type ShownItem = {
  readonly tooltip: string;
  readonly pixmap: string;
  readonly colours: number;
  readonly size: readonly [number, number];
  readonly title: string;
};

/** A desktop panel as the app sees one: it takes tray items, reads them, and presses what is in their menus. */
export type TrayHost = {
  /** What the item of that program shows now; null until it registered one. */
  readonly shown: (pid: number) => Promise<ShownItem | null>;
  /** The menu without its separators. */
  readonly menu: (pid: number) => Promise<readonly TrayEntry[]>;
  readonly press: (pid: number, label: string) => Promise<void>;
  /** A click on the picture itself. */
  readonly activate: (pid: number) => Promise<void>;
  readonly close: () => void;
};

class Watcher extends dbus.interface.Interface {
  readonly items: string[] = [];
  readonly IsStatusNotifierHostRegistered = true;
  readonly ProtocolVersion = 0;
  RegisterStatusNotifierItem(service: string): void {
    this.items.push(service);
  }
  RegisterStatusNotifierHost(): void {
    // This program is the host.
  }
}
Watcher.configureMembers({
  properties: {
    IsStatusNotifierHostRegistered: { signature: 'b', access: dbus.interface.ACCESS_READ },
    ProtocolVersion: { signature: 'i', access: dbus.interface.ACCESS_READ },
  },
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' },
    RegisterStatusNotifierHost: { inSignature: 's', outSignature: '' },
  },
});

/** Stands on the session bus before the app: Chromium looks for a watcher once, when the tray is made, and never again. */
export async function openTrayHost(): Promise<TrayHost> {
  const bus = dbus.sessionBus();
  const taken = new Watcher(watcher);
  bus.export('/StatusNotifierWatcher', taken);
  await bus.requestName(watcher, 0);
  const ask = async (
    destination: string,
    path: string,
    face: string,
    member: string,
    signature: string,
    body: unknown[],
  ): Promise<unknown> => {
    const reply = await bus.call(
      new dbus.Message({ destination, path, interface: face, member, signature, body }),
    );
    return reply?.body;
  };
  /** Other windows of the same desktop session register too. */
  const serviceOf = async (pid: number): Promise<string | null> => {
    for (const service of taken.items.toReversed()) {
      const [owner] = z
        .tuple([z.number()])
        .catch([0])
        .parse(
          await ask(
            'org.freedesktop.DBus',
            '/org/freedesktop/DBus',
            'org.freedesktop.DBus',
            'GetConnectionUnixProcessID',
            's',
            [service],
          ).catch(() => null),
        );
      if (owner === pid) return service;
    }
    return null;
  };
  const required = async (pid: number): Promise<string> => {
    const service = await serviceOf(pid);
    if (service === null) throw new Error('the program has no item in the tray');
    return service;
  };
  const read = async (service: string): Promise<z.infer<typeof itemSchema>[0]> =>
    itemSchema.parse(
      await ask(service, item.path, 'org.freedesktop.DBus.Properties', 'GetAll', 's', [item.face]),
    )[0];
  const menuPath = async (service: string): Promise<string> => (await read(service)).Menu.value;
  const menu: TrayHost['menu'] = async (pid) => {
    const service = await required(pid);
    const [, [, , entries]] = layoutSchema.parse(
      await ask(service, await menuPath(service), menuFace, 'GetLayout', 'iias', [0, -1, []]),
    );
    return entries.flatMap(({ value: [id, { label, enabled }] }) =>
      label === undefined ? [] : [{ id, label: label.value, enabled: enabled?.value ?? true }],
    );
  };
  return {
    menu,
    shown: async (pid) => {
      const service = await serviceOf(pid);
      if (service === null) return null;
      const { IconPixmap, ToolTip, Title } = await read(service);
      const [[width, height, pixels] = [0, 0, Buffer.alloc(0)]] = IconPixmap.value;
      const colours = new Set(pixels.toString('hex').match(/.{8}/gu)).size;
      return {
        tooltip: ToolTip.value[2],
        pixmap: createHash('sha256').update(pixels).digest('hex'),
        colours,
        size: [width, height],
        title: Title.value,
      };
    },
    press: async (pid, label) => {
      const service = await required(pid);
      const entry = (await menu(pid)).find((one) => one.label === label && one.enabled);
      if (entry === undefined) throw new Error(`nothing to press: ${label}`);
      await ask(service, await menuPath(service), menuFace, 'Event', 'isvu', [
        entry.id,
        'clicked',
        new dbus.Variant('s', ''),
        0,
      ]);
    },
    activate: async (pid) =>
      void (await ask(await required(pid), item.path, item.face, 'Activate', 'ii', [0, 0])),
    close: () => bus.disconnect(),
  };
}
