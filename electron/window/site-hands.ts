import type { WebContents } from 'electron';
import { z } from 'zod';
import { AppFault } from '../../shared/domain/app-error.ts';
import { within } from '../platform/within.ts';

/** Sends one command of Chromium's debugger protocol. */
export type Send = (method: string, given?: object) => Promise<unknown>;

const rootSchema = z.object({ root: z.object({ nodeId: z.number() }) });
const foundSchema = z.object({ nodeIds: z.array(z.number()) });

const turns = new WeakMap<WebContents, Promise<void>>();

/**
 * Holds the debugger of a page for the moment of one work and never longer, one work after the other.
 * @throws AppFault portal.sitePage when the work fails or takes longer than `limitMs`, and when somebody else holds the debugger
 */
export function debugged(
  contents: WebContents,
  limitMs: number,
  work: (send: Send) => Promise<void>,
): Promise<void> {
  const mine = (turns.get(contents) ?? Promise.resolve()).then(async () => {
    try {
      contents.debugger.attach('1.3');
      const sent = await within(
        work((method, given = {}) => contents.debugger.sendCommand(method, given)),
        limitMs,
      );
      if (sent.kind !== 'value') throw new Error('late');
    } catch {
      throw new AppFault('portal.sitePage');
    } finally {
      if (!contents.isDestroyed() && contents.debugger.isAttached()) contents.debugger.detach();
    }
  });
  turns.set(
    contents,
    mine.catch(() => undefined),
  );
  return mine;
}

/** Puts files into the one file input a selector finds, as a person's choice would. @throws Error where it does not find exactly one */
export async function fillFileInput(send: Send, selector: string, files: readonly string[]): Promise<void> {
  const { root } = rootSchema.parse(await send('DOM.getDocument', { depth: 0 }));
  const { nodeIds } = foundSchema.parse(
    await send('DOM.querySelectorAll', { nodeId: root.nodeId, selector }),
  );
  const [nodeId, ...others] = nodeIds;
  if (nodeId === undefined || others.length > 0) throw new Error('not one file input');
  await send('DOM.setFileInputFiles', { nodeId, files: [...files] });
}
