import { ClipboardCopy, Eye, type LucideIcon, Plus, Square, SquareCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import { quietly } from '../bridge/bridge.ts';
import { CandidateRow, type CandidateRowProps } from '../components/candidate-row.tsx';
import { useTranslation } from '../words/translation.ts';
import { shownFound } from './evidence-preview.tsx';
import { EvidenceThumb } from './evidence-thumb.tsx';
import { type RowAct, RowDots, RowMenu } from './row-menu.tsx';

/** The name of a file into the clipboard, as it is shown. */
export function copyNameAct(name: string, label: string): RowAct {
  return {
    label,
    icon: ClipboardCopy,
    run: () => void quietly(window.officina.copyText({ text: displayName(name) })),
  };
}

/** A file seen on disk, with its picture in small and what can be done with it: on right click, by the menu key and behind the dots. */
export function FoundRow({
  further = [],
  tick,
  ...row
}: CandidateRowProps & {
  readonly further?: readonly RowAct[];
  /** What ticking and unticking is called here. */
  readonly tick: { readonly on: string; readonly off: string };
}): ReactNode {
  const { t } = useTranslation();
  const { lead } = row.group;
  const name = displayName(lead.name);
  const icon: LucideIcon = row.isOn ? Square : SquareCheck;
  const acts: readonly RowAct[] = [
    { label: t('evidence.open'), icon: Eye, run: row.onLook },
    { label: row.isOn ? tick.off : tick.on, icon, run: () => row.onToggle(!row.isOn) },
    ...further,
    copyNameAct(lead.name, t('evidence.copyName')),
  ];
  const label = t('evidence.rowMenu', { name });
  return (
    <RowMenu label={label} acts={acts}>
      <CandidateRow
        {...row}
        picture={<EvidenceThumb file={shownFound(lead)} />}
        dots={<RowDots label={label} acts={acts} />}
      />
    </RowMenu>
  );
}

/** Begins a request with one file. */
export function startAct(label: string, run: () => void): RowAct {
  return { label, icon: Plus, run };
}
