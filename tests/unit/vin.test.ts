import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { vinCheckCharacter, vinNote } from '../../shared/rules/vin.ts';

describe('vinNote', () => {
  test.each([
    ['', 'empty'],
    ['1M8GDM9AXKP042788', 'ok'],
    ['11111111111111111', 'ok'],
    ['1m8gdm9axkp042788', 'ok'],
    ['1M8GD-M9AXK P042788', 'ok'],
    ['VF1BM0C0H36123456', 'checkDigit'],
    ['1M8GDM9AXKP04278', 'length'],
    ['1M8GDM9AXKP0427881', 'length'],
    ['1M8GDM9AXKP04278O', 'characters'],
    ['IM8GDM9AXKP042788', 'characters'],
    ['QM8GDM9AXKP042788', 'characters'],
    ['WVW_ZZ1JZ3W386752', 'characters'],
  ])('notes on %j: %s', (text, note) => {
    expect(vinNote(text)).toBe(note);
  });

  test('accepts a VIN when its ninth character is the computed one, whatever the rest', () => {
    const character = fc.constantFrom(...'ABCDEFGHJKLMNPRSTUVWXYZ0123456789');
    fc.assert(
      fc.property(fc.array(character, { minLength: 17, maxLength: 17 }), (characters) => {
        const vin = characters.join('');
        const right = vin.slice(0, 8) + vinCheckCharacter(vin) + vin.slice(9);
        expect(vinNote(right)).toBe('ok');
      }),
    );
  });
});
