/** What workshops write, in both languages: several ways to say one failure. `{ecu}` and `{car}` stand for what it happened to. */
export type Failure = { readonly id: string; readonly error: { readonly it: string; readonly en: string } | null; readonly it: readonly string[]; readonly en: readonly string[] };

export const failures: readonly Failure[] = [
  { id: 'read-checksum', error: { it: 'Back checksum error', en: 'Back checksum error' },
    it: ['La lettura di {car} si ferma al 43% con errore di checksum', 'Leggo la {ecu} ma al {n}% compare back checksum e si blocca tutto', 'Durante la lettura della centralina {ecu} ({car}) esce checksum error, provato tre volte', 'Non finisce la lettura: errore checksum, vettura {car}'],
    en: ['Reading {car} stops at {n}% with a checksum error', 'Back checksum while I read the {ecu}, then it freezes', 'The read of {ecu} on {car} never completes: checksum error every time'] },
  { id: 'read-timeout', error: { it: 'Timeout di comunicazione', en: 'Communication timeout' },
    it: ['La centralina {ecu} non risponde in lettura, tempo scaduto', 'Lettura OBD {car}: dopo un minuto timeout e la centralina non dà risposta', 'Non riesco a leggere {car}, va sempre in timeout di comunicazione'],
    en: ['{ecu} does not respond while reading, timeout', 'Communication timeout as soon as I start reading {car}', 'Cannot read the {ecu}: no answer, timeout after a minute'] },
  { id: 'write-abort', error: { it: 'Scrittura interrotta', en: 'Write aborted' },
    it: ['La scrittura si interrompe al {n}% e {car} non parte più', 'Mentre scrivo la {ecu} si blocca, adesso il motore non si avvia', 'Scrittura fallita su {car}: interrotta a metà, vettura ferma in officina'],
    en: ['Writing stops at {n}% and now {car} does not start', 'The write to {ecu} was aborted halfway, the engine is dead', 'Write failed on {car}, aborted in the middle'] },
  { id: 'write-voltage', error: { it: 'Tensione di alimentazione troppo bassa', en: 'Supply voltage too low' },
    it: ['In scrittura il programma dice tensione bassa anche con alimentatore, {ecu}', 'Non mi lascia scrivere {car}: tensione di alimentazione insufficiente, ma misuro 13,6 V', 'Avviso di tensione bassa prima di scrivere la {ecu}'],
    en: ['It refuses to write {ecu} because of low voltage, I measure 13.6 V', 'Supply voltage too low before writing {car} although a charger is on', 'Voltage warning blocks the write on {ecu}'] },
  { id: 'not-identified', error: { it: 'Protocollo non trovato', en: 'Protocol not found' },
    it: ['{car} non viene riconosciuta, protocollo non trovato', 'Identificazione fallita: il programma non riconosce la {ecu}', 'Protocollo non trovato quando identifico {car}'],
    en: ['{car} is not recognised, protocol not found', 'Identification fails on {ecu}: protocol not found', 'The tool does not detect the {ecu}, it says protocol not found'] },
  { id: 'wake-up', error: { it: 'Wake up error', en: 'Wake up error' },
    it: ['Appena collego la {ecu} esce wake up error', 'Wake up error sul banco con {ecu}, cavo controllato', 'Errore di wake up con {car}, i led restano spenti'],
    en: ['Wake up error as soon as the {ecu} is connected', 'On the bench {ecu} gives wake up error, cable checked', '{car}: wake up error, LEDs stay off'] },
  { id: 'exception', error: { it: 'External exception EEFFACE', en: 'External exception EEFFACE' },
    it: ['Il programma si chiude con external exception EEFFACE quando apro il file di {car}', 'External exception EEFFACE e crash caricando {car}', 'Si chiude da solo, eccezione EEFFACE, file della {ecu}'],
    en: ['The program closes with external exception EEFFACE when I open the file of {car}', 'Crash with exception EEFFACE on loading the {ecu} file', 'External exception EEFFACE and it crashes, {car}'] },
  { id: 'boot-pins', error: null,
    it: ['In boot mode la {ecu} non entra, piedini saldati come da schema', 'Non riesco a entrare in boot sulla {ecu}, ho ricontrollato le saldature', 'Boot mode impossibile con {ecu}: schema seguito alla lettera'],
    en: ['{ecu} does not enter boot mode, pins soldered as in the drawing', 'Cannot get into boot with the {ecu}, soldering checked twice', 'Boot mode impossible on {ecu} though I followed the drawing'] },
  { id: 'immobiliser', error: null,
    it: ['Dopo la clonazione {car} ha l\'immobilizer attivo e la spia chiave accesa', 'Immobilizer bloccato su {car} dopo aver clonato la {ecu}', 'Clonata la {ecu}, ora la spia immobilizer lampeggia su {car}'],
    en: ['After cloning, {car} has an active immobiliser and the key lamp is on', 'Immobiliser locked on {car} after I cloned the {ecu}', 'Cloned the {ecu}, now the immobiliser lamp blinks on {car}'] },
  { id: 'eeprom', error: { it: 'EEPROM verify error 0x1F', en: 'EEPROM verify error 0x1F' },
    it: ['Verifica della eeprom fallita sulla {ecu} con codice 0x1F', 'La eeprom di {car} non si verifica, errore 0x1F', 'Errore 0x1F verificando la eeprom della {ecu}'],
    en: ['EEPROM verify fails on {ecu} with code 0x1F', 'Verifying the EEPROM of {car} gives 0x1F', 'Code 0x1F on EEPROM verification, {ecu}'] },
  // Written after the rules were fixed, in words they were not made for: what a new failure meets.
  { id: 'usb-mark', error: null,
    it: ['In gestione dispositivi c\'è un punto esclamativo giallo sullo strumento, con {car} attaccata', 'Windows mette il triangolo giallo in gestione dispositivi, non vedo lo strumento', 'Punto esclamativo giallo in gestione dispositivi appena infilo la USB'],
    en: ['Device manager shows a yellow exclamation mark on the tool, {car} attached', 'Windows puts a yellow triangle in device manager, the tool is not visible', 'Yellow exclamation mark in device manager as soon as USB is plugged'] },
  { id: 'expired', error: { it: 'Abbonamento scaduto', en: 'Subscription expired' },
    it: ['Il programma dice che l\'abbonamento è scaduto ma ho rinnovato ieri', 'Abbonamento risulta scaduto nonostante il rinnovo pagato', 'Rinnovo fatto, ma vedo ancora abbonamento scaduto'],
    en: ['It says the subscription is expired but I renewed yesterday', 'Subscription shown as expired despite the paid renewal', 'Renewal done, still subscription expired'] },
  { id: 'gearbox', error: null,
    it: ['Dopo la modifica al cambio {car} strattona in seconda marcia', 'Strattoni in seconda dopo aver modificato il cambio di {car}', 'Il cambio di {car} strappa tra prima e seconda marcia da quando è modificato'],
    en: ['After the gearbox tune {car} jerks in second gear', 'Jerks in second gear since the gearbox of {car} was tuned', 'The gearbox on {car} jerks between first and second gear after tuning'] },
];

/** Cars and units that no two of share make and family. */
export const subjectsOf: readonly { readonly make: string; readonly model: string; readonly ecu: string }[] = [
  ['Volkswagen', 'Golf', 'EDC17C64'], ['Audi', 'A4', 'EDC17CP44'], ['BMW', '320d', 'DDE70'], ['Fiat', 'Ducato', 'MJD8F3'], ['Ford', 'Transit', 'SID208'], ['Opel', 'Insignia', 'EDC17C19'],
  ['Mercedes', 'Sprinter', 'CRD3.20'], ['Renault', 'Megane', 'SID310'], ['Peugeot', '308', 'EDC16C34'], ['Skoda', 'Octavia', 'SIMOS18.1'], ['Iveco', 'Daily', 'EDC17C49'], ['Toyota', 'Hilux', 'DENSO17'],
  ['Volvo', 'V60', 'MED17.5'], ['Porsche', 'Cayenne', 'MED9.1'], ['Kia', 'Sportage', 'EDC17C57'], ['Nissan', 'Navara', 'MD1CP006'], ['Jeep', 'Renegade', 'MJ9DF'], ['Seat', 'Leon', 'MG1CS001'],
].map(([make, model, ecu]) => ({ make: make ?? '', model: model ?? '', ecu: ecu ?? '' }));
