import { FileImage, FileLock, FileX } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import type { AppError } from '../../shared/domain/app-error.ts';
import type {
  Evidence,
  EvidenceCandidate,
  EvidencePreview as Preview,
} from '../../shared/domain/evidence.ts';
import { failurePicture } from '../../shared/logs/failure-picture.ts';
import type { Result } from '../../shared/domain/result.ts';
import { useTranslation } from '../words/translation.ts';
import { ErrorNotice } from './error-notice.tsx';
import { useImageUrl } from './image-url.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { Identifier } from '../components/identifier.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { showLine, TextBlock } from '../components/text-block.tsx';
import { FailurePicture } from './failure-picture.tsx';

function Picture({
  preview,
  name,
}: {
  readonly preview: Extract<Preview, { kind: 'image' }>;
  readonly name: string;
}): ReactNode {
  const { t } = useTranslation();
  const url = useImageUrl(preview);
  const [broken, setBroken] = useState(false);
  if (broken)
    return (
      <EmptyState icon={FileX} title={t('evidence.brokenImageTitle')} text={t('evidence.brokenImageText')} />
    );
  return url === null ? null : (
    <img
      className="picture"
      src={url}
      alt={name}
      onError={() => setBroken(true)}
      width={preview.widthPx}
      height={preview.heightPx}
    />
  );
}

/** A text, and over that of a LOG its failure with the way to the line that tells it. */
function LogText({
  text,
  name,
  isLog,
}: {
  readonly text: string;
  readonly name: string;
  readonly isLog: boolean;
}): ReactNode {
  const box = useRef<HTMLTextAreaElement>(null);
  const facts = useMemo(() => (isLog ? failurePicture(text) : null), [isLog, text]);
  return (
    <>
      {facts === null ? null : (
        <FailurePicture facts={facts} onLine={() => showLine(box.current, facts.first.line)} />
      )}
      <TextBlock ref={box} text={text} label={name} tall />
    </>
  );
}

function Body({
  preview,
  name,
  isLog,
}: {
  readonly preview: Preview;
  readonly name: string;
  readonly isLog: boolean;
}): ReactNode {
  const { t } = useTranslation();
  switch (preview.kind) {
    case 'text':
      return (
        <>
          {preview.truncated ? <p className="dim small">{t('evidence.truncated')}</p> : null}
          <LogText text={preview.text} name={name} isLog={isLog && !preview.truncated} />
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
      return (
        <EmptyState icon={FileLock} title={t('evidence.protectedTitle')} text={t('evidence.protectedText')} />
      );
    case 'empty':
      return <EmptyState icon={FileX} title={t('evidence.emptyTitle')} text={t('evidence.emptyText')} />;
  }
}

/** A file to look at. `sha256` is null for one that was found and not copied. */
export type ShownFile = Pick<Evidence, 'name' | 'kind' | 'sizeBytes' | 'tailOnly'> & {
  readonly key: string;
  readonly changedAt: string;
  readonly sha256: string | null;
  readonly load: () => Promise<Result<Preview, AppError>>;
};

/** A copy, shown as it will be sent. */
export function shownCopy(file: Evidence): ShownFile {
  return {
    ...file,
    key: file.id,
    changedAt: file.fileModifiedAt,
    load: () => window.officina.evidencePreview({ evidenceId: file.id }),
  };
}

/** A file where it was found; looking at it makes no copy. */
export function shownFound(file: EvidenceCandidate): ShownFile {
  return {
    ...file,
    key: file.id,
    changedAt: file.modifiedAt,
    tailOnly: false,
    sha256: null,
    load: () => window.officina.candidatePreview({ candidateId: file.id }),
  };
}

/** What a file is and what stands in it; text is only ever text. Give it the file's key, so that another file is loaded anew. */
export function EvidencePreview({ file }: { readonly file: ShownFile }): ReactNode {
  const { t, size, moment } = useTranslation();
  const [loaded, setLoaded] = useState<Result<Preview, AppError> | null>(null);
  const load = useRef(file.load);
  useEffect(() => {
    let current = true;
    void load.current().then((result) => {
      if (current) setLoaded(result);
    });
    return () => {
      current = false;
    };
  }, []);
  const encoding =
    loaded?.ok === true && loaded.value.kind === 'text' ? loaded.value.encoding.toUpperCase() : null;
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
        <dd>{moment(file.changedAt)}</dd>
      </dl>
      {loaded === null ? (
        <Skeleton lines={8} label={t('action.loading')} />
      ) : loaded.ok ? (
        <Body preview={loaded.value} name={displayName(file.name)} isLog={file.kind === 'log'} />
      ) : (
        <ErrorNotice error={loaded.error} />
      )}
      {file.sha256 === null && encoding === null ? null : (
        <details className="licence small">
          <summary>{t('action.details')}</summary>
          <dl className="facts">
            {encoding === null ? null : (
              <>
                <dt>{t('evidence.encoding')}</dt>
                <dd>{encoding}</dd>
              </>
            )}
            {file.sha256 === null ? null : (
              <>
                <dt>SHA-256</dt>
                <dd>
                  <Identifier text={file.sha256} />
                </dd>
              </>
            )}
          </dl>
        </details>
      )}
    </div>
  );
}
