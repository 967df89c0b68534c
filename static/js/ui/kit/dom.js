/** Finds, creates and updates elements. Text is only ever set by textContent, never as HTML. */

/**
 * The first element with data-part="name". Throws when there is none.
 * @param {ParentNode} root @param {string} name
 * @returns {HTMLElement}
 */
export function part(root, name) {
  return find(root, `[data-part="${name}"]`, HTMLElement);
}

/**
 * The first element that matches a selector and has the given class. Throws when there is none.
 * @template {Element} T
 * @param {ParentNode} root @param {string} selector @param {new () => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (found === null || !isInstance(found, type)) throw new Error(`The page has no ${selector}`);
  return found;
}

/**
 * Like instanceof, also for elements adopted by another window (picture-in-picture): there they get that window's
 * classes in Firefox, and keep this window's in Chromium.
 * @template {Element} T
 * @param {Element} element @param {new () => T} type
 * @returns {element is T}
 */
function isInstance(element, type) {
  const there = /** @type {Record<string, any> | null} */ (element.ownerDocument.defaultView)?.[type.name] ?? type;
  return element instanceof type || element instanceof there;
}

/**
 * Clones <template id="piece-name">. Throws when it is missing or empty.
 * @param {string} name
 * @returns {HTMLElement}
 */
export function piece(name) {
  const template = find(document, `#piece-${name}`, HTMLTemplateElement);
  const copy = template.content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new Error(`Empty piece ${name}`);
  return copy;
}

/**
 * Sets the text of an element only if it differs: every write disturbs screen readers and text selections.
 * @param {Element} element @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Sets an attribute only if it differs.
 * @param {Element} element @param {string} name @param {string | null} value - null removes it
 */
export function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * Adds or removes an attribute without a value.
 * @param {Element} element @param {string} name @param {boolean} on
 */
export function flag(element, name, on) {
  setAttribute(element, name, on ? "" : null);
}

/**
 * Makes the given elements the only children, in this order. Moves only those out of place, and never the one that
 * contains the focus: moving it would blur it.
 * @param {Element} parent @param {readonly Element[]} children
 */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  const active = parent.contains(document.activeElement) ? document.activeElement : null;
  const focused = active && children.find((child) => child.contains(active));
  let next = parent.firstElementChild;
  for (const child of children) {
    while (child === focused && next !== null && next !== focused) next = moveToEnd(next);
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

/**
 * Moves an element to the end of its parent.
 * @param {Element} element
 * @returns {Element | null} its former next sibling
 */
function moveToEnd(element) {
  const next = element.nextElementSibling;
  element.parentElement?.append(element);
  return next;
}
