import type { z } from 'zod';
import type { ChannelName, ChannelOutput, channels, dropChannel } from '../../shared/ipc/contract.ts';

type Parsed<C extends ChannelName> = z.output<(typeof channels)[C]['input']>;

/** What the services offer to the window: one function a channel, input already parsed, failures thrown as `AppFault`. */
export type Handlers = { readonly [C in ChannelName]?: (input: Parsed<C>) => ChannelOutput<C> | Promise<ChannelOutput<C>> } & {
  /** Dropped files: the preload turned them into paths, and they pass the same three doors as everything else. */
  readonly freezeDroppedFiles?: (input: z.output<typeof dropChannel.input>) => Promise<z.output<typeof dropChannel.output>>;
};
