import { FileImage, FileLock, FileX } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import type { Evidence, EvidencePreview as Preview } from '../../shared/domain/evidence.ts';
import { unwrap } from '../bridge/bridge.ts';
import { useTranslation } from '../words/translation.ts';
import { attempt } from '../stores/app-store.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { Identifier } from '../components/identifier.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { TextBlock } from '../components/text-block.tsx';

function Picture({ preview, name }: { readonly preview: Extract<Preview, { kind: 'image' }>; readonly name: string }): ReactNode {
  const { t } = useTranslation();
  const [url, setUrl] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(preview.bytes)], { type: preview.mimeType }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [preview]);
  if (broken) return <EmptyState icon={FileX} title={t('evidence.brokenImageTitle')} text={t('evidence.brokenImageText')} />;
  return url === null ? null : (
    <img className="picture" src={url} alt={name} onError={() => setBroken(true)} width={preview.widthPx} height={preview.heightPx} />
  );
}

function Body({ preview, name }: { readonly preview: Preview; readonly name: string }): ReactNode {
  const { t } = useTranslation();
  switch (preview.kind) {
    case 'text':
      return (
        <>
          <p className="dim small">
            {preview.encoding.toUpperCase()}
            {preview.truncated ? ` · ${t('evidence.truncated')}` : ''}
          </p>
          <TextBlock text={preview.text} label={name} tall />
        </>
      );
    case 'image':
      return <Picture preview={preview} name={name} />;
    case 'large-image':
      return (
        <EmptyState
          icon={FileImage}
          title={t('evidence.largeImageTitle')}
          text={
            preview.widthPx * preview.heightPx === 0
              ? t('evidence.largeImageText')
              : t('evidence.largeImageSized', { width: preview.widthPx, height: preview.heightPx })
          }
        />
      );
    case 'protected':
      return <EmptyState icon={FileLock} title={t('evidence.protectedTitle')} text={t('evidence.protectedText')} />;
    case 'empty':
      return <EmptyState icon={FileX} title={t('evidence.emptyTitle')} text={t('evidence.emptyText')} />;
  }
}

/** The frozen bytes as they will be sent, with their hash; text is only ever text. */
export function EvidencePreview({ file }: { readonly file: Evidence }): ReactNode {
  const { t, size, moment } = useTranslation();
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => {
    let current = true;
    void attempt(() => unwrap(window.officina.evidencePreview({ evidenceId: file.id }))).then((loaded) => {
      if (current) setPreview(loaded);
    });
    return () => {
      current = false;
    };
  }, [file.id]);
  return (
    <div className="stack">
      <dl className="facts">
        <dt>{t('evidence.kind')}</dt>
        <dd>{t(`evidenceKind.${file.kind}`)}</dd>
        <dt>{t('evidence.size')}</dt>
        <dd>
          {size(file.sizeBytes)}
          {file.tailOnly ? ` · ${t('evidence.tailOnly')}` : ''}
        </dd>
        <dt>{t('evidence.changed')}</dt>
        <dd>{moment(file.fileModifiedAt)}</dd>
        <dt>SHA-256</dt>
        <dd>
          <Identifier text={file.sha256} />
        </dd>
      </dl>
      {preview === null ? <Skeleton lines={8} label={t('action.loading')} /> : <Body preview={preview} name={displayName(file.name)} />}
    </div>
  );
}
