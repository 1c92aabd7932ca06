import { type BrowserWindow, dialog } from 'electron';
import type { BoxWords } from '../../shared/i18n/closing-words.ts';

/** Asks in a box of the system's own, which needs no page; true when the person goes on. */
export async function askBox(
  { message, detail, goOn, stay }: BoxWords,
  window: BrowserWindow | null,
): Promise<boolean> {
  const options = {
    type: 'question' as const,
    title: 'Officina Support',
    message,
    detail,
    buttons: [stay, goOn],
    defaultId: 0,
    cancelId: 0,
  };
  const answer = await (window === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  return answer.response === 1;
}
