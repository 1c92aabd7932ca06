import type { CheckId } from './rule-definitions.ts';

/** An operator asks: a question, or one of the ways to ask for something without a question mark. */
const asks =
  /\?|\b(?:invi|invia(?:re|rci|rmi)?|mand[ai]|allega(?:re)?|alleghi|indichi|specifichi|comunichi|fornisca|serve|servono|manca|please|send|attach|provide|could you|can you|we need|missing)\b/iu;

const subjectsAskedFor: readonly (readonly [CheckId, RegExp])[] = [
  ['serial', /\b(?:numero (?:di )?serie|seriale|matricola|serial (?:number)?)\b/iu],
  [
    'vehicleOrEcu',
    /\b(?:quale (?:centralina|vettura|veicolo|auto)|(?:modello|tipo) (?:della|di) (?:centralina|vettura|veicolo)|numero hardware|hw number|hardware number|which (?:ecu|car|vehicle)|telaio|vin)\b/iu,
  ],
  [
    'errorEvidence',
    /\b(?:schermata|screenshot|foto dell'errore|messaggio (?:esatto|di errore)|error message|exact message|screen ?shot)\b/iu,
  ],
  ['log', /\b(?:file (?:di )?log|log (?:file|dello strumento|of the tool)|i log|il log|the log)\b/iu],
  [
    'photos',
    /\b(?:foto (?:della centralina|dei collegamenti|delle connessioni|del collegamento)|(?:photo|picture)s? of (?:the )?(?:ecu|wiring|connections?))\b/iu,
  ],
  [
    'stepsDone',
    /\b(?:operazioni (?:eseguite|svolte)|cosa (?:ha|avete) fatto|passaggi|which steps|what (?:did you|have you) do(?:ne)?|steps (?:you|taken))\b/iu,
  ],
  ['stepsTried', /\b(?:ha (?:già )?provato|avete provato|have you tried|did you try)\b/iu],
  [
    'problemNoMoment',
    /\b(?:in che (?:momento|fase)|a che punto|quando (?:compare|succede)|at (?:what|which) (?:point|stage)|when does it)\b/iu,
  ],
  [
    'guides',
    /\b(?:quale guida|ha (?:letto|seguito) (?:la guida|il manuale)|which guide|followed the guide|read the manual)\b/iu,
  ],
];

/** What a message of an operator asks back for (R-INFO-1 to R-INFO-8); empty for one that asks for nothing of it. Guesses by words only. */
export function askedBackFor(text: string): readonly CheckId[] {
  const sentences = text
    .slice(0, 5_000)
    .split(/(?<=[.!?\n])\s+/u)
    .filter((sentence) => asks.test(sentence));
  return subjectsAskedFor
    .filter(([, pattern]) => sentences.some((sentence) => pattern.test(sentence)))
    .map(([check]) => check);
}
