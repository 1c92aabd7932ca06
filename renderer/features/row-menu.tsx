import { ContextMenu } from '@base-ui/react/context-menu';
import { Menu } from '@base-ui/react/menu';
import { Ellipsis, type LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

/** What can be done with a line of a list. */
export type RowAct = {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
  readonly isDanger?: boolean;
};

const classOf = ({ isDanger = false }: RowAct): string => (isDanger ? 'menu-item danger' : 'menu-item');

// A menu lies beside the page and not in it: it is a part of the window of its own, by its name.

/** A line whose acts come up on right click and by the menu key. */
export function RowMenu({
  label,
  acts,
  children,
}: {
  readonly label: string;
  readonly acts: readonly RowAct[];
  readonly children: ReactElement;
}): ReactNode {
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={children} />
      <ContextMenu.Portal>
        <section aria-label={label}>
          <ContextMenu.Positioner className="over">
            <ContextMenu.Popup className="popup" aria-label={label}>
              {acts.map((act) => (
                <ContextMenu.Item key={act.label} className={classOf(act)} onClick={act.run}>
                  <act.icon size={16} aria-hidden />
                  {act.label}
                </ContextMenu.Item>
              ))}
            </ContextMenu.Popup>
          </ContextMenu.Positioner>
        </section>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** The same acts behind three dots, for whoever looks for them. */
export function RowDots({
  label,
  acts,
}: {
  readonly label: string;
  readonly acts: readonly RowAct[];
}): ReactNode {
  return (
    <Menu.Root>
      <Menu.Trigger className="button icon quiet raised" aria-label={label} title={label}>
        <Ellipsis size={16} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <section aria-label={label}>
          <Menu.Positioner sideOffset={4} align="end" className="over">
            <Menu.Popup className="popup">
              {acts.map((act) => (
                <Menu.Item key={act.label} className={classOf(act)} onClick={act.run}>
                  <act.icon size={16} aria-hidden />
                  {act.label}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </section>
      </Menu.Portal>
    </Menu.Root>
  );
}
