import { CircleAlert, FileInput } from 'lucide-react';
import { type ChangeEvent, type ClipboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { readableText } from '../../shared/domain/readable-text.ts';
import { useTranslation } from '../words/translation.ts';

export type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onBlur?: () => void;
  readonly id?: string;
  readonly lines?: number;
  readonly mono?: boolean;
  readonly maxLength?: number;
  /** Stands beneath and is read with the field. */
  readonly note?: string;
  /** Why the value cannot stay; replaces the note. */
  readonly error?: string;
  /** Says where the value came from. */
  readonly chip?: string;
  readonly type?: 'text' | 'email' | 'password' | 'search';
  readonly placeholder?: string;
  readonly hideLabel?: boolean;
  /** True while what is stored of it was refused: `note` says so, in the colour of a warning. */
  readonly warned?: boolean;
};

type TextBox = HTMLInputElement | HTMLTextAreaElement;

/** What was typed without marks that hide in words or turn them round; the cursor stays where the person put it. */
function cleanedBox(box: TextBox): string {
  const { value } = box;
  const cleaned = readableText(value);
  if (cleaned === value) return value;
  const before = readableText(value.slice(0, box.selectionStart ?? value.length)).length;
  box.value = cleaned;
  if (box.selectionStart !== null) box.setSelectionRange(before, before);
  return cleaned;
}

/** How many characters of a paste found no room; the box itself cuts without a word. */
function cutOf(box: TextBox, pasted: string, maxLength: number | undefined): number {
  if (maxLength === undefined) return 0;
  const selected = (box.selectionEnd ?? 0) - (box.selectionStart ?? 0);
  return Math.max(0, pasted.replaceAll('\r\n', '\n').length - (maxLength - box.value.length + selected));
}

/** A labelled text box; grows with its text when it has lines. */
export function TextField(props: TextFieldProps): ReactNode {
  const { t } = useTranslation();
  const own = useId();
  const [cut, setCut] = useState(0);
  const isPasting = useRef(false);
  const change = (event: ChangeEvent<TextBox>): void => {
    if (!isPasting.current) setCut(0);
    isPasting.current = false;
    props.onChange(props.type === 'password' ? event.target.value : cleanedBox(event.target));
  };
  const paste = (event: ClipboardEvent<TextBox>): void => {
    const lost = cutOf(event.currentTarget, event.clipboardData.getData('text/plain'), props.maxLength);
    // A box that is full takes nothing of it, and tells of no change.
    isPasting.current = lost > 0;
    setCut(lost);
  };
  const id = props.id ?? own;
  const noteId = `${id}-note`;
  const note = props.error ?? (cut > 0 ? t('draft.pasteCut', { count: cut }) : props.note);
  const isWarned = props.warned === true || cut > 0;
  const common = {
    id,
    value: props.value,
    maxLength: props.maxLength,
    onBlur: props.onBlur,
    onPaste: paste,
    spellCheck: false,
    autoComplete: 'off',
    placeholder: props.placeholder,
    className: props.mono === true ? 'input mono' : 'input',
    'aria-invalid': props.error !== undefined,
    'aria-describedby':
      [...(props.chip === undefined ? [] : [`${id}-source`]), ...(note === undefined ? [] : [noteId])].join(
        ' ',
      ) || undefined,
  };
  return (
    <div className="field">
      <div className={props.hideLabel === true ? 'label unseen' : 'label'}>
        <label htmlFor={id}>{props.label}</label>
      </div>
      {props.lines === undefined ? (
        <input {...common} type={props.type ?? 'text'} onChange={change} />
      ) : (
        <textarea {...common} rows={props.lines} onChange={change} />
      )}
      {props.chip === undefined ? null : (
        <span id={`${id}-source`} className="source">
          <FileInput size={12} aria-hidden />
          {props.chip}
        </span>
      )}
      {note === undefined ? null : (
        <span
          id={noteId}
          className={props.error !== undefined ? 'note wrong' : isWarned ? 'note warned' : 'note'}
          role={cut > 0 ? 'status' : undefined}
        >
          {props.error === undefined && !isWarned ? null : <CircleAlert size={14} aria-hidden />}
          {note}
        </span>
      )}
    </div>
  );
}
