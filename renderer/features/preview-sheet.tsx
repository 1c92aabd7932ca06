import type { ReactNode } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import { Sheet } from '../components/sheet.tsx';
import { useTranslation } from '../words/translation.ts';
import { EvidencePreview, type ShownFile } from './evidence-preview.tsx';

/** A file of a list, looked at over the screen it stands on; null: nothing is. */
export function PreviewSheet({
  file,
  onClose,
  children,
}: {
  readonly file: ShownFile | null;
  readonly onClose: () => void;
  /** What else can be done with the file. */
  readonly children?: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Sheet
      open={file !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={file === null ? '' : displayName(file.name)}
      close={t('action.close')}
      shape="centre"
    >
      {file === null ? null : (
        <>
          <EvidencePreview key={file.key} file={file} />
          {children}
        </>
      )}
    </Sheet>
  );
}
