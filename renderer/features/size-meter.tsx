import type { ReactNode } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { useTranslation } from '../words/translation.ts';
import { Meter } from '../components/meter.tsx';
import { usePortal } from '../stores/portal-store.ts';

/**
 * How much of what the portal takes the files of a request fill, each and together, before anything is sent: by this program's limits, by
 * those the portal announced, or by what it refused before, and which of these it is.
 */
export function SizeMeter({
  files,
}: {
  readonly files: readonly Pick<Evidence, 'id' | 'name' | 'sizeBytes'>[];
}): ReactNode {
  const { t, size } = useTranslation();
  const limits = usePortal((state) => state.status?.limits ?? null);
  if (limits === null || files.length === 0) return null;
  const bytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const isOver = bytes > limits.ticketBytes;
  const large = files.filter((file) => file.sizeBytes > limits.fileBytes);
  const wrong = [
    ...large.map((file) =>
      t('sizeMeter.fileOver', { name: displayName(file.name), used: size(file.sizeBytes) }),
    ),
    ...(isOver ? [t('sizeMeter.sumOver', { over: size(bytes - limits.ticketBytes) })] : []),
    ...(files.length > limits.files
      ? [t('sizeMeter.countOver', { count: files.length, most: limits.files })]
      : []),
  ];
  const sum = t('sizeMeter.sum', { used: size(bytes), all: size(limits.ticketBytes) });
  return (
    <section className="size-meter" aria-label={t('sizeMeter.title')}>
      <Meter label={sum} share={bytes / limits.ticketBytes} isOver={isOver} />
      <p className="dim small">
        {sum} ({t(`sizeMeter.${limits.ticketFrom}`)}).{' '}
        {t('sizeMeter.perFile', { all: size(limits.fileBytes) })} ({t(`sizeMeter.${limits.fileFrom}`)}).
      </p>
      {wrong.length === 0 ? null : (
        <ul className="plain note wrong" aria-live="polite">
          {wrong.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
