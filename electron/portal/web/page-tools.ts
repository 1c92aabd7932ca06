/**
 * What the scripts of a page share. Each of these is written out as text and put together in the page (`written` in page-scripts.ts): it
 * uses nothing but its argument, the page, and the others by `this`. A page can give its forms parts that bear the names of their
 * methods, so whatever is asked of the document or of an element is asked by the browser's own method.
 */
type Tools = typeof pageTools;
type Place = { readonly selectors: readonly string[]; readonly labels: readonly string[] };
type Role = 'line' | 'text' | 'editor' | 'files' | 'button' | 'any';

function all(selector: string, root: Element | null = null): Element[] {
  try {
    const found =
      root === null
        ? Document.prototype.querySelectorAll.call(document, selector)
        : Element.prototype.querySelectorAll.call(root, selector);
    return [...found].slice(0, 2_000);
  } catch {
    return [];
  }
}

/** Something a person can see: not drawn away, not under nothing, not beside the page. */
function isShown(element: Element): boolean {
  const box = Element.prototype.getBoundingClientRect.call(element);
  return (
    Element.prototype.checkVisibility.call(element, { opacityProperty: true, visibilityProperty: true }) &&
    box.width > 1 &&
    box.height > 1 &&
    box.right + window.scrollX > 0 &&
    box.bottom + window.scrollY > 0
  );
}

/** A field nobody reads: a password, whatever it is drawn as. */
function isSecret(element: Element): boolean {
  return (
    element instanceof HTMLInputElement &&
    (element.type === 'password' || /password|one-time-code/u.test(element.autocomplete))
  );
}

function textOf(element: Element): string {
  const own = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'innerText')?.get;
  const text = element instanceof HTMLElement && own !== undefined ? own.call(element) : element.textContent;
  return String(text ?? '').slice(0, 300_000);
}

/** Without case, accents, marks of obligation, colons and blanks at the ends. */
function fold(text: string): string {
  const plain = text
    .slice(0, 300)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[\s\u00a0]+/u)
    .join(' ');
  let [from, to] = [0, plain.length];
  while (from < to && ' :*'.includes(plain.charAt(from))) from += 1;
  while (to > from && ' :*'.includes(plain.charAt(to - 1))) to -= 1;
  return plain.slice(from, to);
}

/** Every text a person would take for the name of this thing, folded. */
function labelsOf(this: Tools, element: Element): string[] {
  const ask = (name: string): string => Element.prototype.getAttribute.call(element, name) ?? '';
  const found = [ask('aria-label'), ask('placeholder'), ask('title')];
  for (const id of ask('aria-labelledby').split(' ').slice(0, 8)) {
    const other = id === '' ? null : Document.prototype.getElementById.call(document, id);
    if (other !== null) found.push(this.textOf(other));
  }
  if (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLButtonElement
  ) {
    for (const label of element.labels ?? []) found.push(this.textOf(label));
    if (element instanceof HTMLInputElement && /^(?:submit|button|reset)$/u.test(element.type))
      found.push(element.value);
  }
  if (element instanceof HTMLButtonElement || element instanceof HTMLAnchorElement)
    found.push(this.textOf(element));
  const cell = Element.prototype.closest.call(element, 'td, dd');
  const before = cell === null ? null : cell.previousElementSibling;
  if (before !== null) found.push(this.textOf(before));
  return found.map((text) => this.fold(text)).filter((text) => text !== '');
}

/** Whether the element is of the kind that is looked for, and may be touched. */
function fits(this: Tools, element: Element, role: Role): boolean {
  if (this.isSecret(element)) return false;
  if (role === 'files')
    return element instanceof HTMLInputElement && element.type === 'file' && !element.disabled;
  if (!this.isShown(element)) return false;
  if (role === 'any') return true;
  if (role === 'button')
    return (
      element instanceof HTMLButtonElement ||
      element instanceof HTMLAnchorElement ||
      (element instanceof HTMLInputElement && /^(?:submit|button|image)$/u.test(element.type))
    );
  const isText =
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && /^(?:text|search|email|tel|url)$/u.test(element.type));
  if (isText) return !element.disabled && !element.readOnly;
  return role === 'editor' && this.editable(element) !== null;
}

/** The part of an editor that takes the typing; null where there is none. */
function editable(element: Element): HTMLElement | null {
  if (element instanceof HTMLIFrameElement) {
    let body: HTMLElement | null = null;
    try {
      body = element.contentDocument?.body ?? null;
    } catch {
      return null;
    }
    return body !== null && (body.isContentEditable || body.ownerDocument.designMode === 'on') ? body : null;
  }
  return element instanceof HTMLElement && element.isContentEditable ? element : null;
}

/** The one thing that stands where the map says: by the first selector that finds exactly one, else by the first label that does. */
function find(this: Tools, place: Place, role: Role): Element | null {
  for (const selector of place.selectors) {
    const found = this.all(selector).filter((element) => this.fits(element, role));
    if (found.length === 1) return found[0] ?? null;
  }
  if (place.labels.length === 0) return null;
  const selectors = {
    line: 'input, textarea',
    text: 'textarea, input',
    editor: '[contenteditable], iframe, textarea',
    files: 'input[type=file]',
    button: 'button, input, a',
    any: 'input, textarea, button, a',
  };
  const named = this.all(selectors[role])
    .filter((element) => this.fits(element, role))
    .slice(0, 400)
    .map((element) => ({ element, labels: this.labelsOf(element) }));
  for (const label of place.labels) {
    const wanted = this.fold(label);
    const found = named.filter(({ labels }) => labels.includes(wanted));
    if (found.length === 1) return found[0]?.element ?? null;
  }
  return null;
}

/** Whether anything of the kind can be seen: by a selector, or as a heading, a button or a field of that name. */
function has(this: Tools, place: Place): boolean {
  if (place.selectors.some((selector) => this.all(selector).some((element) => this.isShown(element))))
    return true;
  if (place.labels.length === 0) return false;
  const wanted = place.labels.map((label) => this.fold(label));
  const words = 'h1, h2, h3, h4, legend, caption, label, th, title';
  const shown = (element: Element): boolean => element instanceof HTMLTitleElement || this.isShown(element);
  if (this.all(words).some((element) => shown(element) && wanted.includes(this.fold(this.textOf(element)))))
    return true;
  return this.all('button, input, textarea, a')
    .slice(0, 400)
    .some(
      (element) => this.isShown(element) && this.labelsOf(element).some((label) => wanted.includes(label)),
    );
}

/** What can be read of a field; of a password never anything. */
function fieldText(this: Tools, element: Element): string {
  if (this.isSecret(element)) return '';
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
    return element.value.slice(0, 300_000);
  const typed = this.editable(element);
  return typed === null ? '' : typed.innerText.slice(0, 300_000);
}

/** What stands in a part of the page where the map says: by the first selector that finds anything, else behind a name of that kind. */
function findIn(this: Tools, root: Element, place: Place): Element | null {
  for (const selector of place.selectors) {
    const found = this.all(selector, root).find((element) => this.isShown(element));
    if (found !== undefined) return found;
  }
  if (place.labels.length === 0) return null;
  const wanted = place.labels.map((label) => this.fold(label));
  return (
    this.all('td, dd, span, div, p', root)
      .slice(0, 200)
      .find((element) => {
        const before = element.previousElementSibling;
        return before !== null && this.isShown(element) && wanted.includes(this.fold(this.textOf(before)));
      }) ?? null
  );
}

/** What names the files the page took, one entry each: all that can be read of it. */
function filesListed(this: Tools, place: Place, root: Element | null = null): string[][] {
  const entries: string[][] = [];
  const seen = new Set<Element>();
  for (const selector of place.selectors)
    for (const element of this.all(selector, root)) {
      if (seen.has(element) || entries.length >= 200) continue;
      seen.add(element);
      if (element instanceof HTMLInputElement && element.type === 'file') {
        for (const file of element.files ?? []) entries.push([file.name.slice(0, 300)]);
        continue;
      }
      if (!this.isShown(element)) continue;
      const entry = [this.textOf(element), this.fieldText(element)];
      if (element instanceof HTMLAnchorElement) {
        const last = element.pathname.split('/').at(-1) ?? '';
        try {
          entry.push(decodeURIComponent(last));
        } catch {
          entry.push(last);
        }
      }
      const told = entry.map((text) => text.trim().slice(0, 300)).filter((text) => text !== '');
      if (told.length > 0) entries.push(told);
    }
  return entries;
}

export const pageTools = {
  all,
  isShown,
  isSecret,
  textOf,
  fold,
  labelsOf,
  fits,
  editable,
  find,
  has,
  fieldText,
  findIn,
  filesListed,
} as const;
export type PageTools = Tools;
export type PagePlace = Place;
