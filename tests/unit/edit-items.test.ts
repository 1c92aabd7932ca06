import { expect, test } from 'vitest';
import { editItems, type Pressed } from '../../electron/window/edit-items.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';

const flags: Pressed['editFlags'] = {
  canUndo: false,
  canRedo: false,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canDelete: true,
  canSelectAll: true,
  canEditRichly: false,
};
const labels = (pressed: Pressed, language: 'it' | 'en') =>
  editItems(pressed, createTranslator(language)).flatMap((item) =>
    item.type === 'separator' ? [] : [item.label],
  );

test('right click in a field offers all of editing, in the language of the program, and greys what cannot be done', () => {
  const pressed = { isEditable: true, selectionText: 'back checksum', editFlags: flags };
  expect(labels(pressed, 'it')).toEqual([
    'Annulla',
    'Ripeti',
    'Taglia',
    'Copia',
    'Incolla',
    'Seleziona tutto',
  ]);
  expect(labels(pressed, 'en')).toEqual(['Undo', 'Redo', 'Cut', 'Copy', 'Paste', 'Select all']);
  const able = editItems(pressed, createTranslator('it')).flatMap((item) =>
    item.enabled === true ? [item.role] : [],
  );
  expect(able).toEqual(['cut', 'copy', 'paste', 'selectAll']);
});

test('right click on text that is chosen copies, and elsewhere offers nothing', () => {
  expect(labels({ isEditable: false, selectionText: 'P-000001', editFlags: flags }, 'it')).toEqual(['Copia']);
  expect(labels({ isEditable: false, selectionText: ' ', editFlags: flags }, 'it')).toEqual([]);
});
