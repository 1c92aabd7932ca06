import { z } from 'zod';
import type { ToolRefusal } from '../../../shared/domain/remote-tool.ts';
import { printedJson, type RunPowerShell } from './powershell.ts';

/** Companies whose signature is TeamViewer's (FACT-TV-11): today's name, and that of older builds. */
const signers: ReadonlySet<string> = new Set(['TeamViewer Germany GmbH', 'TeamViewer GmbH']);
/** Listed as abused: its signature proves nothing, whatever the chain says. */
const abusedSerials = /^00?c88af8/iu;

/** The file is named by a variable only; asked for online revocation, the chain's own word is printed beside the signature's. */
const script = `
$s=Get-AuthenticodeSignature -LiteralPath $env:OFFICINA_FILE
$c=$s.SignerCertificate;$built=$false;$states=@()
if($c){$x=New-Object System.Security.Cryptography.X509Certificates.X509Chain;$x.ChainPolicy.RevocationMode='Online';$x.ChainPolicy.RevocationFlag='ExcludeRoot';$built=$x.Build($c);$states=@($x.ChainStatus|ForEach-Object{$_.Status.ToString()})}
[pscustomobject]@{shape='officina-1';path=$s.Path;status=$s.Status.ToString();subject=[string]$c.Subject;serial=[string]$c.SerialNumber;chainBuilt=$built;chainStates=$states;version=[string](Get-Item -LiteralPath $env:OFFICINA_FILE).VersionInfo.FileVersion}|ConvertTo-Json -Compress -Depth 3`;

const answerSchema = z
  .object({
    shape: z.literal('officina-1'),
    path: z.string(),
    status: z.string().max(60),
    subject: z.string().max(2_000),
    serial: z.string().max(200),
    chainBuilt: z.boolean(),
    chainStates: z.union([
      z.array(z.string().max(60)).max(50),
      z
        .string()
        .max(60)
        .transform((state) => [state]),
      z.null().transform((): string[] => []),
    ]),
    version: z.string().max(100),
  })
  .strict();

export type Signature =
  | { readonly kind: 'valid'; readonly signer: string; readonly version: string }
  | { readonly kind: 'refused'; readonly reason: ToolRefusal; readonly version: string | null };

/** Values of one attribute in a distinguished name; quoted ones may hold commas, and a doubled quote is one. */
export function attributeValues(subject: string, attribute: string): readonly string[] {
  const parts = [...subject.matchAll(/(?:^|,\s*)([A-Za-z.0-9]+)=(?:"((?:[^"]|"")*)"|([^,"]*))(?=,|$)/gu)];
  return parts
    .filter((part) => part[1]?.toLowerCase() === attribute.toLowerCase())
    .map((part) => (part[2] ?? part[3] ?? '').replaceAll('""', '"').trim());
}

/**
 * What PowerShell said about a signature, judged. Every doubt is a refusal: an empty, odd or foreign answer, any status but Valid,
 * any chain that was not built. A certificate past its date is the signature's own matter (it carries a time stamp).
 */
export function judgeSignature(output: string | null, path: string): Signature {
  const parsed = answerSchema.safeParse(printedJson(output));
  if (!parsed.success || parsed.data.path.toLowerCase() !== path.toLowerCase())
    return { kind: 'refused', reason: 'no-answer', version: null };
  const { status, subject, serial, chainBuilt, chainStates, version } = parsed.data;
  const refused = (reason: ToolRefusal): Signature => ({
    kind: 'refused',
    reason,
    version: version === '' ? null : version,
  });
  if (status === 'NotSigned') return refused('unsigned');
  if (status !== 'Valid') return refused('signature-invalid');
  const states = chainStates.filter((state) => state !== 'NoError');
  const onlyOutOfDate = states.length > 0 && states.every((state) => state === 'NotTimeValid');
  if (abusedSerials.test(serial) || !(chainBuilt ? states.length === 0 : onlyOutOfDate))
    return refused('chain-invalid');
  const [name, ...others] = attributeValues(subject, 'CN');
  if (name === undefined || others.length > 0 || !signers.has(name)) return refused('other-signer');
  return { kind: 'valid', signer: name, version };
}

/** Asks Windows about the signature of one file. @param path absolute, already past `windowsPathRefusal` */
export async function authenticode(path: string, run: RunPowerShell): Promise<Signature> {
  return judgeSignature(await run(script, { OFFICINA_FILE: path }), path);
}
