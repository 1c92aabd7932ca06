import { MessageSquarePlus } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { typedMoment, writtenDay } from '../../../shared/calendar/typed-day.ts';
import { instantInItaly } from '../../../shared/i18n/italian-time.ts';
import type { TicketView } from '../../../shared/ipc/views.ts';
import { readPastedMessage } from '../../../shared/rules/pasted-message.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { CheckField } from '../../components/check-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { attempt } from '../../stores/app-store.ts';
import { useTicket } from '../../stores/ticket-store.ts';
import { useTranslation } from '../../words/translation.ts';

const mostChars = 60_000;
const shortestName = 2;

/** `2026-11-24T18:05` as a person here writes it. */
function written(moment: string): string {
  const [day = '', time = ''] = moment.split('T');
  return `${writtenDay(day)} ${time}`;
}

type Fields = {
  readonly text: string;
  readonly name: string;
  readonly at: string;
  readonly asksForSession: boolean;
};

/** What was pasted, with who wrote it and when as far as its head says so; what the person filled in already stays. */
function filled(fields: Fields, text: string): Fields {
  const isPaste = text.length > fields.text.length + 1;
  if (!isPaste || fields.text.trim() !== '') return { ...fields, text };
  const read = readPastedMessage(text);
  return {
    ...fields,
    text: read.text,
    name: read.name ?? fields.name,
    at: read.at === null ? fields.at : written(read.at),
  };
}

function WordsForm({ view, onDone }: { readonly view: TicketView; readonly onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const { ticket, messages } = view;
  const [fields, setFields] = useState<Fields>({
    text: '',
    name: ticket.operator ?? '',
    at: '',
    asksForSession: false,
  });
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  const name = fields.name.trim();
  const moment = fields.at.trim() === '' ? null : typedMoment(fields.at);
  const isWrongMoment = fields.at.trim() !== '' && moment === null;
  const words = fields.text.trim();
  const isKnown =
    words !== '' && messages.some((message) => message.author.kind === 'operator' && message.text === words);
  const add = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name.length < shortestName || isWrongMoment) return;
    const at = moment === null ? new Date().toISOString() : instantInItaly(moment);
    void attempt(async () => {
      await unwrap(
        window.officina.stateWords({
          ticketId: ticket.id,
          name,
          at,
          text: words,
          asksForSession: fields.asksForSession,
        }),
      );
      await useTicket.getState().refresh();
      onDone();
    });
  };
  return (
    <form ref={form} className="stack tight" onSubmit={add} noValidate>
      <p className="dim small">{t('stated.hint')}</p>
      <TextField
        label={t('stated.text')}
        value={fields.text}
        lines={4}
        maxLength={mostChars}
        onChange={(text) => setFields((now) => filled(now, text))}
        {...(isKnown ? { note: t('stated.known') } : {})}
      />
      <div className="grid">
        <TextField
          label={t('stated.name')}
          value={fields.name}
          maxLength={120}
          onChange={(given) => setFields((now) => ({ ...now, name: given }))}
          {...(tried && name.length < shortestName ? { error: t('stated.noName') } : {})}
        />
        <TextField
          label={t('stated.at')}
          value={fields.at}
          maxLength={40}
          onChange={(at) => setFields((now) => ({ ...now, at }))}
          {...(tried && isWrongMoment ? { error: t('stated.noMoment') } : { note: t('stated.atHint') })}
        />
      </div>
      <CheckField
        label={t('stated.session')}
        checked={fields.asksForSession}
        onChange={(asksForSession) => setFields((now) => ({ ...now, asksForSession }))}
      />
      <div className="row wrap">
        <button type="submit" className="button primary">
          {t('stated.add')}
        </button>
        <button type="button" className="button quiet" onClick={onDone}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}

/** Where a person writes down what only they can read on the portal: the operator's words, who is in charge, a session asked for. */
export function PortalWords({ view }: { readonly view: TicketView }): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setIsOpen(false);
    window.requestAnimationFrame(() => opener.current?.focus());
  };
  return (
    <section className="card stack tight" aria-label={t('stated.title')}>
      {isOpen ? (
        <>
          <h2>{t('stated.title')}</h2>
          <WordsForm view={view} onDone={close} />
        </>
      ) : (
        <div>
          <button ref={opener} type="button" className="button" onClick={() => setIsOpen(true)}>
            <MessageSquarePlus size={16} aria-hidden />
            {t('stated.open')}
          </button>
        </div>
      )}
    </section>
  );
}
