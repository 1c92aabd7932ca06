import { ClipboardPaste, FolderPlus, RefreshCw } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Evidence, EvidenceCandidate } from '../../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import { formFields } from '../../../shared/rules/form-controls.ts';
import { usePastedFiles } from '../../features/paste.ts';
import { useTranslation } from '../../words/translation.ts';
import { AttachedFiles } from '../../features/attached-files.tsx';
import { type CandidateGroup, candidateGroups, groupIds } from '../../components/candidate-groups.ts';
import { CandidateList } from '../../components/candidate-list.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { CopyProgress } from '../../features/copy-progress.tsx';
import { DropZone } from '../../components/drop-zone.tsx';
import { shownFound } from '../../features/evidence-preview.tsx';
import { FoundRow } from '../../features/found-row.tsx';
import { LogFailure } from '../../features/log-failure.tsx';
import { PreviewSheet } from '../../features/preview-sheet.tsx';
import { RefusedFiles } from '../../features/refused-files.tsx';
import { SizeMeter } from '../../features/size-meter.tsx';
import { ScanLine } from '../../features/scan-line.tsx';
import { takeClipboardImage, takeFiles, useEvidence } from '../../stores/evidence-store.ts';
import { detach, useAttach } from './attach.ts';
import { DraftField } from './draft-field.tsx';
import { useDraftFacts } from './draft-results.ts';
import { LostFiles } from './lost-files.tsx';

const suggestedFirst = (a: EvidenceCandidate, b: EvidenceCandidate): number =>
  Number(b.suggestion !== null) - Number(a.suggestion !== null);

/** What is on the request already: the failure its LOG tells of, each file, and how much room is left. */
function OnRequest({ files }: { readonly files: readonly Evidence[] }): ReactNode {
  const { t } = useTranslation();
  const log = files.find(({ kind, removedAt }) => kind === 'log' && removedAt === null);
  if (files.length === 0) return null;
  return (
    <section className="stack tight" aria-label={t('evidence.onRequest')}>
      <h3>{t('evidence.onRequest')}</h3>
      {log === undefined ? null : <LogFailure key={log.id} id={log.id} />}
      <AttachedFiles files={files} onRemove={detach} />
      <SizeMeter files={files} />
    </section>
  );
}

/** Files for the request: what the PC holds, suggested with the reason; what is ticked is copied at once and never changes again. */
export function EvidenceSection(): ReactNode {
  const { t } = useTranslation();
  const facts = useDraftFacts();
  const found = useEvidence((state) => state.candidates);
  const scanning = useEvidence((state) => state.scanId !== null);
  const [copies, setCopies] = useState<ReadonlyMap<string, readonly EvidenceId[]>>(new Map());
  const [asking, setAsking] = useState<CandidateGroup | null>(null);
  const [looked, setLooked] = useState<CandidateGroup | null>(null);
  const attach = useAttach();
  usePastedFiles(attach);
  useEffect(() => {
    if (useEvidence.getState().candidates.length === 0) void useEvidence.getState().scan();
  }, []);
  const groups = useMemo(() => candidateGroups([...found].sort(suggestedFirst)), [found]);
  if (facts === null) return null;
  const { content, product, files } = facts;
  // A file may have come in another way (from Today, by drag): the same name and size mean the same file here.
  const copiesOf = (group: CandidateGroup): readonly EvidenceId[] => [
    ...(copies.get(group.key) ?? []),
    ...files
      .filter((file) =>
        [group.lead, ...group.others].some(
          (item) => item.name === file.name && item.sizeBytes === file.sizeBytes,
        ),
      )
      .map((file) => file.id),
  ];
  const isOn = (group: CandidateGroup): boolean =>
    copiesOf(group).some((id) => content.evidenceIds.includes(id));
  const take = (group: CandidateGroup): void =>
    void takeFiles(() =>
      window.officina.freezeCandidates({ candidateIds: groupIds(group), tailOfLarge: false }),
    ).then((frozen) => {
      setCopies((before) =>
        new Map(before).set(
          group.key,
          frozen.map((file) => file.id),
        ),
      );
      attach(frozen);
    });
  const toggle = (group: CandidateGroup, on: boolean): void => {
    if (!on) for (const id of copiesOf(group)) detach(id);
    else if (group.lead.kind === 'ecu-read') setAsking(group);
    else take(group);
  };
  const tick = { on: t('evidence.attachOne'), off: t('evidence.takeOffShort') };
  return (
    <DropZone
      hint={t('evidence.dropHere')}
      onFiles={(dropped) => void takeFiles(() => window.officina.freezeDroppedFiles(dropped)).then(attach)}
    >
      <div className="stack">
        <div className="row wrap">
          <button
            id="draft-addFile"
            type="button"
            className="button"
            onClick={() => void takeFiles(() => window.officina.chooseFiles({})).then(attach)}
          >
            <FolderPlus size={16} aria-hidden />
            {t('evidence.addFile')}
          </button>
          <button type="button" className="button" onClick={() => void takeClipboardImage().then(attach)}>
            <ClipboardPaste size={16} aria-hidden />
            {t('draft.pasteScreenshot')}
          </button>
          <span className="dim small">{t('evidence.orDrop')}</span>
        </div>
        <CopyProgress />
        <RefusedFiles onTaken={attach} />
        <LostFiles ids={content.evidenceIds} files={files} />
        <OnRequest files={files} />
        <section className="stack tight" aria-label={t('evidence.found')}>
          <div className="row between">
            <h3>{t('evidence.found')}</h3>
            {scanning ? null : (
              <button
                type="button"
                className="button quiet"
                onClick={() => void useEvidence.getState().scan()}
              >
                <RefreshCw size={16} aria-hidden />
                {t('evidence.scanAgain')}
              </button>
            )}
          </div>
          <ScanLine />
          <CandidateList
            groups={groups}
            isOn={isOn}
            onToggle={toggle}
            onLook={setLooked}
            drawn={(group, row) => <FoundRow key={group.key} {...row} tick={tick} />}
          />
        </section>
        {formFields.evidence(content, product).includes('noLogReason') ? (
          <DraftField name="noLogReason" hint={t('draft.noLogHint')} />
        ) : null}
      </div>
      <PreviewSheet file={looked === null ? null : shownFound(looked.lead)} onClose={() => setLooked(null)} />
      <Confirm
        open={asking !== null}
        onOpenChange={(open) => (open ? undefined : setAsking(null))}
        title={t('evidence.readTitle')}
        text={t('evidence.readText')}
        keep={t('evidence.readKeep')}
        go={t('evidence.readGo')}
        tone="plain"
        onGo={() => {
          if (asking !== null) take(asking);
        }}
      />
    </DropZone>
  );
}
