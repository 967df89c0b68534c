/**
 * Keyboard navigation in the chat log. The buttons of a message are in the tab order only while the message has the
 * focus, so that Tab does not stop at hundreds of messages.
 */

const STEPS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

/**
 * Moves the focus between messages by arrow keys, Home and End.
 * @param {HTMLElement} log @param {string} selector - of a message
 * @param {Record<string, () => void>} [prepare] - by key: brings that end of the log into the document
 */
export function enableArrowKeys(log, selector, prepare = {}) {
  log.addEventListener("keydown", (event) => {
    const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    prepare[event.key]?.();
    const all = /** @type {HTMLElement[]} */ ([...log.querySelectorAll(selector)]);
    const here = all.findIndex((one) => one.contains(document.activeElement));
    const from = here === -1 ? all.length : here;
    const next = all[Math.max(0, Math.min(all.length - 1, from + step))];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
