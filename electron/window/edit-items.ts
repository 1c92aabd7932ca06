import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import type { Translate } from '../../shared/i18n/translator.ts';

export type Pressed = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>;

const ofField = ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const;
const needs = {
  undo: 'canUndo',
  redo: 'canRedo',
  cut: 'canCut',
  copy: 'canCopy',
  paste: 'canPaste',
  selectAll: 'canSelectAll',
} as const satisfies Record<(typeof ofField)[number], keyof Pressed['editFlags']>;

/** What a right click offers: all of editing in a field, copying where text is chosen, nothing elsewhere. */
export function editItems(
  { isEditable, selectionText, editFlags }: Pressed,
  t: Translate,
): readonly MenuItemConstructorOptions[] {
  if (!isEditable) return selectionText.trim() === '' ? [] : [{ role: 'copy', label: t('editMenu.copy') }];
  return ofField.flatMap((role) => [
    ...(role === 'cut' || role === 'selectAll' ? [{ type: 'separator' } as const] : []),
    { role, label: t(`editMenu.${role}`), enabled: editFlags[needs[role]] },
  ]);
}
