import type { AppError } from '../domain/app-error.ts';
import type { Result } from '../domain/result.ts';
import type { AppEvent, ChannelInput, ChannelName, ChannelOutput } from './contract.ts';
import type { FreezeReport } from './views.ts';

/** What the page sees as `window.officina`: one function a channel, files dropped, and events. Nothing generic. */
export type OfficinaApi = {
  readonly [C in ChannelName]: (input: ChannelInput<C>) => Promise<Result<ChannelOutput<C>, AppError>>;
} & {
  /** Takes files dropped on the window; the page hands over `File` objects and never sees a path. */
  readonly freezeDroppedFiles: (files: readonly File[]) => Promise<Result<FreezeReport, AppError>>;
  /** Calls back for each event; returns the function that stops it. */
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void;
};
