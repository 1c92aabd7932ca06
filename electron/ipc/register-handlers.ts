import { randomBytes } from 'node:crypto';
import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { z } from 'zod';
import { type AppError, appError } from '../../shared/domain/app-error.ts';
import { fail, ok, type Result } from '../../shared/domain/result.ts';
import { channelNames } from '../../shared/ipc/channel-names.ts';
import { type ChannelName, type ChannelOutput, channels, dropChannel } from '../../shared/ipc/contract.ts';
import { storeError } from '../store/store-error.ts';
import { startPage } from '../window/app-protocol.ts';

type Parsed<C extends ChannelName> = z.output<(typeof channels)[C]['input']>;

/** What the services offer to the window: one function a channel, input already parsed, failures thrown as `AppFault`. */
export type Handlers = { readonly [C in ChannelName]?: (input: Parsed<C>) => ChannelOutput<C> | Promise<ChannelOutput<C>> } & {
  /** Dropped files: the preload turned them into paths, and they pass the same three doors as everything else. */
  readonly freezeDroppedFiles?: (input: z.output<typeof dropChannel.input>) => Promise<z.output<typeof dropChannel.output>>;
};

/** Keeps an unknown fault under the reference that is shown to the person. */
export type LogFault = (reference: string, error: unknown) => void;

/** Largest payload taken from the window, in characters of JSON (RELIABILITY-SECURITY section 6: 1 MB). */
const maxPayloadChars = 1_000_000;

function isOurPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(startPage);
}

function isTooLarge(payload: unknown): boolean {
  return (JSON.stringify(payload) ?? '').length > maxPayloadChars;
}

async function answer(schema: z.ZodType, handler: Promise<unknown>, payload: unknown, log: LogFault): Promise<Result<unknown, AppError>> {
  try {
    if (isTooLarge(payload)) return fail(appError('E_TOO_LARGE', { limitChars: maxPayloadChars }));
    const input = schema.safeParse(payload);
    if (!input.success) return fail(appError('E_INPUT', { field: input.error.issues[0]?.path.join('.') ?? '' }));
    const work = await handler;
    if (typeof work !== 'function') return fail(appError('notFound'));
    return ok(await work(input.data));
  } catch (error) {
    const known = storeError(error);
    if (known !== null) return fail(known);
    const reference = randomBytes(4).toString('hex');
    log(reference, error);
    return fail({ ...appError('E_UNEXPECTED'), reference });
  }
}

/**
 * The one place where the main process listens to the window. Sender first, then size, then schema, then the service; nobody can
 * go round it, because raw `ipcMain` is refused elsewhere by the architecture check. The window may ask before the store is open:
 * it is answered when it is, or told why it could not be opened.
 */
export function registerHandlers(ready: Promise<Handlers>, log: LogFault): void {
  const doors = [...channelNames.map((name) => ({ name, input: channels[name].input })), { name: dropChannel.name, input: dropChannel.input }];
  for (const { name, input } of doors) {
    const handler = ready.then((handlers) => handlers[name]);
    // Whoever asks is told; a store that cannot be opened is no unhandled fault.
    handler.catch(() => undefined);
    ipcMain.handle(name, (event, payload: unknown) => (isOurPage(event) ? answer(input, handler, payload, log) : fail(appError('E_SENDER'))));
  }
}
