/**
 * Translates the page's texts. Every text is passed to `gettext` or `ngettext`, so that it is extracted for translation
 * (docs/translating.md). The page loads the catalogue first; without one the texts stay in English.
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

/** The page's language, with the region that the browser's languages have for it. */
export const locale = readersLocale(globalThis.document?.documentElement.lang || "en");

const numbers = new Intl.NumberFormat(locale);

/**
 * Translates a whole sentence and replaces `{name}` in it by `values.name`.
 * @param {string} message @param {Values} [values]
 */
export function gettext(message, values = {}) {
  return filled(catalogue.gettext(message), values);
}

/**
 * Translates a sentence that depends on a number, which is `{count}` in it.
 * @param {string} one @param {string} many @param {number} count @param {Values} [values]
 */
export function ngettext(one, many, count, values = {}) {
  return filled(catalogue.ngettext(one, many, count), { count, ...values });
}

/**
 * Replaces in one pass, so that braces in a nickname are not replaced.
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
