import { vi } from 'vitest';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { type OpenedServices, until } from './workshop-fixture.ts';

/**
 * Wakes the queue until both its rows have looked for something to send so many times more, however long that takes on this machine.
 * @returns what each look came upon; null where nothing may go
 */
export async function queueLooked(
  { services }: OpenedServices,
  times = 3,
): Promise<readonly (OutboxItem['id'] | null)[]> {
  const looks = vi.spyOn(services.context.outbox, 'nextDue');
  for (let time = 0; time < times; time += 1) {
    const sofar = (row: string): number => looks.mock.calls.filter(([, lane]) => lane === row).length;
    const before = [sofar('words'), sofar('files')] as const;
    await until(() => {
      services.sender.wake();
      return sofar('words') > before[0] && sofar('files') > before[1];
    });
  }
  const found = looks.mock.results.map(({ value }) => value as OutboxItem['id'] | null);
  looks.mockRestore();
  return found;
}
