/** Which parts of a useful description are present. */
export type ProblemParts = { readonly written: boolean; readonly symptom: boolean; readonly moment: boolean };

const symptomWords = [
  /\b(error[ei]?|err\.?|fail(s|ed|ure)?|fall(isce|ita|ito)|blocc|stop|ferm|interrott|interrupt|abort|hang|freez|crash|timeout|checksum|wake ?up|not |non |no |won't|can't|cannot|doesn't|manca|missing|persa|lost|spent|dead|morta|brick|wrong|sbagliat|divers|rumor|spia)/iu,
  /["«“”'][^"«»“”']{3,}["»“”']/u,
  /\b\d{1,3} ?%/u,
];

const hexCode = /\b(?:0x)?[0-9a-f]{4,8}\b/iu;

/** A code, and behind it on the same line a word that calls it one. Two looks a line, where one pattern would start anew at each code. */
function namesCode(text: string): boolean {
  return text.split(/[\n\r\u2028\u2029]/u).some((line) => {
    const code = hexCode.exec(line);
    return code !== null && /\b(?:code|codice|err)/iu.test(line.slice(code.index + code[0].length));
  });
}

const momentWords =
  /\b(durante|mentre|dopo|prima|quando|all'|al |appena|subito|while|during|after|before|when|at |as soon|on )\b|\b\d{1,3} ?%|\b\d{1,2}[:.]\d{2}\b/iu;

/**
 * R-INFO-4, "brief but detailed": judged by what is present, never by length alone. A description needs a symptom (what went
 * wrong, a quoted message, how far it got); when it happened may also stand in the stage field.
 */
export function problemParts(
  problem: string,
  facts: { readonly stage: string; readonly errorText: string },
): ProblemParts {
  const text = problem.trim();
  const words = text.match(/\p{L}{2,}/gu)?.length ?? 0;
  if (words < 2) return { written: false, symptom: false, moment: false };
  return {
    written: true,
    symptom:
      symptomWords.some((pattern) => pattern.test(text)) || namesCode(text) || facts.errorText.trim() !== '',
    moment: momentWords.test(text) || facts.stage.trim() !== '',
  };
}
