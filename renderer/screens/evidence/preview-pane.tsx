import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import { useTranslation } from '../../words/translation.ts';
import { EvidencePreview } from '../../features/evidence-preview.tsx';
import { FileName } from '../../components/file-name.tsx';

/** The preview beside the list; where there is no room it stands above it. */
export function PreviewPane({ file, onClose }: { readonly file: Evidence | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
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
        <button type="button" className="button icon" aria-label={t('action.close')} title={t('action.close')} onClick={onClose}>
          <X size={16} aria-hidden />
        </button>
      </div>
      <EvidencePreview key={file.id} file={file} />
    </aside>
  );
}
