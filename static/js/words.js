/**
 * Translates the page's texts. Every text passes through here, so that it is found for translation
 * (docs/translating.md). The page loads the catalogue before this; without one the words stay English.
 */

/** @typedef {Record<string, string | number>} Values */
/**
 * Django's JavaScript catalogue.
 *
 * @typedef {Object} Catalogue
 * @property {(message: string) => string} gettext
 * @property {(one: string, many: string, count: number) => string} ngettext
 */

/** @type {Catalogue} */
const ENGLISH = {
  gettext: (message) => message,
  ngettext: (one, many, count) => (count === 1 ? one : many),
};

const catalogue = /** @type {{django?: Catalogue}} */ (globalThis).django ?? ENGLISH;

/** The reader's locale: the page's language, with the region that the browser names for it. */
export const locale = readersLocale(globalThis.document?.documentElement.lang || "en");

const numbers = new Intl.NumberFormat(locale);

/**
 * A whole sentence; `{name}` in it becomes `values.name`.
 * @param {string} message @param {Values} [values]
 */
export function gettext(message, values = {}) {
  return filled(catalogue.gettext(message), values);
}

/**
 * A sentence that depends on a number, which is `{count}` in it.
 * @param {string} one @param {string} many @param {number} count @param {Values} [values]
 */
export function ngettext(one, many, count, values = {}) {
  return filled(catalogue.ngettext(one, many, count), { count, ...values });
}

/**
 * In one pass, so that a name with braces in it stays a name.
 * @param {string} words @param {Values} values
 */
function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name] ?? whole;
    return typeof value === "number" ? numbers.format(value) : value;
  });
}

/** @param {string} language @returns {string} */
function readersLocale(language) {
  const known = globalThis.document ? navigator.languages : [];
  return known.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}
