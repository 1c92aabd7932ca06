import type { PageKind } from './portal-map.ts';

/** What is put into the page's form. */
export type WantedForm = {
  readonly subject: string;
  readonly description: string;
  /** Absolute paths of the frozen copies, with the names the page will read. */
  readonly files: readonly { readonly path: string; readonly name: string }[];
};

/** Why a part of the form was not filled in. */
export type NotFilled = 'not-found' | 'too-long' | 'too-many' | 'too-large' | 'not-taken' | 'differs';

/** One part of the form: read back as it was wanted, or why not. */
export type FilledPart =
  | { readonly kind: 'filled'; readonly done: number; readonly wanted: number }
  | { readonly kind: 'not-filled'; readonly why: NotFilled; readonly done: number; readonly wanted: number };

/** `done` and `wanted` count characters of the subject, lines of the description, files. */
export type FilledForm = {
  readonly subject: FilledPart;
  readonly description: FilledPart;
  readonly files: FilledPart;
  /** Names of the wanted files that the page lists. */
  readonly listed: readonly string[];
};

/** The page as the map knows it. `number` where the page is a ticket's. */
export type PageReading = {
  readonly kind: PageKind | 'unknown';
  readonly number: string | null;
  /** The button that is the person's to press stands on the page. */
  readonly hasSubmit: boolean;
};
