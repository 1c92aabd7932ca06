import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { languageSchema } from '../../../shared/domain/ids.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { fingerprint } from './signing-key.ts';
import { verifyProof } from './verify-receipt.ts';

// `npm run verify -- FILE [--key PUBLIC_KEY] [--language it|en]`: proves an exported audit, or the receipt of a session or of a backup,
// offline. One sentence a line. Exit code 0 only when nothing is wrong, 1 when something is, 2 when there was nothing to judge.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    key: { type: 'string' },
    language: { type: 'string', default: process.env['LANG']?.startsWith('it') === true ? 'it' : 'en' },
  },
});
const t = createTranslator(languageSchema.catch('en').parse(values.language));
const [file] = positionals;

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

const text = file === undefined || positionals.length > 1 ? null : textOf(file);
if (text === null) {
  process.stderr.write(
    `${file === undefined || positionals.length > 1 ? t('verify.usage') : t('verify.unreadable', { file })}\n`,
  );
  process.exitCode = 2;
} else {
  const report = verifyProof(text, values.key ?? null);
  const key = report.publicKey === null ? '-' : fingerprint(report.publicKey);
  for (const { fault, at } of report.faults) process.stdout.write(`${t(`verify.fault_${fault}`, { at })}\n`);
  const word = report.ok ? 'intact' : 'broken';
  process.stdout.write(
    `${report.kind === 'audit' ? t(`verify.${word}_audit`, { entries: report.entries, records: report.records, at: report.sealedAt ?? '-', key }) : t(`verify.${word}_${report.kind}`, { key })}\n`,
  );
  if (report.ok && values.key === undefined) process.stdout.write(`${t('verify.compareKey')}\n`);
  process.exitCode = report.ok ? 0 : 1;
}
