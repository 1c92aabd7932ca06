import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DraftContent, emptyDraftContent } from '../../shared/domain/draft.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { ticketText } from '../../shared/rules/ticket-text.ts';
import { product, tool } from '../fixtures/bench-tool.ts';

const profile = {
  customerCode: 'ALI-20417',
  company: 'Officina Rossi',
  email: 'mario@rossi.example',
  ticketLanguage: 'it' as const,
};

function text(changes: Partial<DraftContent>, language: 'it' | 'en' = 'it') {
  return ticketText({
    content: { ...emptyDraftContent(language), requestType: 'read-failure', ...changes },
    profile,
    product,
    tool,
    evidence: [],
    clientReference: 'ref-1',
    t: createTranslator(language),
  });
}

const typed = (value: string) => ({ text: value, source: { kind: 'typed' as const } });

describe('ticketText', () => {
  test('prints the facts in one fixed order when they are there', () => {
    const { subject, body } = text({
      fields: { problem: typed('Si ferma al 38 %'), ecuHw: typed('03L906018'), mode: typed('bench') },
      steps: [
        {
          id: '0b6f0c1e-6f4e-4c39-9a53-2f0a3f6a3c12',
          kind: 'done',
          text: 'Collegati i pin',
          failedHere: true,
        },
      ],
    });
    expect(subject).toBe('K-TAG Master - Si ferma al 38 %');
    expect(body).toBe(
      [
        'CLIENTE',
        'Codice cliente: ALI-20417',
        'Azienda: Officina Rossi',
        'Prodotto: K-TAG Master',
        'Numero di serie: 310077',
        'Tipo di richiesta: Lettura non riuscita',
        '',
        'PROBLEMA',
        'Si ferma al 38 %',
        '',
        'CENTRALINA',
        'Numero HW: 03L906018',
        '',
        'LAVORO',
        'Modalità di collegamento: Al banco',
        '',
        'PASSAGGI PRIMA DEL GUASTO',
        '1. Collegati i pin <- Qui si è fermato',
        '',
        'Rif. client: ref-1',
      ].join('\n'),
    );
  });

  test('R-LANG-1: speaks the language of the ticket when it differs from the interface', () => {
    expect(text({}, 'en').body).toContain('Customer code: ALI-20417');
  });

  test('R-PRIVACY-1: never shows the e-mail address when the text is built', () => {
    expect(text({}).body).not.toContain(profile.email);
  });

  test('keeps every word of the problem when it has any characters', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }).filter((value) => value.trim() !== ''),
        (value) => {
          expect(text({ fields: { problem: typed(value) } }).body).toContain(value.trim());
        },
      ),
    );
  });

  test('subject stays within its limit and whole characters when the problem is long', () => {
    const { subject } = text({ fields: { problem: typed('🔧'.repeat(400)) } });
    expect([...subject].length).toBeLessThanOrEqual(120);
    expect(Buffer.from(subject).toString()).toBe(subject);
  });
});
