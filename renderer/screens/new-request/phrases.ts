import type { TextKey } from '../../../shared/i18n/translator.ts';

/** Ids the product catalogue may name, each with its text. */
export type Phrase = Extract<TextKey, `phrase.${string}`> extends `phrase.${infer Id}` ? Id : never;

const known: Record<Phrase, true> = {
  connectedObd: true,
  connectedPins: true,
  suppliedVoltage: true,
  identified: true,
  startedRead: true,
  startedWrite: true,
  openedProgram: true,
  followedGuide: true,
  restartedProgram: true,
  restartedPc: true,
  checkedConnection: true,
  otherSupply: true,
  otherCable: true,
};

/** True when the catalogue's id has a text; a newer catalogue may name others. */
export function isPhrase(id: string): id is Phrase {
  return Object.hasOwn(known, id);
}
