import type { ReactNode } from 'react';
import { type FieldKey, fieldText } from '../../../shared/domain/draft.ts';
import { connectionModes } from '../../../shared/domain/product.ts';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { TicketView } from '../../../shared/ipc/views.ts';
import { asInQueue, followsRequest, outboxCause } from '../../features/outbox-reason.ts';
import { outboxLook } from '../../features/request-state.ts';
import { OwnWordsForm } from '../../features/own-words.tsx';
import { useTranslation } from '../../words/translation.ts';
import { AttachedFiles } from '../../features/attached-files.tsx';
import { Chip } from '../../components/chip.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useOutbox } from '../../stores/outbox-store.ts';
import { FileReceipts } from './file-receipts.tsx';
import { RemoteLight } from './remote-light.tsx';
import type { ShownField } from '../../../shared/rules/rule-shape.ts';

/** What happened is said by the request's own words in the conversation; everything else stands here. */
const facts: readonly (ShownField | 'mode')[] = [
  'stage',
  'errorText',
  'mode',
  'softwareVersion',
  'firmwareVersion',
  'vehicleMake',
  'vehicleModel',
  'vehicleEngine',
  'vehicleYear',
  'vehicleVin',
  'ecuMaker',
  'ecuFamily',
  'ecuHw',
  'ecuSw',
  'driverNumber',
  'voltage',
];
const grouped: ReadonlySet<FieldKey> = new Set(['vehicleVin', 'ecuHw', 'ecuSw', 'driverNumber']);

/** What belongs to the request: the facts as sent, its files, and what of it is still on its way. */
export function TicketSide({ view }: { readonly view: TicketView }): ReactNode {
  const words = useTranslation();
  const { t, moment } = words;
  const { ticket, row, evidence, outbox } = view;
  const maskedEmail = useApp((state) => state.info?.maskedEmail ?? null);
  const rows = useOutbox((state) => state.rows);
  const { content } = ticket;
  const known =
    content === null
      ? []
      : facts.flatMap((key) => {
          const text = fieldText(content, key);
          const mode = key === 'mode' ? connectionModes.find((name) => name === text) : undefined;
          return text === '' ? [] : [{ key, text: mode === undefined ? text : t(`mode.${mode}`) }];
        });
  const waiting = outbox.filter((item) => item.state !== 'accepted');
  const nameOf = (id: string): string => displayName(evidence.find((file) => file.id === id)?.name ?? '');
  return (
    <div className="stack wide">
      <section className="stack tight">
        <h2>{t('ticket.facts')}</h2>
        <dl className="facts">
          <dt>{t('requests.tool')}</dt>
          <dd>{row.productName}</dd>
          {row.serial === '' ? null : (
            <>
              <dt>{t('tools.serialShort')}</dt>
              <dd>
                <Identifier text={row.serial} />
              </dd>
            </>
          )}
          {content === null || content.requestType === null ? null : (
            <>
              <dt>{t('requestType.label')}</dt>
              <dd>{t(`requestType.${content.requestType}`)}</dd>
            </>
          )}
          {known.map(({ key, text }) => (
            <div key={key} className="pair">
              <dt>{t(`field.${key}`)}</dt>
              <dd>{grouped.has(key) ? <Identifier text={text} /> : text}</dd>
            </div>
          ))}
          {maskedEmail === null ? null : (
            <>
              <dt>{t('ticket.noticesTo')}</dt>
              <dd>{maskedEmail}</dd>
            </>
          )}
          {ticket.operator === null ? null : (
            <>
              <dt>{t('ticket.inCharge')}</dt>
              <dd>{ticket.operator}</dd>
            </>
          )}
        </dl>
      </section>
      {ticket.number === null ? null : (
        <RemoteLight id={ticket.id} changed={ticket.updatedAt} isAsked={row.sessionAskedBy !== null} />
      )}
      <section className="stack tight">
        <h2>{t('section.evidence')}</h2>
        {evidence.length === 0 ? (
          <p className="dim">{t('review.noFiles')}</p>
        ) : (
          <AttachedFiles files={evidence} onRemove={null} />
        )}
        <FileReceipts receipts={view.fileReceipts} number={ticket.number} />
      </section>
      <section className="stack tight">
        <h2>{t('own.title')}</h2>
        <OwnWordsForm key={ticket.id} id={ticket.id} stored={view.own} />
      </section>
      {waiting.length === 0 ? null : (
        <section className="stack tight">
          <h2>{t('outbox.title')}</h2>
          <ul className="plain stack tight">
            {waiting.map((item) => {
              const look = outboxLook(item.state, t, item.work.kind);
              return (
                <li key={item.id}>
                  <div className="row between wrap">
                    <span>
                      {t(`outboxWork.${item.work.kind}`, {
                        name: item.work.kind === 'upload-attachment' ? nameOf(item.work.evidenceId) : '',
                      })}
                    </span>
                    <Chip tone={look.tone} icon={look.icon}>
                      {look.words}
                    </Chip>
                  </div>
                  <p className="dim small">
                    {outboxCause(asInQueue(item, rows), words, followsRequest(item, waiting))}
                  </p>
                </li>
              );
            })}
          </ul>
          <div>
            <button type="button" className="button quiet" onClick={() => useOutbox.getState().setOpen(true)}>
              {t('outbox.show')}
            </button>
          </div>
        </section>
      )}
      {ticket.terms === null ? null : (
        <section className="stack tight">
          <h2>{t('terms.title')}</h2>
          <p className="dim small">
            {t('terms.version', { version: ticket.terms.version })} ·{' '}
            {t('terms.accepted', { time: moment(ticket.terms.acceptedAt) })}
          </p>
        </section>
      )}
    </div>
  );
}
