import { CircleAlert, CircleCheck, CircleDashed, CircleX, type LucideIcon } from 'lucide-react';
import { type RemoteGate, remoteGates } from '../../../shared/domain/remote-gates.ts';
import type { GateFinding } from '../../../shared/flows/remote-session.ts';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import type { Words } from '../../words/translation.ts';

export type GateTone = 'ok' | 'warn' | 'bad' | 'todo';
export type GateLook = { readonly tone: GateTone; readonly icon: LucideIcon; readonly words: string };

const icons: Record<GateTone, LucideIcon> = {
  ok: CircleCheck,
  warn: CircleAlert,
  bad: CircleX,
  todo: CircleDashed,
};
const stale: ReadonlySet<GateFinding> = new Set(['programs-stale', 'tool-stale']);
const bad: ReadonlySet<GateFinding> = new Set(['closed', 'unstaffed', 'consent-expired', 'consent-other']);

/** True when nothing is left to do here: open, or only to be looked at once more at the start, which happens by itself. */
export function isSettled(finding: GateFinding | null): boolean {
  return finding === null || stale.has(finding);
}

export function firstShut(view: RemoteView): RemoteGate | null {
  return remoteGates.find((gate) => !isSettled(view.gates[gate])) ?? null;
}

/** What is said of a gate once the session was started: it was passed, and nothing about it runs out any more. */
function passedWords(view: RemoteView, gate: RemoteGate, words: Words): string {
  switch (gate) {
    case 'ticket':
      return view.operator ?? '';
    case 'backup':
      return openWords(view, gate, words);
    case 'programs':
    case 'teamviewer':
      return words.t('remote.passed_checked');
    case 'consent':
      return words.t('remote.passed_consent');
  }
}

function openWords(view: RemoteView, gate: RemoteGate, { t }: Words): string {
  const { proof, tool } = view;
  switch (gate) {
    case 'ticket':
      return t('remote.ok_ticket', { operator: view.operator ?? '' });
    case 'backup':
      return proof?.kind === 'made'
        ? t('remote.ok_backupMade', { files: proof.files })
        : t('remote.ok_backupDeclared', { where: proof?.where ?? '' });
    case 'programs':
      return t('remote.ok_programs');
    case 'teamviewer':
      return view.practice
        ? t('remote.ok_teamviewerPractice')
        : t('remote.ok_teamviewer', { version: tool?.version ?? '' });
    case 'consent':
      return t('remote.ok_consent', { minutes: Math.ceil((view.consentLeftMs ?? 0) / 60_000) });
  }
}

/** One gate as it is drawn: icon, colour and finding together. */
export function gateLook(view: RemoteView, gate: RemoteGate, words: Words): GateLook {
  const finding = view.gates[gate];
  const look = (tone: GateTone, text: string): GateLook => ({ tone, icon: icons[tone], words: text });
  if (view.session.phase !== 'preparing') return look('ok', passedWords(view, gate, words));
  if (finding === null) return look('ok', openWords(view, gate, words));
  if (stale.has(finding)) return look('ok', words.t('remote.again'));
  if (gate === 'teamviewer' && view.tool?.kind === 'refused')
    return look('bad', words.t(`toolRefusal.${view.tool.reason}`));
  return look(
    bad.has(finding) ? 'bad' : finding.startsWith('no-') || finding.endsWith('-unchecked') ? 'todo' : 'warn',
    words.t(`gateFinding.${finding}`),
  );
}
