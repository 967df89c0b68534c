/** Finds elements and clones templates. Text always goes in by textContent. */

/**
 * The element marked data-part="name".
 * @param {ParentNode} root @param {string} name
 * @returns {HTMLElement}
 */
export function part(root, name) {
  return find(root, `[data-part="${name}"]`, HTMLElement);
}

/**
 * @template {Element} T
 * @param {ParentNode} root @param {string} selector @param {new () => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (found === null || !isOf(found, type)) throw new Error(`The page has no ${selector}`);
  return found;
}

/**
 * What moves to another window gets that window's classes in Firefox, and keeps ours in Chromium.
 * @template {Element} T
 * @param {Element} element @param {new () => T} type
 * @returns {element is T}
 */
function isOf(element, type) {
  const there = /** @type {Record<string, any> | null} */ (element.ownerDocument.defaultView)?.[type.name] ?? type;
  return element instanceof type || element instanceof there;
}

/**
 * A fresh copy of <template id="piece-name">.
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
 * Writes only what changed: screen readers and selections notice every write.
 * @param {Element} element @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} name @param {string | null} value - null takes it away */
export function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** @param {Element} element @param {string} name @param {boolean} on */
export function flag(element, name, on) {
  setAttribute(element, name, on ? "" : null);
}

/**
 * Puts children in order, moving only those out of place, and never the one that has the focus: it would lose it.
 * @param {Element} parent @param {readonly Element[]} children
 */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  const active = parent.contains(document.activeElement) ? document.activeElement : null;
  const held = active && children.find((child) => child.contains(active));
  let next = parent.firstElementChild;
  for (const child of children) {
    while (child === held && next !== null && next !== held) next = putOff(next);
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

/**
 * Moves an element behind all others.
 * @param {Element} element
 * @returns {Element | null} what came after it
 */
function putOff(element) {
  const next = element.nextElementSibling;
  element.parentElement?.append(element);
  return next;
}
