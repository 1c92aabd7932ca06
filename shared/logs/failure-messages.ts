import { lineStamp } from './line-stamp.ts';

/** How surely something tells of a failure; null where it tells of none. */
export type FailureTold = 'known' | 'general' | null;

const either = (...patterns: readonly string[]): RegExp =>
  new RegExp(patterns.map((pattern) => `(?:${pattern})`).join('|'), 'iu');

/** What waits for an answer, and what gives it. */
const partner =
  'tool|device|ecu|interface|cable|usb|strumento|dispositivo|centralina|interfaccia|cavo|ger[äa]t|steuerger[äa]t';
const link =
  'connection|communication|link|contact|connessione|comunicazione|collegamento|contatto|verbindung';

/** Messages that say what went wrong: those users quote (FACT-LOG-6), and what tools, control units and Windows say of themselves. */
const known = either(
  'wake[ -]?up (?:error|failed)',
  'checksum (?:error|(?:is )?not ok|failed|ko|errat[oa]|non (?:corrett[oa]|valid[oa]|ok))|errore (?:di |nel )?checksum|back[ -]?checksum|(?:checksum|crc) mismatch',
  'protocol not found|protocollo non trovato',
  'external exception\\s+[0-9a-z]{6,8}',
  'communication (?:error|aborted|abort|failed|lost)|(?:errore|interruzione) (?:di )?comunicazione|comunicazione (?:interrotta|fallita|persa)|kommunikationsfehler',
  '(?:read(?:ing)?|writ(?:e|ing)|identification|programming) (?:failed|aborted|error)|(?:lettura|scrittura|identificazione|programmazione) (?:fallita|interrotta|non riuscita)',
  '(?:ecu|centralina|tool|strumento|device)\\b.{0,12}\\b(?:not responding|(?:does not|doesn.t|no|not) (?:answer|response|respond|reply)|non (?:risponde|ha risposto)|antwortet nicht)',
  '\\b(?:no (?:answer|response|reply)|nessuna risposta|keine antwort)\\b',
  '(?:smesso di rispondere|stopped responding)',
  '\\btime[ -]?out\\b|tempo scaduto|zeit(?:ü|ue)berschreitung',
  '\\b(?:negative response|risposta negativa|negative antwort)\\b|\\bnrc\\b[:= ]{0,3}(?:0x)?[0-9a-f]{2}\\b|\\bnack\\b',
  '(?:access|accesso|zugriff)\\b.{0,24}\\b(?:denied|negato|rifiutato|refused|verweigert)|access violation|violazione di accesso|zugriffsverletzung',
  `\\b(?:${link})\\b.{0,24}\\b(?:lost|pers[oa]|cadut[oa]|interrupted|interrott[oa]|verloren|unterbrochen)\\b|\\blost (?:the )?(?:${link})|\\bpers[oa] (?:la |il )?(?:${link})`,
  `\\b(?:${partner})\\b.{0,16}\\b(?:not|non|nicht) (?:found|connected|recogni[sz]ed|detected|supported|trovat[oa]|colleg?at[oa]|conness[oa]|riconosciut[oa]|rilevat[oa]|supportat[oa]|gefunden|verbunden|erkannt|unterst(?:ü|ue)tzt)`,
  '\\btimed out\\b|\\b(?:operazione|attesa) scaduta\\b|tempo massimo superato|time exceeded|\\bno ack\\b|\\back not received\\b|\\bbus off\\b',
  '\\b(?:no (?:communication|comms)|nessuna comunicazione|keine verbindung)\\b|^\\W{0,4}7f [0-9a-f]{2} [0-9a-f]{2}\\W{0,4}$',
  '\\b(?:sync|sincronizzazione|signal|segnale)\\b.{0,12}\\b(?:lost|pers[oa])\\b|\\blost sync\\b|\\b(?:conditionsnotcorrect|invalidkey|requestoutofrange|generalprogrammingfailure)\\b',
  `\\b(?:${partner})\\b.{0,12}\\b(?:scollegat[oa]|removed|unplugged|disconnected) (?:durante|during|while|unexpectedly)\\b`,
  '\\berr(?:or|ore)?\\.?(?: code| codice| nr| no| n)?[.:=# ]{1,3}(?:0x[0-9a-f]{1,8}|\\d{1,6})\\b|\\bfehler(?: nr)?[.: ]{1,3}\\d{1,6}\\b|runtime error',
);

/** Words that only say that something went wrong. */
const general = either(
  '\\b(?:errors?|errore|errori|err|fail|fails|failed|failures?|exceptions?|eccezion[ei]|abort|aborted|aborting|aborts|fehler|fehlgeschlagen|abgebrochen)\\b',
  '\\b(?:fallit[oaie]|fallisc\\w{1,4}|falliment[oi]|interrott[oaie]|interruzion[ei]|abortit[oaie])\\b',
  "\\b(?:unable to|cannot|can't|could ?n[o']t|could not|impossibile|unm(?:ö|oe)glich|non (?:riesco|riesce|si riesce|posso)|non (?:è|e') (?:stato )?possibile)",
  '\\b(?:not|non|nicht) (?:found|recogni[sz]ed|supported|completed|possible|valid|accepted|authori[sz]ed|allowed|trovat[oaie]|riconosciut[oaie]|supportat[oaie]|completat[oaie]|riuscit[oaie]|valid[oaie]|accettat[oaie]|autorizzat[oaie]|consentit[oaie]|abgeschlossen)(?!\\p{L})',
  '\\b(?:denied|refused|rejected|rifiutat[oaie]|respint[oaie]|mismatch|unexpected|unexpectedly|inattes[oaie]|imprevist[oaie]|invalid|invalid[oaie]|illegal|corrupt|corrupted|corrott[oaie]|danneggiat[oaie]|crash|crashed|wrong|sbagliat[oaie])\\b',
  '\\b(?:password|chiave|key|file|risposta|crc|seed)\\b.{0,12}\\berrat[oaie]\\b',
  '\\b(?:voltage|tensione|battery|batteria|spannung)\\b.{0,20}\\b(?:too low|troppo bass[oa]|insufficient|insufficiente|zu niedrig)\\b',
  '\\b(?:reading|writing|lettura|scrittura|operation|operazione)\\b.{0,12}\\b(?:bloccat[oa]|stuck|hung|frozen)\\b',
  '\\b(?:disk|disco|memory|memoria)\\b.{0,12}\\b(?:full|pien[oa]|esaurit[oa])\\b|out of memory|spazio insufficiente|no space left',
  '\\b\\p{L}{2,40}(?:fehler|exception)\\b|segmentation fault|broken pipe|stack overflow|division by zero|connection reset|null reference',
  '\\b(?:voltage drop|calo di tensione|undervoltage|power lost|alimentazione assente|battery low|low battery|batteria scarica|smesso di funzionare|stopped working)\\b',
  '\\bbad (?:checksum|response|block|crc|data|frame)\\b|\\b(?:ecu|centralina|protocollo) errat[oa]\\b|\\blicen[zs]a scaduta\\b|\\blicen[cs]e expired\\b',
  '\\besito: negativo\\b|\\b(?:exit|return) code[:= ]{1,3}-?[1-9]\\d{0,9}\\b',
);
/** Not in small letters: "ko" is a syllable. */
const knockOut = /(?<![\p{L}\d/])(?:KO|NOK)(?![\p{L}\d/])/u;
/** A line that closes an operation repeats that something went wrong, whatever number it adds. */
const closes =
  /\b(?:operation|operazione|process|procedure|procedura|session|sessione)\b.{0,24}\b(?:ended|closed|terminated|finished|completed|failed|aborted|terminat[oa]|conclus[oa]|chius[oa]|fallit[oa]|interrott[oa])\b/iu;

const counted =
  'errors?|error\\(s\\)|errori|errore|err|failures?|time[ -]?outs?|exceptions?|eccezioni|\\p{L}{0,20}fehler|nacks?|negative responses?|risposte negative|aborts?|mismatch(?:es)?|interruzion[ei]|connession[ei] pers[ae]';
const kindOfIt =
  '(?:(?:communication|checksum|crc|read|reading|write|writing|critical|fatal|hardware|software|unexpected|other|further|any|single|alcun[oa]?|nessun[oa]?|altr[oi]|di|comunicazione) ){0,3}';

/** What sounds like a failure and is none, taken out of a line before it is looked at: what is left may still tell of one. */
const nothing: readonly RegExp[] = [
  // Names of files, and the places of these.
  /\b[a-z]:\\[^":<>|*?]{0,260}/giu,
  /[\p{L}\d_()-]{1,80}\.(?:txt|log|csv|xml|ini|dll|exe|html?|bin|zip)\b/giu,
  // None of it: "no communication error", "senza alcun errore", "0 errors" and never "block 0 failed".
  new RegExp(
    `(?<!\\b(?:block|blocco|sector|settore|address|indirizzo|bank|port|channel|line|step|canale|porta|riga|at) )\\b(?:no|not any|0|zero|without|senza|nessun|nessun[oa]|keine?|ohne) ${kindOfIt}(?:${counted})\\b`,
    'giu',
  ),
  /\b(?:not|non|never|mai) (?:been )?(?:aborted|interrupted|interrott[oaie]|failed|fallit[oaie]|bloccat[oaie])\b/giu,
  /\b(?:do not|don't|non) (?:abort|interrupt|interrompere)\b|\b(?:not an error|non è un errore)\b|\bno (?:connection|communication) lost\b/giu,
  /(?<!\b(?:block|blocco|sector|settore|address|indirizzo|bank|port|channel|line|step|canale|porta|riga|at) )\b(?:0|zero) (?:failed|fallit[ie]|rejected)\b/giu,
  /\b(?:ko|nok|rejected|denied|invalid|unexpected|wrong|errat[ie]|non valid[ie]|fail)\b[^:=]{0,24}[:=]\s{0,8}(?:0|none|nessun[oa]?)\W{0,4}$/giu,
  /\bfail[ -]?safe\b|\babort button\b|\bwrong attempts left\b|\bexception (?:handler|handling)\b|\bmessagg[io] di errore\b|\breset errori\b/giu,
  /\berror[- ]?free\b|\bfehlerfrei\b|\bok ?\/ ?ko\b/giu,
  // A count, or a code that stands for none: "Errors: 0", "Error code: 0x00".
  new RegExp(
    `\\b(?:${counted})\\b[^:=]{0,24}[:=]\\s{0,8}(?:0+(?:x0+)?(?:[.,]0+)?|none|null|nessun[oa]?|keine?|n\\/?a|-{1,3}|ok)(?![\\p{L}\\d.,]{0,40}[\\p{L}\\d])`,
    'giu',
  ),
  /\btime[ -]?out\b[^:=]{0,24}[:=]\s{0,8}\d{1,9}(?:[.,]\d{1,3})?\s{0,3}(?:ms|s|sec)(?=\s{0,4}[,;/])/giu,
  new RegExp(
    `\\b(?:${counted}|exit|return|result|getlasterror)(?: code| codice| count| total)?[ =]{1,3}(?:0|0x0+)(?![\\p{L}\\d])`,
    'giu',
  ),
  /\b(?:failed|fallit[ie])\b[^:=]{0,24}[:=]\s{0,8}(?:0|none|nessun[oa]?)\W{0,4}$/giu,
  // What bears the name of failures: a list, a counter, what deals with them.
  /\berrors? (?:correction|handling|handler|detection|recovery|reporting|log|logging|report|file|list|counter|memory|codes? list|limit|threshold|tolerance|margin|message)s?\b/giu,
  /\b(?:correzione|gestione|rilevamento|log|lista|elenco|file|memoria|contatore|soglia|segnalazione) (?:degli |di |dei )?error[ie]\b/giu,
  // Faults of the vehicle, which the tool reads and erases.
  /\b(?:dtcs?|fault codes?|fault memory|trouble codes?)\b(?: errors?| errori)?|\berrori (?:memorizzati|centralina|in memoria|presenti)\b/giu,
  /\b(?:lettura|cancellazione|azzeramento|leggi|cancella|reading|read|clear|clearing|erase|erasing) (?:gli |degli |the |of )?(?:errori|errors)\b/giu,
];

const unit = '(?:ms|msec|s|sec|secs|seconds|secondi|millisecondi|min)';
/** A line, or a sentence of it, that tells of what is set, of what would be, or of what one may do. */
const harmless: readonly RegExp[] = [
  // How long is waited.
  new RegExp(
    `\\btime[ -]?out\\b[^:=]{0,24}[:=]\\s{0,8}(?:(?:\\d{1,9}(?:[.,]\\d{1,3})?\\s{0,3}${unit}?[\\s/,]{0,3}){1,4}|infinit\\w{0,3}|inf|never|mai)\\W{0,8}$`,
    'iu',
  ),
  new RegExp(
    `^\\W{0,8}(?:(?!(?:error|errore|err|failed|no)\\b)[\\p{L}\\d-]{1,16} ){0,2}time[ -]?out (?:(?!(?:after|dopo|at|of|while|during|durante|reading|block|blocco)\\b)[\\p{L}\\d_-]{1,16} ){0,2}\\d{1,9}\\s{0,3}${unit}\\W{0,4}$`,
    'iu',
  ),
  /\bwaiting for (?:a |the )?time[ -]?out\b|\btime[ -]?out\b.{0,12}\b(?:reset|disabled|enabled|disattivato|attivato|disabilitato|abilitato)\b/iu,
  /\b(?:set(?:ting)?|impostato|max(?:imum)?|default|using|uso) (?:a |the |un |il )?time[ -]?out\b|\btime[ -]?out\b.{0,16}\b(?:set to|impostato|changed to|modificato)\b/iu,
  /[:=]\s{0,8}(?:on|off|yes|no|true|false|enabled|disabled|s[iì]|attiv[oa]|disattivat[oa]|abilitat[oa]|disabilitat[oa])\W{0,8}$/iu,
  // What is done in case of one, and how many are borne.
  /\b(?:retry|retries|riprova|ritenta|repeat|ripeti|stop|abort|interrompi|halt|continue|continua|pause)\b.{0,16}\b(?:on|after|dopo|in case of|in caso di|all|upon)\b/iu,
  new RegExp(
    `\\b(?:ignore|ignora|max|maximum|massimo|soglia|threshold|limit|limite|allowed|consentiti|tolerated|tollerati)\\b.{0,16}\\b(?:${counted})\\b`,
    'iu',
  ),
  /\b(?:press|premi|premere|click|clicca|push|tasto|pulsante|button)\b.{0,20}\b(?:abort|cancel|annulla|interrompi|interrompere|stop)\b/iu,
  /\b(?:may|might|può|potrebbe|possono) (?:occur|appear|happen|comparire|apparire|verificarsi)\b/iu,
  /\b(?:cannot be undone|non può essere annullat[oa])\b/iu,
  // Tried again: whether it failed is not said yet.
  /\b(?:retrying|trying again|will retry|riprovo|ritento|nuovo tentativo|sto riprovando)\b/iu,
];
/** What would be: advice of the tool. It stands before the failure that it speaks of. */
const supposed =
  /\b(?:if|when(?:ever)?|in case|should|unless|se|quando|qualora|in caso|nel caso|per evitare|to avoid|to prevent|may|might|può|potrebbe|possono|wenn)(?![\p{L}'])/iu;
const happened = /\b(?:occurred|happened|appeared|verificat[oa]|comparso|apparso|aufgetreten)\b/iu;
/** A failure that was mended, unless the line says that it could not be. */
const mended =
  /\b(?:corrected|fixed|repaired|resolved|recovered|restored|cleared|corrett[oaie]|risolt[oaie]|riparat[oaie]|sistemat[oaie]|ripristinat[oaie]|recuperat[oaie]|re-?established|recovering|ripresa|cancellat[oaie]|behoben)\b/iu;
const notMended =
  /\b(?:not|non|cannot|can't|could ?n[o']t|unable|impossibil\w+|never|mai|failed|fallit[oa])\b/iu;

/** A message is looked at so far, in characters. */
const mostChars = 1_000;

const soundsKnown = (said: string): number => known.exec(said)?.index ?? -1;
const soundsGeneral = (said: string): number => (general.exec(said) ?? knockOut.exec(said))?.index ?? -1;

function sentenceTells(sentence: string): FailureTold {
  if (harmless.some((pattern) => pattern.test(sentence))) return null;
  const left = nothing.reduce((said, pattern) => said.replace(pattern, ' '), sentence);
  const [knownAt, generalAt] = [soundsKnown(left), soundsGeneral(left)];
  if (knownAt < 0 && generalAt < 0) return null;
  const first = Math.min(...[knownAt, generalAt].filter((at) => at >= 0));
  if (supposed.test(left.slice(0, first)) && !happened.test(left)) return null;
  return knownAt >= 0 && !closes.test(left) ? 'known' : 'general';
}

/** How surely a line tells of a failure; null where it tells of none. */
export function failureOf(line: string): FailureTold {
  if (line.trim() === '') return null;
  const stamp = lineStamp(line);
  const message = line.slice(stamp.end, stamp.end + mostChars);
  if (message.trim() === '') return null;
  const sounds = soundsKnown(message) >= 0 || soundsGeneral(message) >= 0;
  if (!sounds) return stamp.saysError ? 'general' : null;
  if (mended.test(message) && !notMended.test(message)) return null;
  const told = message.split(/[.!?;]\s+/u).map(sentenceTells);
  return told.includes('known') ? 'known' : told.includes('general') ? 'general' : null;
}

/** True when a line tells of a failure, known or not. */
export function tellsOfFailure(line: string): boolean {
  return failureOf(line) !== null;
}
