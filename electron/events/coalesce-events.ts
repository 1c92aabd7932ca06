import type { AppEvent } from '../../shared/ipc/contract.ts';
import type { PublishEvent } from './publish-event.ts';

/** Events that say only that something changed; many in a row mean the same as one. */
const merely: ReadonlySet<AppEvent['kind']> = new Set([
  'requestsChanged',
  'ticketChanged',
  'outboxChanged',
  'templatesChanged',
  'portalStatusChanged',
  'remoteChanged',
  'siteChanged',
]);

/** Passes events on, but a change told many times within `pauseMs` only once: a queue that drains must not drown the window. */
export function coalesceEvents(publish: PublishEvent, pauseMs: number): PublishEvent {
  const waiting = new Map<string, AppEvent>();
  const flush = (): void => {
    const events = [...waiting.values()];
    waiting.clear();
    for (const event of events) publish(event);
  };
  return (event) => {
    if (!merely.has(event.kind)) return publish(event);
    if (waiting.size === 0) setTimeout(flush, pauseMs);
    waiting.set(JSON.stringify(event), event);
  };
}
