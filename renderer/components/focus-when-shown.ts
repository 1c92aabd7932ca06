/** A `ref` for what takes the place of the control just pressed: the next key goes on from there, and a reader says what came. */
export function focusWhenShown(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}
