import type { FilledForm, FilledPart, NotFilled, WantedForm } from '../../../shared/portal-map/filled.ts';
import {
  linesInOrder,
  namesTaken,
  shownLines,
  showsWords,
  typedLines,
} from '../../../shared/portal-map/page-text.ts';
import type { PortalMap } from '../../../shared/portal-map/portal-map.ts';
import type { ReadForm } from './page-eyes.ts';

/** What the ticket's own page shows of it; null where the map's place is not there. */
export type ShownTicket = {
  readonly subject: string | null;
  readonly description: string | null;
  readonly entries: readonly (readonly string[])[];
};

/** So much of a part is there, and why not all of it. */
export function part(done: number, wanted: number, why: NotFilled | null): FilledPart {
  return why === null ? { kind: 'filled', done, wanted } : { kind: 'not-filled', why, done, wanted };
}

const words = (said: string): string => shownLines(said).join(' ');

/** How many characters both have from the beginning. */
function sameChars(one: string, other: string): number {
  const differs = [...one].findIndex((_sign, nth) => one[nth] !== other[nth]);
  return differs < 0 ? Math.min(one.length, other.length) : differs;
}

function subjectPart(wanted: string, field: ReadForm['subject'], maxChars: number | null): FilledPart {
  const [said, read] = [words(wanted), words(field?.text ?? '')];
  if (field === null) return part(0, said.length, 'not-found');
  if (said === read) return part(said.length, said.length, null);
  const most = Math.min(maxChars ?? Number.POSITIVE_INFINITY, field.maxChars ?? Number.POSITIVE_INFINITY);
  return part(sameChars(said, read), said.length, wanted.length > most ? 'too-long' : 'differs');
}

/** Lines are counted that bear something; in a plain field the empty ones between them have to be there too. */
function descriptionPart(
  wanted: string,
  field: ReadForm['description'],
  maxChars: number | null,
): FilledPart {
  const said = shownLines(wanted);
  if (field === null) return part(0, said.length, 'not-found');
  const isSame = field.isEditor
    ? said.join('\n') === shownLines(field.text).join('\n')
    : typedLines(wanted).join('\n') === typedLines(field.text).join('\n');
  if (isSame) return part(said.length, said.length, null);
  const most = Math.min(maxChars ?? Number.POSITIVE_INFINITY, field.maxChars ?? Number.POSITIVE_INFINITY);
  const done = linesInOrder(said, shownLines(field.text));
  return part(done, said.length, wanted.length > most ? 'too-long' : 'differs');
}

function filesPart(wanted: WantedForm, listed: readonly string[]): FilledPart {
  const all = wanted.files.length;
  return part(listed.length, all, listed.length === all ? null : 'not-taken');
}

/** The page of a ticket beside what was sent. */
export function ticketParts(wanted: WantedForm, shown: ShownTicket): FilledForm {
  const listed = namesTaken(
    wanted.files.map(({ name }) => name),
    shown.entries,
  );
  const chars = words(wanted.subject).length;
  const lines = shownLines(wanted.description);
  const isSubject = shown.subject !== null && showsWords(wanted.subject, shown.subject);
  const found = shown.description === null ? 0 : linesInOrder(lines, shownLines(shown.description));
  return {
    subject: part(
      isSubject ? chars : 0,
      chars,
      isSubject ? null : shown.subject === null ? 'not-found' : 'differs',
    ),
    description: part(
      found,
      lines.length,
      shown.description === null ? 'not-found' : found === lines.length ? null : 'differs',
    ),
    files: filesPart(wanted, listed),
    listed,
  };
}

/** Of a page that is not the one that is wanted. */
export function nothingFound(wanted: WantedForm): FilledForm {
  return {
    subject: part(0, words(wanted.subject).length, 'not-found'),
    description: part(0, shownLines(wanted.description).length, 'not-found'),
    files: part(0, wanted.files.length, wanted.files.length === 0 ? null : 'not-found'),
    listed: [],
  };
}

/** The wanted files that the form lists. */
export const listedFiles = (wanted: WantedForm, form: ReadForm): readonly string[] =>
  namesTaken(
    wanted.files.map(({ name }) => name),
    form.entries,
  );

/** A form beside what is wanted in it. */
export function formParts(wanted: WantedForm, form: ReadForm, map: PortalMap): FilledForm {
  const listed = listedFiles(wanted, form);
  const files = filesPart(wanted, listed);
  return {
    subject: subjectPart(wanted.subject, form.subject, map.form.subject.maxChars),
    description: descriptionPart(wanted.description, form.description, map.form.description.maxChars),
    files: form.isBusy && files.kind === 'filled' ? part(files.done, files.wanted, 'not-taken') : files,
    listed,
  };
}
