import type { TextKey, Translate } from '../i18n/translator.ts';

/** Grows by one whenever a word below changes; a test holds both languages to their hashes. */
export const consentTextVersion = 'remote-1';

/** What they may do, in our words (R-REMOTE-3, R-REMOTE-8). */
export const consentMay = [
  'remoteMay.see',
  'remoteMay.control',
  'remoteMay.take',
  'remoteMay.record',
  'remoteMay.counterfeit',
] as const satisfies readonly TextKey[];
/** What the person keeps (R-REMOTE-6, R-BACKUP-1, R-REMOTE-7). */
export const consentKeep = [
  'remoteKeep.end',
  'remoteKeep.backup',
  'remoteKeep.receipt',
  'remoteKeep.stays',
] as const satisfies readonly TextKey[];
/** The two sentences that are ticked, one by one, by the person. */
export const consentTicks = ['remoteTick.allow', 'remoteTick.backup'] as const satisfies readonly TextKey[];

/** The whole text as it was shown, one sentence a line: what its hash in the consent record is made of. */
export function consentText(t: Translate): string {
  return [...consentMay, ...consentKeep, ...consentTicks].map((key) => t(key)).join('\n');
}
