import type { z } from 'zod';
import type { ChannelName, ChannelOutput, channels, dropChannel } from '../../shared/ipc/contract.ts';

type Parsed<C extends ChannelName> = z.output<(typeof channels)[C]['input']>;

/**
 * What the services offer to the window: one function for every channel, input already parsed, failures thrown as `AppFault`. A channel
 * nobody answers does not compile; each room offers the part it names with `Pick`.
 */
export type Handlers = {
  readonly [C in ChannelName]: (input: Parsed<C>) => ChannelOutput<C> | Promise<ChannelOutput<C>>;
} & {
  /** Dropped files: the preload turned them into paths, and they pass the same checks as everything else. */
  readonly freezeDroppedFiles: (
    input: z.output<typeof dropChannel.input>,
  ) => Promise<z.output<typeof dropChannel.output>>;
};

/** The channels that need the desktop and no store; all others are answered by the services over the store. */
export type DesktopHandlers = Pick<
  Handlers,
  'copyText' | 'openExternalLink' | 'showChromiumLicences' | 'openDataFolder' | 'autostart' | 'setAutostart'
>;
