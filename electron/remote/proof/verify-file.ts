import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyChain } from './chain-export.ts';
import { fingerprint } from './signing-key.ts';

// `npm run verify -- FILE [--key PUBLIC_KEY]`: proves an exported chain offline. Exit code 0 only when nothing is wrong.
const { values, positionals } = parseArgs({ allowPositionals: true, options: { key: { type: 'string' } } });
const [file] = positionals;
if (file === undefined || positionals.length > 1) {
  process.stderr.write('usage: npm run verify -- FILE [--key PUBLIC_KEY as a receipt shows it]\n');
  process.exitCode = 2;
} else {
  const report = verifyChain(readFileSync(file, 'utf8'), values.key ?? null);
  for (const { fault, at } of report.faults) process.stdout.write(`WRONG   ${fault} at ${at}\n`);
  const key = report.publicKey === null ? '-' : fingerprint(report.publicKey);
  process.stdout.write(`${report.ok ? 'INTACT' : 'BROKEN'}  ${report.entries} entries, ${report.records} signed records, sealed ${report.sealedAt ?? '-'}, key ${key}${values.key === undefined ? ' (compare it with a receipt)' : ''}\n`);
  process.exitCode = report.ok ? 0 : 1;
}
