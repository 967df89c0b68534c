/** The form for writing a chat message: its text and its recipient. */

import { showsNothing } from "../../visible-text.js";
import { gettext } from "../../words.js";
import { arrange, find, flag, part, piece, setText } from "../kit/dom.js";
import { CHAT_MAX_WORDS, isTooLong } from "./message-limit.js";

/** @import { CallState } from "../../call/state.js" */

const MAX_HEIGHT = 140; // px

/** The text field and the choice of recipient (everyone, or one person). */
export class Composer {
  /** @type {Map<string, string>} seat -> nickname: everybody to choose from, and the chosen person after leaving */
  #names = new Map();
  #others = 0;
  #departed = ""; // the seat that was chosen and has left

  /** @param {HTMLElement} root @param {(text: string, to?: string) => void} send */
  constructor(root, send) {
    this.send = send;
    this.form = part(root, "composer");
    this.problem = part(root, "chat-limit");
    this.text = find(root, "#chat-text", HTMLTextAreaElement);
    this.to = find(root, "#chat-to", HTMLSelectElement);
    this.toRow = part(root, "chat-to-row");
    this.secret = part(root, "chat-secret");
    this.text.addEventListener("input", () => this.#grow());
    this.to.addEventListener("change", () => this.#drawSecret());
    this.text.addEventListener("keydown", (event) => {
      // An Enter that ends a composition: in Safari only its code tells (WebKit bug 165004).
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#submit();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /**
   * Updates the recipients. A chosen person who leaves stays chosen: a private message must not become public.
   * @param {CallState} state
   */
  draw(state) {
    const chosen = this.to.value;
    const others = Object.values(state.seats).filter((seat) => seat.id !== state.me);
    const gone = chosen !== "" && !others.some(({ id }) => id === chosen);
    const left = gone ? [{ id: chosen, nickname: this.#names.get(chosen) ?? "" }] : [];
    this.#departed = gone ? chosen : "";
    this.#others = others.length;
    this.#names = new Map([...others, ...left].map(({ id, nickname }) => [id, nickname]));
    const options = new Map([...this.to.options].map((option) => [option.value, option]));
    const words = [
      ["", gettext("Everyone")],
      ...[...this.#names].map(([id, name]) => [id, gettext("{name} only", { name })]),
    ];
    arrange(
      this.to,
      words.map(([id = "", label = ""]) => option(options.get(id), id, label)),
    );
    this.to.value = chosen;
    this.#drawSecret();
  }

  #drawSecret() {
    const { value } = this.to;
    this.toRow.hidden = this.#others < 2 && value === "";
    flag(this.form, "data-private", value !== "");
    const name = this.#names.get(value) ?? "";
    const left = value !== "" && value === this.#departed;
    const words = left
      ? gettext("{name} has left. Choose who is to read it.", { name })
      : gettext("Only {name} and you will see this.", { name });
    setText(this.secret, value === "" ? "" : words);
  }

  #submit() {
    const text = this.text.value.trim();
    if (showsNothing(text) || isTooLong(text)) return;
    if (this.#departed !== "" && this.to.value === this.#departed) return this.to.focus();
    this.send(text, this.to.value || undefined);
    this.text.value = "";
    this.#grow();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(MAX_HEIGHT, this.text.scrollHeight)}px`;
    const long = isTooLong(this.text.value.trim());
    this.problem.hidden = !long;
    setText(this.problem, long ? CHAT_MAX_WORDS : "");
  }
}

/** @param {HTMLOptionElement | undefined} known @param {string} id @param {string} label */
function option(known, id, label) {
  const made = known ?? /** @type {HTMLOptionElement} */ (piece("option"));
  made.value = id;
  setText(made, label);
  return made;
}
