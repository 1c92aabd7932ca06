/** The act during which a failure happened. */
export type FailureStage = 'read' | 'write' | 'identification';

const stageWords: readonly (readonly [FailureStage, RegExp])[] = [
  [
    'identification',
    /\b(?:identif\w*|recogni\w*|riconosc\w*|id ecu|(?:read(?:ing)?|lettura|leggo|lesen) (?:of |the |del |dell'|di |dati )?(?:vin|ecu id|id ecu|telaio|fahrgestellnummer|identif\w*))\b/iu,
  ],
  [
    'write',
    /\b(?:writ(?:e|ing)|programming|flashing|scrittura|scriv\w*|programmazione|programmo|schreiben|flashen)\b/iu,
  ],
  ['read', /\b(?:read(?:ing)?|lettura|legg(?:o|ere|endo)|backup|lesen|auslesen)\b/iu],
];

/** What bears the name of an act and is none: how long is waited for it, where it is kept, what forbids it. */
const noAct =
  /\b(?:read|reading|write|writing|backup|flash|lettura|scrittura) (?:time[ -]?outs?|protect\w*|speed|mode|folder|path|delay|retries|file ?name|directory|only|log)\b|\b(?:time[ -]?out|protezione|velocit[àa]|cartella|percorso|ritardo|modalit[àa]) (?:di |da |in |del |della )?(?:lettura|scrittura|backup)\b|\b[a-z]:\\[^":<>|*?]{0,260}/giu;

/** The act a line names first, or null. */
export function actOf(line: string): FailureStage | null {
  const said = line.slice(0, 400).replace(noAct, ' ');
  let first: { readonly stage: FailureStage; readonly at: number } | null = null;
  for (const [stage, pattern] of stageWords) {
    const at = pattern.exec(said)?.index;
    if (at !== undefined && (first === null || at < first.at)) first = { stage, at };
  }
  return first?.stage ?? null;
}

const percent = /(?<![\d.,])(\d{1,3}(?:[.,]\d)?)\s?%/gu;
/** What else is counted in hundredths: how full something is, how much of it is used. */
const ofElse =
  'batt|batter\\w*|akku|soc|charge|carica|cpu|disk|disc|disco|memory|memoria|ram|fan|ventola|volume|load|carico|free|liber[oaie]|space|spazio|humidity|umidit[àa]|signal|segnale|tolerance|tolleranza|throttle|farfalla|brightness|luminosit[àa]';
const ofElseBefore = new RegExp(`(?:^|[^\\p{L}])(?:${ofElse})(?![\\p{L}])[^%\\d]{0,16}$`, 'iu');
const ofElseBehind = new RegExp(
  `^\\s{0,2}(?:of |di |della |del |the |dello )?(?:the )?(?:${ofElse})(?![\\p{L}])`,
  'iu',
);

/** How far a line says that something has come, as written ("38 %"), or null: how full a battery is, is none of it. */
export function percentOf(line: string): string | null {
  for (const found of line.slice(0, 2_000).matchAll(percent)) {
    const [written, number = ''] = found;
    const isOfElse =
      ofElseBefore.test(line.slice(Math.max(0, found.index - 40), found.index)) ||
      ofElseBehind.test(line.slice(found.index + written.length, found.index + written.length + 40));
    if (!isOfElse && Number.parseFloat(number.replace(',', '.')) <= 100) return written;
  }
  return null;
}
