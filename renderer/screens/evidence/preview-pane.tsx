import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../words/translation.ts';
import { EvidencePreview, type ShownFile } from '../../features/evidence-preview.tsx';
import { PreviewSheet } from '../../features/preview-sheet.tsx';
import { useMedia } from '../../features/use-media.ts';
import { FileName } from '../../components/file-name.tsx';

export type PreviewPaneProps = {
  readonly file: ShownFile | null;
  readonly onClose: () => void;
  /** What else can be done with the file. */
  readonly children?: ReactNode;
};

/** Below this width there is no room beside the list; `review.css` has the same. */
const narrow = '(max-width: 1099px)';

/** The preview beside the list; where there is no room it opens over it, and the list stays under the hand. */
export function PreviewPane({ file, onClose, children }: PreviewPaneProps): ReactNode {
  const { t } = useTranslation();
  const isOver = useMedia(narrow);
  if (isOver)
    return (
      <PreviewSheet file={file} onClose={onClose}>
        {children}
      </PreviewSheet>
    );
  if (file === null)
    return (
      <aside className="preview-pane waiting dim" aria-label={t('evidence.preview')}>
        {t('evidence.previewHint')}
      </aside>
    );
  return (
    <aside className="preview-pane" aria-label={t('evidence.preview')}>
      <div className="row between">
        <h2 className="cut">
          <FileName name={file.name} />
        </h2>
        <button
          type="button"
          className="button icon"
          aria-label={t('action.close')}
          title={t('action.close')}
          onClick={onClose}
        >
          <X size={16} aria-hidden />
        </button>
      </div>
      <EvidencePreview key={file.key} file={file} />
      {children}
    </aside>
  );
}
