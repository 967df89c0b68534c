/** Draws buttons with two states. */

import { find, setAttribute, setText } from "./dom.js";

/**
 * Draws a toggle button whose label says what pressing it does, and therefore has no aria-pressed.
 * @param {HTMLElement} button - with data-label-on and data-label-off, the names for each state
 * @param {boolean} on
 */
export function drawToggle(button, on) {
  const state = on ? "On" : "Off";
  const label = button.dataset[`label${state}`] ?? "";
  setAttribute(button, "data-on", String(on));
  setAttribute(button, "aria-label", label);
  setAttribute(button, "title", label);
  const caption = button.dataset[`caption${state}`];
  if (caption !== undefined) setText(find(button, "[data-caption]", HTMLElement), caption);
}
