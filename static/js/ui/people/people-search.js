/**
 * The search field of the people panel, where there are many people: matches any part of a name, whatever its case and
 * accents.
 */

import { gettext, ngettext } from "../../words.js";
import { find, part, setText } from "../kit/dom.js";

const MANY = 6; // so many are seen at a glance

/** Letters that differ from plain ones by more than a mark above or below. @type {Record<string, string>} */
const PLAIN = { æ: "ae", ð: "d", đ: "d", ħ: "h", ı: "i", ł: "l", ø: "o", œ: "oe", ß: "ss", þ: "th" };

/** @param {string} text */
export function folded(text) {
  const bare = text
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();
  return bare.replace(/[æðđħıłøœßþ]/g, (letter) => PLAIN[letter] ?? letter);
}

/**
 * @param {string} query - each of its words must be somewhere in the name
 * @param {string} nickname
 */
export function matchesName(query, nickname) {
  const name = folded(nickname);
  return folded(query)
    .split(/\s+/)
    .every((word) => name.includes(word));
}

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
      event.stopPropagation(); // the panel closes at the next one
      this.clear();
    });
  }

  get query() {
    return this.field.value.trim();
  }

  clear() {
    if (this.field.value === "") return;
    this.field.value = "";
    this.changed();
  }

  /** @param {number} people @param {number} found */
  draw(people, found) {
    // Whoever is searching goes on searching when somebody leaves.
    this.home.hidden = people <= MANY && this.field.value === "" && document.activeElement !== this.field;
    setText(this.words, this.query === "" ? "" : foundWords(found));
  }
}

/** @param {number} found */
function foundWords(found) {
  if (found === 0) return gettext("Nobody here has that name.");
  return ngettext("{count} person found", "{count} people found", found);
}
