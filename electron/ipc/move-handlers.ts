import type { MoveService } from '../move/move-service.ts';
import type { Handlers } from './handlers.ts';

export type MoveHandlers = Pick<
  Handlers,
  'saveMove' | 'chooseMoveFile' | 'readMove' | 'takeMove' | 'dropMove'
>;

/** The workshop goes to another PC, or comes from one. */
export function moveHandlers(moving: MoveService): MoveHandlers {
  return {
    saveMove: ({ passphrase, holdsQueue }) => moving.save(passphrase, holdsQueue),
    chooseMoveFile: moving.choose,
    readMove: ({ passphrase }) => moving.read(passphrase),
    takeMove: async () => {
      await moving.take();
      return null;
    },
    dropMove: async () => {
      await moving.drop();
      return null;
    },
  };
}
