import { AlertDialog } from '@base-ui/react/alert-dialog';
import { type ReactNode, useRef } from 'react';

export type ConfirmProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly text: ReactNode;
  /** The answer that changes nothing; the focus rests on it. */
  readonly keep: string;
  readonly go: string;
  readonly onGo: () => void;
  /** `danger` when going on takes something away. */
  readonly tone?: 'danger' | 'plain';
};

/** Asks once, names both answers as verbs, and rests on the one that changes nothing. */
export function Confirm(props: ConfirmProps): ReactNode {
  const safe = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="scrim above" />
        <AlertDialog.Popup className="dialog" initialFocus={safe}>
          <AlertDialog.Title>{props.title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="dim">
            {props.text}
          </AlertDialog.Description>
          <div className="dialog-foot">
            <AlertDialog.Close className="button" ref={safe}>
              {props.keep}
            </AlertDialog.Close>
            <AlertDialog.Close
              className={props.tone === 'plain' ? 'button primary' : 'button danger'}
              onClick={props.onGo}
            >
              {props.go}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
