import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';

export type SheetProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly close: string;
  readonly children: ReactNode;
  readonly shape?:
    | 'side'
    | 'centre' /** False when the focus has somewhere better to be than where the panel was opened. */;
  readonly finalFocus?: () => boolean;
  /** True where there is one thing to write: the keyboard begins there and not at the button that closes. */
  readonly beginsInField?: boolean;
};

/** A panel over the screen: from the right edge, or in the middle for something to look at. */
export function Sheet({
  open,
  onOpenChange,
  title,
  close,
  children,
  shape = 'side',
  finalFocus = () => true,
  beginsInField = false,
}: SheetProps): ReactNode {
  const body = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup
          className={`sheet ${shape}`}
          finalFocus={finalFocus}
          initialFocus={() => (beginsInField ? (body.current?.querySelector('input') ?? true) : true)}
        >
          <div className="sheet-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close className="button icon" aria-label={close} title={close}>
              <X size={16} aria-hidden />
            </Dialog.Close>
          </div>
          <div ref={body} className="sheet-body">
            {children}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
