/** Restores the focus when the element that had it is closed. */

/**
 * Focuses the first of these elements that can still take the focus. The body never counts: it has the focus when
 * nothing has.
 * @param {readonly (Element | null)[]} places
 */
export function restoreFocus(places) {
  for (const place of places) {
    if (!(place instanceof HTMLElement) || place === document.body) continue;
    place.focus();
    if (document.activeElement === place) return;
  }
}
