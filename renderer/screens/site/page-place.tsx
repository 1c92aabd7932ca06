import { type ReactNode, useEffect, useRef } from 'react';
import { quietly } from '../../bridge/bridge.ts';

/** Whatever lies over the screen: the portal's page is drawn above all of it, so it makes room. */
const over = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

const isCovered = (): boolean =>
  [...document.querySelectorAll(over)].some((element) => element.checkVisibility());

/** Where the portal's page is drawn; it follows the size of the window and steps aside for what lies over the screen. */
export function PagePlace({ label }: { readonly label: string }): ReactNode {
  const area = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    let last = '';
    const place = (): void => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const next =
        isCovered() || width < 1 || height < 1
          ? null
          : {
              x: Math.max(0, Math.round(x)),
              y: Math.max(0, Math.round(y)),
              width: Math.round(width),
              height: Math.round(height),
            };
      const told = JSON.stringify(next);
      if (told === last) return;
      last = told;
      void quietly(window.officina.placeSite({ place: next }));
    };
    const sizes = new ResizeObserver(place);
    sizes.observe(element);
    sizes.observe(document.body);
    const coverings = new MutationObserver(place);
    coverings.observe(document.body, { childList: true, subtree: true });
    place();
    return () => {
      sizes.disconnect();
      coverings.disconnect();
      void quietly(window.officina.placeSite({ place: null }));
    };
  }, []);
  return <section ref={area} className="site-page" aria-label={label} />;
}
