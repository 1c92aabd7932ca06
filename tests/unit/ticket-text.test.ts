import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DraftContent, emptyDraftContent } from '../../shared/domain/draft.ts';
import { sha256Schema } from '../../shared/domain/ids.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { ticketPlaceSchema } from '../../shared/domain/ticket-line.ts';
import { ticketLines, ticketText } from '../../shared/rules/ticket-text.ts';
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

  test('every line knows where it is written, and together they are the text to the letter', () => {
    const ids = ['0b6f0c1e-6f4e-4c39-9a53-2f0a3f6a3c12', '1b6f0c1e-6f4e-4c39-9a53-2f0a3f6a3c12'] as const;
    const facts = {
      content: {
        ...emptyDraftContent('it'),
        requestType: 'read-failure' as const,
        fields: {
          problem: typed('Si ferma al 38 %\ne poi riparte'),
          stage: typed('lettura'),
          mode: typed('bench'),
          vehicleVin: typed('ZFA22300005556777'),
          firmwareVersion: typed('1.2'),
          noLogReason: typed('non scritto'),
          lossPlace: typed('Torino'),
        },
        steps: [{ id: ids[0], kind: 'tried' as const, text: 'Altro cavo', failedHere: false }],
        guides: [{ id: ids[1], title: 'Manuale', finding: 'niente' }],
      },
      profile,
      product,
      tool,
      evidence: [{ name: 'a.log', sizeBytes: 3, sha256: sha256Schema.parse('a'.repeat(64)) }],
      own: { plate: 'AB 123 CD', customer: '' },
      clientReference: 'ref-1',
      t: createTranslator('it'),
    };
    const lines = ticketLines(facts);
    expect(lines.map((line) => line.text).join('\n')).toBe(ticketText(facts).body);
    const placeOf = (start: string) => lines.find((line) => line.text.startsWith(start))?.at;
    const at = (section: string, control: string) => ({ kind: 'control', section, control });
    for (const [start, place] of [
      ['Codice cliente', { kind: 'profile' }],
      ['Numero di serie', at('tool', 'tool')],
      ['Tipo di richiesta', at('tool', 'requestType')],
      ['Versione del firmware', at('tool', 'firmwareVersion')],
      ['Si ferma al 38 %', at('problem', 'problem')],
      ['Fase', at('problem', 'stage')],
      ['VIN', at('vehicle', 'vehicleVin')],
      ['Modalità', at('vehicle', 'mode')],
      ['1. Altro cavo', { kind: 'item', section: 'steps', id: ids[0] }],
      ['- Manuale', { kind: 'item', section: 'guides', id: ids[1] }],
      ['- a.log', at('evidence', 'addFile')],
      ['Perché manca', at('evidence', 'noLogReason')],
      ['CENTRALINA', undefined],
      ['PROBLEMA', null],
      ['Targa', null],
      ['Rif. client', null],
    ] as const)
      expect([start, placeOf(start)]).toEqual([start, place]);
    for (const { at: place } of lines)
      if (place !== null) expect(ticketPlaceSchema.parse(place)).toEqual(place);
  });

  test('lines are the text to the letter when a field holds any characters', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (value) => {
        const facts = {
          content: { ...emptyDraftContent('it'), fields: { problem: typed(value), errorText: typed(value) } },
          profile,
          product,
          tool,
          evidence: [],
          clientReference: 'ref-1',
          t: createTranslator('it'),
        };
        expect(
          ticketLines(facts)
            .map((line) => line.text)
            .join('\n'),
        ).toBe(ticketText(facts).body);
      }),
    );
  });

  test('subject stays within its limit and whole characters when the problem is long', () => {
    const { subject } = text({ fields: { problem: typed('🔧'.repeat(400)) } });
    expect([...subject].length).toBeLessThanOrEqual(120);
    expect(Buffer.from(subject).toString()).toBe(subject);
  });
});
