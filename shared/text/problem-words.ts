/** What a word means for a failure, whatever its language or ending; found by how the word begins. */
const concepts: Readonly<Record<string, readonly string[]>> = {
  read: ['lettur', 'legge', 'letto', 'leggo', 'reading', 'read'],
  write: ['scrittur', 'scriv', 'scritt', 'writ', 'wrote', 'flash', 'programmaz', 'programming'],
  identify: ['identif', 'riconosc', 'recogni', 'detect', 'rilev'],
  verify: ['verif'],
  clone: ['clon'],
  boot: ['boot'],
  bench: ['banco', 'bench'],
  connect: ['colleg', 'conness', 'connett', 'connect', 'communicat', 'comunic'],
  stop: [
    'ferm',
    'blocc',
    'interr',
    'stop',
    'freez',
    'frozen',
    'abort',
    'halt',
    'piant',
    'stuck',
    'hang',
    'locked',
    'meta',
    'middle',
    'complet',
    'finisce',
  ],
  checksum: ['checksum'],
  eeprom: ['eeprom'],
  protocol: ['protocol'],
  plugin: ['plugin'],
  wake: ['wake'],
  immobiliser: ['immobil', 'immo'],
  key: ['chiav', 'key'],
  lamp: ['spia', 'lamp', 'led'],
  airbag: ['airbag'],
  exception: ['eccezion', 'exception'],
  answer: ['rispond', 'rispost', 'respon', 'answer'],
  start: ['avvi', 'parte', 'partir', 'start', 'launch', 'dead', 'morta', 'spenta'],
  open: ['apre', 'aprir', 'apro', 'open', 'caric', 'load'],
  close: ['chiude', 'chiuso', 'crash', 'closes', 'closed', 'quits'],
  update: ['aggiorn', 'updat', 'upgrad'],
  install: ['install'],
  licence: ['licenz', 'licen', 'attivazione', 'activat', 'abbonam', 'subscri'],
  account: ['acced', 'access', 'login', 'password', 'account'],
  timeout: ['timeout'],
  expired: ['scadut', 'scadenz', 'expir'],
  renew: ['rinnov', 'renew'],
  missing: ['manca', 'missing', 'trova', 'trovo', 'find', 'found'],
  power: ['tension', 'voltag', 'batteri', 'batter', 'aliment', 'power', 'supply', 'charger', 'caricabatter'],
  low: ['bass', 'insuff', 'low'],
  pin: ['piedin', 'pin', 'saldat', 'solder', 'saldo'],
  drawing: ['schem', 'drawing', 'diagram', 'disegn'],
  cable: ['cavo', 'cavi', 'cable'],
  driver: ['driver'],
  gearbox: ['cambio', 'trasmission', 'gearbox', 'transmission'],
  gear: ['marcia', 'marce', 'gear'],
  jerk: ['stratton', 'strapp', 'sussult', 'saltell', 'jerk', 'judder', 'shudder'],
  second: ['second'],
  tune: ['modific', 'rimapp', 'elabor', 'tune', 'tuning', 'remap', 'modif'],
  misfire: ['mancat', 'misfir', 'perdecolp'],
  smoke: ['fumo', 'fuma', 'smok'],
  noise: ['rumor', 'fischi', 'noise', 'whistl'],
  idle: ['minimo', 'idle', 'idling'],
  limp: ['recovery', 'limp'],
  boost: ['turbo', 'boost', 'sovraliment'],
  particulate: ['dpf', 'fap', 'antiparticol', 'particulate'],
  adblue: ['adblue', 'urea'],
  speed: ['velocit', 'speed', 'limitator', 'limiter'],
  slow: ['lent', 'slow'],
  screen: ['schermat', 'screen'],
  blank: ['bianc', 'vuot', 'nera', 'nero', 'blank', 'empty', 'black'],
  device: ['dispositiv', 'periferic', 'device'],
  manager: ['gestion', 'manager'],
  exclamation: ['esclamat', 'exclam'],
  triangle: ['triangol', 'triangle'],
  yellow: ['giall', 'yellow'],
  visible: ['vedo', 'vede', 'visib'],
  antivirus: ['antivirus', 'quaranten', 'quarantin'],
  damaged: ['danneggi', 'rovinat', 'corrott', 'damag', 'corrupt', 'broken'],
  size: ['dimension', 'grandezz', 'size'],
  save: ['salv', 'save', 'saving'],
  download: ['scaric', 'download'],
  map: ['mappa', 'mappe', 'map'],
  payment: ['pagament', 'pagat', 'fattur', 'paid', 'payment', 'invoice'],
  delivery: ['spedizion', 'consegn', 'deliver', 'shipment'],
  burn: ['bruci', 'odor', 'burn', 'smell'],
  connector: ['connettor', 'spinott', 'connector', 'plug'],
};

/** What happened: two requests that each name some of these and share none are about different failures. */
export const symptomConcepts: ReadonlySet<string> = new Set(
  [
    'checksum',
    'eeprom',
    'protocol',
    'identify',
    'wake',
    'immobiliser',
    'clone',
    'boot',
    'exception',
    'timeout',
    'power',
    'licence',
    'account',
    'update',
    'install',
    'driver',
    'airbag',
    'plugin',
    'close',
  ].map((name) => `=${name}`),
);

/** What was being done when it happened. */
export const operationConcepts: ReadonlySet<string> = new Set(
  ['read', 'write', 'identify', 'clone', 'verify', 'install', 'update'].map((name) => `=${name}`),
);

const stems = Object.entries(concepts)
  .flatMap(([concept, list]) => list.map((stem) => ({ concept, stem })))
  .sort((a, b) => b.stem.length - a.stem.length);

/** Two words that mean one thing together and another apart. */
const together: readonly (readonly [RegExp, string])[] = [
  [/\b(?:tempo scaduto|time ?-?out|timed out)\b/gu, 'timeout'],
];

/** Said in every request, so that sharing them says nothing. */
const empty = new Set(
  `
  il lo la gli le un uno una del della dei delle dal dalla al alla allo nel nella sul sulla con per tra fra che chi cui non piu ma se come quando dopo prima mentre durante su da di
  ho ha hanno abbiamo sono era stato stata fare fatto posso cosa si mi ci vi ne questo questa quello quella anche ancora poi gia sempre ogni volta volte tutto tutti lascia cosi appena ora adesso
  provato provo riprovato tre due misuro solo sola restano attivo attiva fallit fallita fallito viene esce compare succede va mai riesco entrare entra
  the an of to in on at for from with and or but if as when after before while during though although is are was were be been has have had do does did it its this that these those what can
  you my our now then soon every time times happens good morning hello thanks please prego salve buongiorno grazie still gets get am me not no cannot cant doesnt wont never again tried checked
  error errore errori errors failed fail fails problem problema problemi messaggio message says dice appare appears shows mostra gives give refuses because into get enter active activ
  tool strumento programma program file centralina ecu vettura veicolo vehicle car auto macchina motore engine officina workshop minute minuto half impossible impossibile
`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);

/** Marks that stand by themselves go first: thousands of them on one letter would be sorted one by one. */
const withoutAccents = (text: string): string =>
  text.replace(/\p{M}/gu, '').normalize('NFD').replace(/\p{M}/gu, '');

/** Lower case, without accents, split at everything that is no letter or digit. */
export function plainWords(text: string): readonly string[] {
  return (
    together
      .reduce((plain, [words, one]) => plain.replace(words, one), withoutAccents(text.toLowerCase()))
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** True for a word that stands in every request: it tells nothing, and is never a slip of a name. */
export function saysNothing(word: string): boolean {
  return empty.has(word);
}

/** True when two words differ by one letter changed, added, left out, or two swapped. */
export function nearlySame(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const [left, right] = [a.slice(start, endA), b.slice(start, endB)];
  return left.length <= 1 && right.length <= 1
    ? true
    : left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

interface Stem {
  readonly concept: string;
  readonly stem: string;
  /** Where it stands among the stems: the longer ones first, and the first that fits wins. */
  readonly rank: number;
}

/** From here on a slip of the pen may be told from another word; shorter stems would meet too much: "small" is no smell. */
const shortestWithSlip = 6;

/** Stems under each of their keys, so that a word is held against the few it can mean and not against all. */
function under<K>(keysOf: (stem: string) => readonly K[]): ReadonlyMap<K, readonly Stem[]> {
  const found = new Map<K, Stem[]>();
  for (const [rank, { concept, stem }] of stems.entries())
    for (const key of keysOf(stem)) {
      const alike = found.get(key) ?? [];
      if (alike.length === 0) found.set(key, alike);
      alike.push({ concept, stem, rank });
    }
  return found;
}

const stemLengths = [...new Set(stems.map(({ stem }) => stem.length))].sort((a, b) => b - a);

/** Two letters as one small number, which two pairs may share: what is found under it is compared letter by letter. */
const pairBefore = (text: string, end: number): number =>
  ((text.charCodeAt(end - 2) & 0x7f) << 7) | (text.charCodeAt(end - 1) & 0x7f);
const endingAt = (end: number, pair: number): number => (end << 14) | pair;

const byStem = under((stem) => [stem]);
const firstPairs = new Set(stems.map(({ stem }) => pairBefore(stem, 2)));

/** One slip cannot touch both ends of a stem as long as these: its first two letters stand, or its last two do, at most one place away. */
const byHead = under((stem) => (stem.length < shortestWithSlip ? [] : [pairBefore(stem, 2)]));
const byTail = under((stem) => {
  const { length } = stem;
  const ends = length < shortestWithSlip ? [] : [length - 1, length, length + 1];
  return ends.map((end) => endingAt(end, pairBefore(stem, length)));
});
const longestWithSlip = Math.max(...stemLengths) + 1;

/** Stems that the beginning of a word may be with one slip: a letter changed, added, left out, or two swapped. */
function* stemsWithSlip(word: string): Generator<Stem> {
  yield* byHead.get(pairBefore(word, 2)) ?? [];
  for (let end = shortestWithSlip - 1; end <= Math.min(longestWithSlip, word.length); end += 1)
    yield* byTail.get(endingAt(end, pairBefore(word, end))) ?? [];
}

function exactStem(word: string): Stem | undefined {
  if (!firstPairs.has(pairBefore(word, 2))) return undefined;
  const length = stemLengths.find((long) => long <= word.length && byStem.has(word.slice(0, long)));
  return length === undefined ? undefined : byStem.get(word.slice(0, length))?.[0];
}

function meaningOf(word: string): string {
  const exact = exactStem(word);
  if (exact !== undefined) return `=${exact.concept}`;
  if (word.length < 5) return word;
  let near: Stem | undefined;
  for (const candidate of stemsWithSlip(word)) {
    if (near !== undefined && near.rank <= candidate.rank) continue;
    const { length } = candidate.stem;
    if ([length, length + 1, length - 1].some((end) => nearlySame(word.slice(0, end), candidate.stem)))
      near = candidate;
  }
  return near === undefined ? word : `=${near.concept}`;
}

/** Words come again and again; looking one up costs more than keeping it. */
const known = new Map<string, string>();
const knownWords = 20_000;

function meaning(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  if (known.size >= knownWords) known.clear();
  const found = meaningOf(word);
  known.set(word, found);
  return found;
}

/** The words that tell one failure from another, each once: meanings for known ones, the word itself for others; numbers are no words. */
export function tellingWords(text: string): ReadonlySet<string> {
  return new Set(
    plainWords(text)
      .filter((word) => word.length > 2 && !empty.has(word) && !/^\d+$/u.test(word))
      .map(meaning),
  );
}

/** Words of one length that are looked through for a slip; a text has far fewer, and two sets of thousands are not held against each other. */
const mostOfOneLength = 100;

/** Words long enough for a slip to be told from another word, by their length. */
function byLength(words: ReadonlySet<string>): ReadonlyMap<number, readonly string[]> {
  const sorted = new Map<number, string[]>();
  for (const word of words) {
    if (word.length < 5) continue;
    const alike = sorted.get(word.length) ?? [];
    if (alike.length === 0) sorted.set(word.length, alike);
    if (alike.length < mostOfOneLength) alike.push(word);
  }
  return sorted;
}

function hasNear(word: string, others: ReadonlyMap<number, readonly string[]>): boolean {
  if (word.length < 5 || word.startsWith('=')) return false;
  return [0, -1, 1].some(
    (more) => others.get(word.length + more)?.some((other) => nearlySame(word, other)) === true,
  );
}

/** How much two sets of words say the same, 0 to 1 (Dice); words one letter apart count as one. Two empty sets say nothing: 0. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  const others = byLength(b);
  let shared = 0;
  for (const word of a) if (b.has(word) || hasNear(word, others)) shared += 1;
  return (2 * Math.min(shared, a.size, b.size)) / (a.size + b.size);
}
