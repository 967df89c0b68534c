/** Restores the focus when the element that had it is closed. */

/**
 * To the first of these that is still there to take it. Who opened something by mouse goes on where they were.
 * @param {readonly (Element | null)[]} places
 */
export function restoreFocus(places) {
  for (const place of places) {
    if (!(place instanceof HTMLElement) || place === document.body) continue;
    place.focus();
    if (document.activeElement === place) return;
  }
}
