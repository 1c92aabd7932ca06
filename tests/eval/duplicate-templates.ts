/** What workshops write, in both languages: several ways to say one failure. `{ecu}` and `{car}` stand for what it happened to. */
export type Failure = {
  readonly id: string;
  readonly error: { readonly it: string; readonly en: string } | null;
  readonly it: readonly string[];
  readonly en: readonly string[];
};

export const failures: readonly Failure[] = [
  {
    id: 'read-checksum',
    error: { it: 'Back checksum error', en: 'Back checksum error' },
    it: [
      'La lettura di {car} si ferma al 43% con errore di checksum',
      'Leggo la {ecu} ma al {n}% compare back checksum e si blocca tutto',
      'Durante la lettura della centralina {ecu} ({car}) esce checksum error, provato tre volte',
      'Non finisce la lettura: errore checksum, vettura {car}',
    ],
    en: [
      'Reading {car} stops at {n}% with a checksum error',
      'Back checksum while I read the {ecu}, then it freezes',
      'The read of {ecu} on {car} never completes: checksum error every time',
    ],
  },
  {
    id: 'read-timeout',
    error: { it: 'Timeout di comunicazione', en: 'Communication timeout' },
    it: [
      'La centralina {ecu} non risponde in lettura, tempo scaduto',
      'Lettura OBD {car}: dopo un minuto timeout e la centralina non dà risposta',
      'Non riesco a leggere {car}, va sempre in timeout di comunicazione',
    ],
    en: [
      '{ecu} does not respond while reading, timeout',
      'Communication timeout as soon as I start reading {car}',
      'Cannot read the {ecu}: no answer, timeout after a minute',
    ],
  },
  {
    id: 'write-abort',
    error: { it: 'Scrittura interrotta', en: 'Write aborted' },
    it: [
      'La scrittura si interrompe al {n}% e {car} non parte più',
      'Mentre scrivo la {ecu} si blocca, adesso il motore non si avvia',
      'Scrittura fallita su {car}: interrotta a metà, vettura ferma in officina',
    ],
    en: [
      'Writing stops at {n}% and now {car} does not start',
      'The write to {ecu} was aborted halfway, the engine is dead',
      'Write failed on {car}, aborted in the middle',
    ],
  },
  {
    id: 'write-voltage',
    error: { it: 'Tensione di alimentazione troppo bassa', en: 'Supply voltage too low' },
    it: [
      'In scrittura il programma dice tensione bassa anche con alimentatore, {ecu}',
      'Non mi lascia scrivere {car}: tensione di alimentazione insufficiente, ma misuro 13,6 V',
      'Avviso di tensione bassa prima di scrivere la {ecu}',
    ],
    en: [
      'It refuses to write {ecu} because of low voltage, I measure 13.6 V',
      'Supply voltage too low before writing {car} although a charger is on',
      'Voltage warning blocks the write on {ecu}',
    ],
  },
  {
    id: 'not-identified',
    error: { it: 'Protocollo non trovato', en: 'Protocol not found' },
    it: [
      '{car} non viene riconosciuta, protocollo non trovato',
      'Identificazione fallita: il programma non riconosce la {ecu}',
      'Protocollo non trovato quando identifico {car}',
    ],
    en: [
      '{car} is not recognised, protocol not found',
      'Identification fails on {ecu}: protocol not found',
      'The tool does not detect the {ecu}, it says protocol not found',
    ],
  },
  {
    id: 'wake-up',
    error: { it: 'Wake up error', en: 'Wake up error' },
    it: [
      'Appena collego la {ecu} esce wake up error',
      'Wake up error sul banco con {ecu}, cavo controllato',
      'Errore di wake up con {car}, i led restano spenti',
    ],
    en: [
      'Wake up error as soon as the {ecu} is connected',
      'On the bench {ecu} gives wake up error, cable checked',
      '{car}: wake up error, LEDs stay off',
    ],
  },
  {
    id: 'exception',
    error: { it: 'External exception EEFFACE', en: 'External exception EEFFACE' },
    it: [
      'Il programma si chiude con external exception EEFFACE quando apro il file di {car}',
      'External exception EEFFACE e crash caricando {car}',
      'Si chiude da solo, eccezione EEFFACE, file della {ecu}',
    ],
    en: [
      'The program closes with external exception EEFFACE when I open the file of {car}',
      'Crash with exception EEFFACE on loading the {ecu} file',
      'External exception EEFFACE and it crashes, {car}',
    ],
  },
  {
    id: 'boot-pins',
    error: null,
    it: [
      'In boot mode la {ecu} non entra, piedini saldati come da schema',
      'Non riesco a entrare in boot sulla {ecu}, ho ricontrollato le saldature',
      'Boot mode impossibile con {ecu}: schema seguito alla lettera',
    ],
    en: [
      '{ecu} does not enter boot mode, pins soldered as in the drawing',
      'Cannot get into boot with the {ecu}, soldering checked twice',
      'Boot mode impossible on {ecu} though I followed the drawing',
    ],
  },
  {
    id: 'immobiliser',
    error: null,
    it: [
      "Dopo la clonazione {car} ha l'immobilizer attivo e la spia chiave accesa",
      'Immobilizer bloccato su {car} dopo aver clonato la {ecu}',
      'Clonata la {ecu}, ora la spia immobilizer lampeggia su {car}',
    ],
    en: [
      'After cloning, {car} has an active immobiliser and the key lamp is on',
      'Immobiliser locked on {car} after I cloned the {ecu}',
      'Cloned the {ecu}, now the immobiliser lamp blinks on {car}',
    ],
  },
  {
    id: 'eeprom',
    error: { it: 'EEPROM verify error 0x1F', en: 'EEPROM verify error 0x1F' },
    it: [
      'Verifica della eeprom fallita sulla {ecu} con codice 0x1F',
      'La eeprom di {car} non si verifica, errore 0x1F',
      'Errore 0x1F verificando la eeprom della {ecu}',
    ],
    en: [
      'EEPROM verify fails on {ecu} with code 0x1F',
      'Verifying the EEPROM of {car} gives 0x1F',
      'Code 0x1F on EEPROM verification, {ecu}',
    ],
  },
  {
    id: 'usb-mark',
    error: null,
    it: [
      "In gestione dispositivi c'è un punto esclamativo giallo sullo strumento, con {car} attaccata",
      'Windows mette il triangolo giallo in gestione dispositivi, non vedo lo strumento',
      'Punto esclamativo giallo in gestione dispositivi appena infilo la USB',
    ],
    en: [
      'Device manager shows a yellow exclamation mark on the tool, {car} attached',
      'Windows puts a yellow triangle in device manager, the tool is not visible',
      'Yellow exclamation mark in device manager as soon as USB is plugged',
    ],
  },
  {
    id: 'expired',
    error: { it: 'Abbonamento scaduto', en: 'Subscription expired' },
    it: [
      "Il programma dice che l'abbonamento è scaduto ma ho rinnovato ieri",
      'Abbonamento risulta scaduto nonostante il rinnovo pagato',
      'Rinnovo fatto, ma vedo ancora abbonamento scaduto',
    ],
    en: [
      'It says the subscription is expired but I renewed yesterday',
      'Subscription shown as expired despite the paid renewal',
      'Renewal done, still subscription expired',
    ],
  },
  {
    id: 'gearbox',
    error: null,
    it: [
      'Dopo la modifica al cambio {car} strattona in seconda marcia',
      'Strattoni in seconda dopo aver modificato il cambio di {car}',
      'Il cambio di {car} strappa tra prima e seconda marcia da quando è modificato',
    ],
    en: [
      'After the gearbox tune {car} jerks in second gear',
      'Jerks in second gear since the gearbox of {car} was tuned',
      'The gearbox on {car} jerks between first and second gear after tuning',
    ],
  },
];

/** Written after the rules and their glossary were made, and never used to change them: what a failure nobody thought of meets. */
export const unseenFailures: readonly Failure[] = [
  {
    id: 'short-file',
    error: null,
    it: [
      "Il file letto da {car} è più corto dell'originale, due mega invece di quattro",
      'Lettura finita ma il file della {ecu} pesa la metà',
      'Ottengo un file troppo piccolo dalla {ecu}, manca la seconda parte',
    ],
    en: [
      'The file I read from {car} is shorter than the original, two megabytes instead of four',
      'Reading completes but the {ecu} file has half the size',
      'I get a file that is too small from the {ecu}, the second part is missing',
    ],
  },
  {
    id: 'dongle',
    error: { it: 'Chiave non valida', en: 'Key not valid' },
    it: [
      'La chiavetta non viene accettata e il programma resta in demo',
      'Parte solo in modalità demo, la chiavetta è inserita',
      'Inserita la chiavetta, compare chiave non valida',
    ],
    en: [
      'The dongle is not accepted and the program stays in demo',
      'It only starts in demo mode although the dongle is plugged in',
      'With the dongle inserted it says key not valid',
    ],
  },
  {
    id: 'engine-light',
    error: { it: 'P0401', en: 'P0401' },
    it: [
      'Dopo la scrittura {car} tiene accesa la spia avaria con P0401',
      'Spia motore accesa su {car} con codice P0401 da quando ho scritto la {ecu}',
      'Resta il guasto P0401 dopo aver scritto {car}',
    ],
    en: [
      'After writing, {car} keeps the engine light on with P0401',
      'Engine lamp on in {car}, code P0401, since I wrote the {ecu}',
      'Fault P0401 stays after writing {car}',
    ],
  },
  {
    id: 'fans',
    error: null,
    it: [
      'Ventole al massimo su {car} appena giro la chiave, dopo la scrittura',
      'Con il quadro acceso le ventole di {car} girano a piena velocità',
      'Su {car} le ventole restano sempre accese da quando ho scritto',
    ],
    en: [
      'Fans at full speed on {car} as soon as I turn the key, after writing',
      'With ignition on the fans of {car} run flat out',
      'On {car} the fans are always running since I wrote it',
    ],
  },
  {
    id: 'firmware',
    error: { it: 'Aggiornamento non riuscito', en: 'Update failed' },
    it: [
      "L'aggiornamento del firmware resta al {n}% e lo strumento lampeggia rosso",
      "Lo strumento lampeggia rosso dopo l'aggiornamento del firmware",
      'Firmware non aggiornato, led rosso che lampeggia',
    ],
    en: [
      'The firmware update stays at {n}% and the tool blinks red',
      'The tool blinks red after the firmware update',
      'Firmware not updated, red LED blinking',
    ],
  },
  {
    id: 'tricore-password',
    error: { it: 'Password non trovata', en: 'Password not found' },
    it: [
      'Con {ecu} in tricore chiede la password e non la trova',
      'Password tricore della {ecu} non trovata, provato due volte',
      'La {ecu} vuole una password che il programma non calcola',
    ],
    en: [
      'With {ecu} in tricore it asks for the password and does not find it',
      'Tricore password of {ecu} not found, tried twice',
      'The {ecu} wants a password that the program does not work out',
    ],
  },
];

/** Cars and units that no two of share make and family. */
export const subjectsOf: readonly { readonly make: string; readonly model: string; readonly ecu: string }[] =
  [
    ['Volkswagen', 'Golf', 'EDC17C64'],
    ['Audi', 'A4', 'EDC17CP44'],
    ['BMW', '320d', 'DDE70'],
    ['Fiat', 'Ducato', 'MJD8F3'],
    ['Ford', 'Transit', 'SID208'],
    ['Opel', 'Insignia', 'EDC17C19'],
    ['Mercedes', 'Sprinter', 'CRD3.20'],
    ['Renault', 'Megane', 'SID310'],
    ['Peugeot', '308', 'EDC16C34'],
    ['Skoda', 'Octavia', 'SIMOS18.1'],
    ['Iveco', 'Daily', 'EDC17C49'],
    ['Toyota', 'Hilux', 'DENSO17'],
    ['Volvo', 'V60', 'MED17.5'],
    ['Porsche', 'Cayenne', 'MED9.1'],
    ['Kia', 'Sportage', 'EDC17C57'],
    ['Nissan', 'Navara', 'MD1CP006'],
    ['Jeep', 'Renegade', 'MJ9DF'],
    ['Seat', 'Leon', 'MG1CS001'],
  ].map(([make, model, ecu]) => ({ make: make ?? '', model: model ?? '', ecu: ecu ?? '' }));
