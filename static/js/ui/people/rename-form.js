/** Renders the form for my own nickname. */

import { showsNothing } from "../../visible-text.js";
import { gettext } from "../../words.js";
import { find, part, piece, setAttribute, setText } from "../kit/dom.js";
import { errorWords } from "../kit/problem-words.js";

/** @import { Problem } from "../../call/socket.js" */

/**
 * @typedef {Object} RenameActs
 * @property {(nickname: string) => Promise<void>} change - rejects with a Problem
 * @property {(words: string) => void} tell
 * @property {() => void} closed - called when the form closes
 */

/**
 * The form that changes my own nickname. It stays open until the server has answered, and offers a free nickname when
 * the wanted one is taken.
 */
export class RenameForm {
  isOpen = false;
  #online = true;
  #pending = false;

  /** @param {RenameActs} acts */
  constructor(acts) {
    this.acts = acts;
    this.element = piece("rename");
    this.field = find(this.element, "#rename-name", HTMLInputElement);
    this.save = find(this.element, '[data-part="rename-save"]', HTMLButtonElement);
    this.suggestion = part(this.element, "rename-suggestion");
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation(); // the panel stays open
      this.close();
    });
    part(this.element, "rename-cancel").addEventListener("click", () => this.close());
    this.suggestion.addEventListener("click", () => {
      this.field.value = this.suggestion.dataset.name ?? "";
      this.field.focus();
      void this.#submit();
    });
  }

  /**
   * Opens the form with the text selected.
   * @param {string} nickname - the present one
   */
  open(nickname) {
    this.isOpen = true;
    this.field.value = nickname;
    this.#explain("");
    this.field.focus();
    this.field.select();
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.acts.closed();
  }

  /** @param {boolean} online */
  draw(online) {
    this.#online = online;
    this.save.disabled = this.#pending;
    const waits = this.#pending && !online;
    const words = waits ? gettext("Your name changes as soon as you are connected again.") : "";
    setText(part(this.element, "rename-waits"), words);
  }

  async #submit() {
    const nickname = this.field.value.trim();
    if (this.#pending) return;
    if (showsNothing(nickname)) return this.#explain(gettext("Please enter your name."));
    this.#setPending(true);
    this.#explain("");
    try {
      await this.acts.change(nickname);
      this.close();
    } catch (error) {
      this.#refused(/** @type {Problem} */ (error));
    } finally {
      this.#setPending(false);
    }
  }

  /** @param {boolean} pending */
  #setPending(pending) {
    this.#pending = pending;
    this.draw(this.#online);
  }

  /** @param {Problem} problem */
  #refused(problem) {
    const words = errorWords(problem);
    if (this.isOpen) this.#explain(words, problem.suggestion);
    else this.acts.tell(words);
  }

  /** @param {string} words @param {string | null} [suggestion] */
  #explain(words, suggestion = null) {
    setText(part(this.element, "rename-problem"), words);
    setAttribute(this.field, "aria-invalid", words === "" ? null : "true");
    this.suggestion.hidden = suggestion === null;
    this.suggestion.dataset.name = suggestion ?? "";
    setText(this.suggestion, suggestion === null ? "" : gettext("Use “{name}”", { name: suggestion }));
  }
}
