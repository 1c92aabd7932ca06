/** The act during which a failure happened. */
export type FailureStage = 'read' | 'write' | 'identification';

const stageWords: readonly (readonly [FailureStage, RegExp])[] = [
  ['identification', /\b(identif\w*|recogni\w*|riconosci\w*|\bid ecu\b)/iu],
  ['write', /\b(writ(e|ing)|programming|flashing|scrittura|scriv\w*|programmazione)\b/iu],
  ['read', /\b(read(ing)?|lettura|leggo|backup)\b/iu],
];

/** The act a line names, or null. */
export function actOf(line: string): FailureStage | null {
  return stageWords.find(([, pattern]) => pattern.test(line))?.[0] ?? null;
}

const percent = /(?<![\d.,])(\d{1,3}(?:[.,]\d)?)\s?%/u;

/** How far a line says that something has come, as written ("38 %"), or null. */
export function percentOf(line: string): string | null {
  return percent.exec(line)?.[0] ?? null;
}
