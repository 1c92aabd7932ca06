import { type ReactNode, useEffect, useState } from 'react';
import { type Zoom, zoomSteps } from '../../shared/domain/zoom.ts';
import { saveSettings } from '../features/save-settings.ts';
import { printShown } from '../features/print-shown.ts';
import { startRequest } from '../features/start-request.ts';
import { useApp } from '../stores/app-store.ts';
import { useTranslation, type Words } from '../words/translation.ts';
import { Sheet } from '../components/sheet.tsx';

const rows = [
  ['find', 'Ctrl+K'],
  ['newRequest', 'Ctrl+N'],
  ['nextMissing', 'F8'],
  ['send', 'Ctrl+Enter'],
  ['print', 'Ctrl+P'],
  ['undo', 'Ctrl+Z, Ctrl+Shift+Z'],
  ['zoom', 'Ctrl +, Ctrl −, Ctrl 0'],
  ['list', '↑ ↓, Enter, Delete'],
  ['menu', 'Shift+F10'],
  ['page', 'F1'],
  ['help', '?'],
] as const;

/** The next step of the zoom, larger or smaller; at the end of them the last. */
function nextZoom(now: Zoom, by: 1 | -1): Zoom {
  const at = zoomSteps.indexOf(now) + by;
  return zoomSteps[Math.max(0, Math.min(zoomSteps.length - 1, at))] ?? 100;
}

/** What was asked for last and is not stored yet: a second press goes on from there. */
let asked: Zoom | null = null;

function zoomBy(by: 1 | -1 | 0): void {
  const now = asked ?? useApp.getState().info?.settings.zoom ?? 100;
  const zoom = by === 0 ? 100 : nextZoom(now, by);
  if (zoom === now) return;
  asked = zoom;
  void saveSettings({ zoom }).finally(() => {
    if (asked === zoom) asked = null;
  });
}

/** Presses the one button of the screen that sends or leads there, if it can be pressed now. */
function pressSend(): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('main [data-sends]')];
  buttons.find((button) => !button.disabled && button.offsetParent !== null)?.click();
}

function writesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement
  );
}

/** What a key does; null for every other. */
function actOf(event: KeyboardEvent, words: Words, help: () => void): (() => void) | null {
  if (event.key === '?' && !writesText(event.target)) return help;
  if (!event.ctrlKey || event.altKey) return null;
  switch (event.key.toLowerCase()) {
    case 'n':
      return () => startRequest();
    case 'p':
      return () => printShown(words);
    case 'enter':
      return pressSend;
    case '+':
    case '=':
      return () => zoomBy(1);
    case '-':
      return () => zoomBy(-1);
    case '0':
      return () => zoomBy(0);
    default:
      return null;
  }
}

/** Keys that hold on every screen, and the page that names them. What lies over the screen keeps its own keys. */
export function Shortcuts(): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const act = event.defaultPrevented ? null : actOf(event, words, () => setOpen(true));
      if (act === null) return;
      event.preventDefault();
      const isCovered =
        document.querySelector('[role="dialog"][data-open], [role="alertdialog"][data-open]') !== null;
      if (!isCovered || ['+', '=', '-', '0'].includes(event.key)) act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [words]);
  return (
    <Sheet open={open} onOpenChange={setOpen} title={t('shortcuts.title')} close={t('action.close')}>
      <dl className="shortcuts">
        {rows.map(([name, keys]) => (
          <div key={name} className="row between">
            <dt>{t(`shortcuts.${name}`)}</dt>
            <dd>
              {keys.split(', ').map((key) => (
                <kbd key={key} className="key">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
