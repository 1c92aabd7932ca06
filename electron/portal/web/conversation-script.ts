import type { PagePlace, PageTools } from './page-tools.ts';

export type ConversationPlaces = {
  readonly entries: PagePlace;
  readonly around: PagePlace | null;
  readonly author: PagePlace;
  readonly time: { readonly finder: PagePlace; readonly attribute: string | null };
  readonly text: PagePlace;
  readonly wordless: PagePlace | null;
  readonly id: { readonly attribute: string | null } | null;
  readonly files: PagePlace;
  readonly me: PagePlace | null;
  readonly newestFirst: boolean;
};

/**
 * What a ticket's page shows of its conversation, the newest entries where there are too many, and which of its signs of a state are
 * there. Written out and run in the page as those of page-scripts.ts are.
 */
export function conversationScript(
  {
    conversation,
    states,
    most,
    mostChars,
  }: {
    readonly conversation: ConversationPlaces | null;
    readonly states: readonly { readonly finder: PagePlace; readonly words: readonly string[] }[];
    readonly most: number;
    readonly mostChars: number;
  },
  tools: PageTools,
) {
  const who = (element: Element | null) => {
    if (element === null) return null;
    const link =
      element instanceof HTMLAnchorElement
        ? element
        : Element.prototype.querySelector.call(element, 'a[href]');
    return {
      name: tools.textOf(element).trim().slice(0, 200),
      link: link instanceof HTMLAnchorElement ? `${link.pathname}${link.search}`.slice(0, 500) : '',
    };
  };
  const body = tools.all('body')[0] ?? null;
  const seen = states.map(({ finder, words }) => {
    const wanted = words.map((word) => tools.fold(word));
    const shown = finder.selectors
      .flatMap((selector) => tools.all(selector))
      .filter((element) => tools.isShown(element));
    const named = shown.length > 0 || body === null ? null : tools.findIn(body, finder);
    return (named === null ? shown : [named]).some(
      (element) => wanted.length === 0 || wanted.includes(tools.fold(tools.textOf(element))),
    );
  });
  if (conversation === null)
    return { entries: [], total: 0, saysMore: false, me: null, language: '', states: seen };
  const { entries: place, author, time, text, wordless, id, files, newestFirst } = conversation;
  const groups = place.selectors.map((selector) =>
    tools.all(selector).filter((element) => tools.isShown(element)),
  );
  const all = groups.find((group) => group.length > 0) ?? [];
  const inOrder = newestFirst ? [...all].reverse() : all;
  // In a narrow window a page folds the name of whoever is logged in away.
  const me =
    conversation.me === null
      ? null
      : (conversation.me.selectors
          .map((selector) => tools.all(selector))
          .find((group) => group.length === 1)?.[0] ?? tools.find(conversation.me, 'any'));
  const around = conversation.around === null ? null : tools.find(conversation.around, 'any');
  let left = mostChars;
  const entries = inOrder
    .slice(-most)
    .reverse()
    .map((entry) => {
      const ask = (element: Element | null, attribute: string | null): string | null =>
        element === null
          ? null
          : attribute === null
            ? tools.textOf(element).trim()
            : Element.prototype.getAttribute.call(element, attribute);
      const words = tools.findIn(entry, text);
      const said = words === null ? null : tools.textOf(words);
      const isWhole = said === null || said.length <= Math.min(60_000, left);
      left -= isWhole ? (said?.length ?? 0) : 0;
      return {
        author: who(tools.findIn(entry, author)),
        time: (ask(tools.findIn(entry, time.finder), time.attribute) ?? '').slice(0, 200),
        text: isWhole ? said : null,
        isWhole,
        isWordless:
          wordless?.selectors.some((selector) => Element.prototype.matches.call(entry, selector)) ?? false,
        id: id === null ? null : (ask(entry, id.attribute) ?? '').slice(0, 200),
        files: tools.filesListed(files, entry).slice(0, 100),
      };
    })
    .reverse();
  return {
    entries,
    total: all.length,
    saysMore: around !== null && tools.textOf(around).trim() !== '',
    me: who(me),
    language: String(Element.prototype.getAttribute.call(document.documentElement, 'lang') ?? '').slice(
      0,
      20,
    ),
    states: seen,
  };
}
