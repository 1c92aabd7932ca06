import { ClipboardPaste } from 'lucide-react';
import type { ReactNode } from 'react';
import { formFields } from '../../../shared/rules/form-controls.ts';
import { usePastedFiles } from '../../features/paste.ts';
import { useTranslation } from '../../words/translation.ts';
import { AttachedFiles } from '../../features/attached-files.tsx';
import { DropZone } from '../../components/drop-zone.tsx';
import { takeClipboardImage, takeFiles } from '../../stores/evidence-store.ts';
import { detach, useAttach } from './attach.ts';
import { DraftField } from './draft-field.tsx';
import { useDraftFacts } from './draft-results.ts';
import { TriageHints } from './triage-hints.tsx';
import { RefusedFiles } from '../../features/refused-files.tsx';

function Screenshot(): ReactNode {
  const { t } = useTranslation();
  const facts = useDraftFacts();
  const attach = useAttach();
  usePastedFiles(attach);
  const images = facts?.files.filter((file) => file.kind === 'image') ?? [];
  return (
    <DropZone
      hint={t('evidence.dropHere')}
      onFiles={(files) => void takeFiles(() => window.officina.freezeDroppedFiles(files)).then(attach)}
    >
      <div className="drop-box">
        <p className="dim small grow">{t('draft.screenshotHint')}</p>
        <button type="button" className="button" onClick={() => void takeClipboardImage().then(attach)}>
          <ClipboardPaste size={16} aria-hidden />
          {t('draft.pasteScreenshot')}
        </button>
      </div>
      <RefusedFiles onTaken={attach} />
      <AttachedFiles files={images} onRemove={detach} />
    </DropZone>
  );
}

/** What happened; theft or loss has its own short form (R-EXCL-1). */
export function ProblemSection(): ReactNode {
  const { t } = useTranslation();
  const facts = useDraftFacts();
  if (facts === null) return null;
  const { content, product, files } = facts;
  const shown = new Set(
    formFields.problem(content, { product, evidenceKinds: files.map((file) => file.kind) }),
  );
  if (shown.has('lossKind')) {
    return (
      <div className="grid two">
        <DraftField name="lossKind" />
        <DraftField name="lossDate" />
        <DraftField name="lossPlace" />
        <DraftField name="lossReportNumber" />
      </div>
    );
  }
  return (
    <div className="stack">
      <DraftField name="problem" lines={5} hint={t('draft.problemHint')} />
      {shown.has('stage') ? (
        <DraftField name="stage" label={t('draft.stageQuestion')} placeholder={t('draft.stageExample')} />
      ) : null}
      {shown.has('errorText') ? (
        <>
          <DraftField name="errorText" lines={2} hint={t('draft.errorHint')} />
          <Screenshot />
        </>
      ) : null}
      {shown.has('noScreenshotReason') ? <DraftField name="noScreenshotReason" /> : null}
      <TriageHints />
    </div>
  );
}
