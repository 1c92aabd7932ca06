import {
  Archive,
  CircleCheck,
  Clock,
  CornerDownLeft,
  FilePen,
  Hand,
  type LucideIcon,
  MessageSquare,
  OctagonAlert,
  SearchCheck,
  Send,
  UserCheck,
} from 'lucide-react';
import type { OutboxState, OutboxWork } from '../../shared/domain/outbox-item.ts';
import type { TicketState } from '../../shared/domain/ticket.ts';
import type { RequestRow } from '../../shared/ipc/views.ts';
import type { Translate } from '../../shared/i18n/translator.ts';
import type { Tone } from '../components/chip.tsx';

export type ShownState = { readonly tone: Tone; readonly icon: LucideIcon; readonly words: string };

const outboxLooks: Record<OutboxState, Omit<ShownState, 'words'>> = {
  queued: { tone: 'warn', icon: Clock },
  sending: { tone: 'info', icon: Send },
  unknown: { tone: 'warn', icon: SearchCheck },
  accepted: { tone: 'ok', icon: CircleCheck },
  rejected: { tone: 'bad', icon: OctagonAlert },
  'to-verify': { tone: 'bad', icon: SearchCheck },
  'by-hand': { tone: 'plain', icon: Hand },
  'set-aside': { tone: 'plain', icon: Archive },
};
const ticketLooks: Record<TicketState, Omit<ShownState, 'words'>> = {
  open: { tone: 'plain', icon: MessageSquare },
  assigned: { tone: 'ok', icon: UserCheck },
  'waiting-customer': { tone: 'you', icon: CornerDownLeft },
  closed: { tone: 'plain', icon: CircleCheck },
};

/** The state of one thing in the outbox, in words; a file has its own where the language tells it from a request or a reply. */
export function outboxLook(state: OutboxState, t: Translate, kind?: OutboxWork['kind']): ShownState {
  const look = outboxLooks[state];
  if (kind === 'upload-attachment' && (state === 'accepted' || state === 'rejected' || state === 'set-aside'))
    return { ...look, words: t(`outboxFileState.${state}`) };
  return { ...look, words: t(`outboxState.${state}`) };
}

/** Where a request stands: its draft, its place in the outbox, or what the portal last said. */
export function requestLook(row: RequestRow, t: Translate): ShownState {
  if (row.stage === 'draft')
    return {
      tone: 'plain',
      icon: FilePen,
      words: t('requests.draft', { met: row.metRules, all: row.allRules }),
    };
  if (row.outboxState !== null && row.outboxState !== 'accepted' && row.number === null)
    return outboxLook(row.outboxState, t);
  const state = row.state ?? 'open';
  return { ...ticketLooks[state], words: t(`ticketState.${state}`) };
}
