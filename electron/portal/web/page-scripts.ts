import { type PagePlace, type PageTools, pageTools } from './page-tools.ts';

/** A function that is written out and run in a page; it uses nothing but its argument, the tools and the page. */
type PageScript<A> = (argument: A, tools: PageTools) => unknown;

/** The code that runs a script in a page: the tools, the script and its argument, as text. */
export function written<A>(script: PageScript<A>, argument: A): string {
  const tools = Object.entries(pageTools).map(([name, tool]) => `${JSON.stringify(name)}: ${tool}`);
  return `(${script})(${JSON.stringify(argument)}, {${tools.join(',\n')}})`;
}

/** Where the page stands and what of the map is on it. */
export function lookScript(
  {
    marks,
    texts,
    submit,
  }: {
    readonly marks: readonly PagePlace[];
    readonly texts: readonly (PagePlace | null)[];
    readonly submit: PagePlace;
  },
  tools: PageTools,
) {
  const title = Object.getOwnPropertyDescriptor(Document.prototype, 'title')?.get;
  const titleText = String(title === undefined ? '' : title.call(document));
  return {
    path: window.location.pathname.slice(0, 2_000),
    marks: marks.map((mark) => tools.has(mark)),
    texts: texts.map((place) => {
      const element = place === null ? null : tools.find(place, 'any');
      const text = place === null ? titleText : element === null ? '' : tools.textOf(element);
      return text.trim().slice(0, 400);
    }),
    hasSubmit: tools.find(submit, 'button') !== null,
  };
}

/** Puts a text into a field, or types it into an editor. Nothing is put in where the page takes less. */
export function fillScript(
  {
    place,
    role,
    text,
    maxChars,
  }: {
    readonly place: PagePlace;
    readonly role: 'line' | 'text' | 'editor';
    readonly text: string;
    readonly maxChars: number | null;
  },
  tools: PageTools,
): 'not-found' | 'too-long' | 'set' {
  const element = tools.find(place, role);
  if (element === null) return 'not-found';
  if (maxChars !== null && text.length > maxChars) return 'too-long';
  const field =
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : null;
  if (field !== null) {
    if (field.maxLength >= 0 && text.length > field.maxLength) return 'too-long';
    const kind = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
    field.focus();
    Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    return 'set';
  }
  const editor = tools.editable(element);
  const within = editor?.ownerDocument ?? null;
  const view = within?.defaultView ?? null;
  if (editor === null || within === null || view === null) return 'not-found';
  const order = (name: string, given = ''): boolean =>
    Document.prototype.execCommand.call(within, name, false, given);
  view.focus();
  editor.focus();
  view.getSelection()?.selectAllChildren(editor);
  if (editor.innerText.trim() !== '') order('delete');
  // In one go: whatever has the focus in between, nothing of it comes there, and a new line presses no button.
  for (const [nth, line] of text.split(/\r\n|\r|\n/u).entries()) {
    if (within.activeElement === null || !editor.contains(within.activeElement)) break;
    if (nth > 0) order('insertParagraph');
    if (line !== '') order('insertText', line);
  }
  return 'set';
}

/** The form as it stands. */
export function formScript(
  {
    subject,
    description,
    files,
  }: {
    readonly subject: PagePlace;
    readonly description: { readonly place: PagePlace; readonly role: 'line' | 'text' | 'editor' };
    readonly files: { readonly listed: PagePlace; readonly busy: PagePlace | null } | null;
  },
  tools: PageTools,
) {
  const read = (element: Element | null) =>
    element === null
      ? null
      : {
          text: tools.fieldText(element),
          isEditor: !(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement),
          maxChars:
            (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) &&
            element.maxLength >= 0
              ? element.maxLength
              : null,
        };
  return {
    subject: read(tools.find(subject, 'line')),
    description: read(tools.find(description.place, description.role)),
    entries: files === null ? [] : tools.filesListed(files.listed),
    isBusy: files !== null && files.busy !== null && tools.has(files.busy),
  };
}

/** Marks the file input that still takes files, so that one selector finds it; there may be several that take one each. */
export function markFilesScript(
  { place, mark }: { readonly place: PagePlace; readonly mark: string },
  tools: PageTools,
): 'none' | 'one' | 'many' {
  for (const old of tools.all(`[${mark}]`)) old.removeAttribute(mark);
  const isFree = (element: Element | null): element is HTMLInputElement =>
    element instanceof HTMLInputElement && (element.files?.length ?? 0) === 0;
  const groups = place.selectors.map((selector) =>
    tools.all(selector).filter((element) => tools.fits(element, 'files')),
  );
  const found =
    groups.find((group) => group.length > 0)?.find(isFree) ??
    (groups.every((group) => group.length === 0)
      ? tools.find({ selectors: [], labels: place.labels }, 'files')
      : null);
  if (!isFree(found)) return 'none';
  found.setAttribute(mark, '');
  return found.multiple ? 'many' : 'one';
}

/** What the ticket's own page shows of it. */
export function ticketScript(
  {
    subject,
    description,
    files,
  }: { readonly subject: PagePlace; readonly description: PagePlace; readonly files: PagePlace },
  tools: PageTools,
) {
  const read = (place: PagePlace): string | null => {
    const element = tools.find(place, 'any');
    return element === null ? null : tools.textOf(element);
  };
  return { subject: read(subject), description: read(description), entries: tools.filesListed(files) };
}

/** Where the rows of a list lead, in their order. */
export function linksScript({ rows }: { readonly rows: PagePlace }, tools: PageTools): string[] {
  const found = new Set<string>();
  for (const selector of rows.selectors)
    for (const element of tools.all(selector)) {
      if (!tools.isShown(element) || found.size >= 400) continue;
      const link =
        element instanceof HTMLAnchorElement
          ? element
          : Element.prototype.querySelector.call(element, 'a[href]');
      if (link instanceof HTMLAnchorElement && link.href.length < 2_000) found.add(link.href);
    }
  return [...found];
}

/** Everything a person reads on the page. */
export function textScript(_nothing: null, tools: PageTools): string {
  const body = tools.all('body')[0];
  return body === undefined ? '' : tools.textOf(body);
}
