/** A line that goes takes the focus with it; the keyboard goes on at the top of the screen beneath. */
export function toScreen(): void {
  document.querySelector('main')?.focus({ preventScroll: true });
}
