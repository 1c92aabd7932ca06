import type { ReactNode } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { FileReceipt } from '../../../shared/domain/file-receipt.ts';
import type { TicketNumber } from '../../../shared/domain/ids.ts';
import { FileName } from '../../components/file-name.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { CopyButton } from '../../features/copy-button.tsx';
import { portalMoment } from '../../features/portal-words.ts';
import { useTranslation, type Words } from '../../words/translation.ts';

/** One receipt as lines of text, exact to the byte and the second, to be pasted somewhere else. */
function receiptText(receipt: FileReceipt, number: TicketNumber | null, { t }: Words): string {
  return [
    `${t('fileReceipt.name')}: ${displayName(receipt.name)}`,
    `${t('fileReceipt.size')}: ${receipt.sizeBytes} B`,
    `${t('fileReceipt.hash')}: ${receipt.sha256}`,
    `${t('fileReceipt.received')}: ${receipt.receivedAt}`,
    ...(number === null ? [] : [`${t('fileReceipt.number')}: ${number}`]),
  ].join('\n');
}

/** What the portal confirmed of each file, folded away until somebody asks: name, size, hash and time by its word. */
export function FileReceipts({
  receipts,
  number,
}: {
  readonly receipts: readonly FileReceipt[];
  readonly number: TicketNumber | null;
}): ReactNode {
  const words = useTranslation();
  const { t, size } = words;
  if (receipts.length === 0) return null;
  const texts = receipts.map((receipt) => receiptText(receipt, number, words));
  return (
    <details className="file-receipts">
      <summary>{t('fileReceipt.title', { count: receipts.length })}</summary>
      <div className="row between">
        <p className="dim small">{t('fileReceipt.intro')}</p>
        {receipts.length === 1 ? null : (
          <CopyButton text={texts.join('\n\n')} label={t('fileReceipt.copyAll')} />
        )}
      </div>
      <ul className="plain stack tight">
        {receipts.map((receipt, index) => (
          <li key={receipt.reference}>
            <div className="row between">
              <FileName name={receipt.name} />
              <CopyButton
                text={texts[index] ?? ''}
                label={t('fileReceipt.copy', { name: displayName(receipt.name) })}
              />
            </div>
            <dl className="facts small">
              <dt>{t('fileReceipt.size')}</dt>
              <dd>{size(receipt.sizeBytes)}</dd>
              <dt>{t('fileReceipt.hash')}</dt>
              <dd className="hash">
                <Identifier text={receipt.sha256} />
              </dd>
              <dt>{t('fileReceipt.received')}</dt>
              <dd>{portalMoment(receipt.receivedAt, words)}</dd>
            </dl>
          </li>
        ))}
      </ul>
    </details>
  );
}
