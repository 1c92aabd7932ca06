import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { consentText, consentTextVersion } from '../../shared/rules/consent-text.ts';

const hashOf = (language: 'it' | 'en'): string =>
  createHash('sha256')
    .update(consentText(createTranslator(language)))
    .digest('hex')
    .slice(0, 16);

test('R-REMOTE-3: the consent text has another version when any of its words changes', () => {
  expect({ version: consentTextVersion, it: hashOf('it'), en: hashOf('en') }).toMatchInlineSnapshot(`
    {
      "en": "0e67172b52c435e3",
      "it": "d4417a418b06e38b",
      "version": "remote-1",
    }
  `);
});

test('R-REMOTE-7, R-REMOTE-8: the consent text says what may stay, and what happens with counterfeit copies', () => {
  expect(consentText(createTranslator('en'))).toMatch(/counterfeit[\s\S]*may stay on the PC/u);
  expect(consentText(createTranslator('it'))).toMatch(/contraffatte[\s\S]*possono restare sul PC/u);
});
