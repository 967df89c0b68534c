/** Searches the people panel by name, ignoring case and accents. */

import { gettext, ngettext } from "../../words.js";
import { find, part, setText } from "../kit/dom.js";

const SEARCH_FROM = 6; // no search field up to this many people

/** Letters that NFKD does not decompose into a plain letter and a mark. @type {Record<string, string>} */
const PLAIN = { æ: "ae", ð: "d", đ: "d", ħ: "h", ı: "i", ł: "l", ø: "o", œ: "oe", ß: "ss", þ: "th" };

/**
 * A text without case and accents, for comparison.
 * @param {string} text
 */
export function folded(text) {
  const bare = text
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();
  return bare.replace(/[æðđħıłøœßþ]/g, (letter) => PLAIN[letter] ?? letter);
}

/**
 * Whether a nickname contains every word of a query.
 * @param {string} query - each of its words must be somewhere in the name
 * @param {string} nickname
 */
export function matchesName(query, nickname) {
  const name = folded(nickname);
  return folded(query)
    .split(/\s+/)
    .every((word) => name.includes(word));
}

/** The search field, shown when there are more than six people. */
export class PeopleSearch {
  /** @param {HTMLElement} root @param {() => void} changed */
  constructor(root, changed) {
    this.changed = changed;
    this.home = part(root, "people-search");
    this.field = find(root, "#people-query", HTMLInputElement);
    this.words = part(root, "people-found");
    this.field.addEventListener("input", changed);
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.field.value === "") return;
      event.preventDefault();
      event.stopPropagation(); // only the next Escape closes the panel
      this.clear();
    });
  }

  get query() {
    return this.field.value.trim();
  }

  /** Empties the field. */
  clear() {
    if (this.field.value === "") return;
    this.field.value = "";
    this.changed();
  }

  /**
   * Shows the number of people found.
   * @param {number} people @param {number} found
   */
  draw(people, found) {
    // A search in progress goes on when people leave.
    this.home.hidden = people <= SEARCH_FROM && this.field.value === "" && document.activeElement !== this.field;
    setText(this.words, this.query === "" ? "" : foundWords(found));
  }
}

/** @param {number} found */
function foundWords(found) {
  if (found === 0) return gettext("Nobody here has that name.");
  return ngettext("{count} person found", "{count} people found", found);
}
