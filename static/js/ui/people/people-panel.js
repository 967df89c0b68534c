/** Renders the people panel. */

import { raisedHands } from "../../call/selectors.js";
import { gettext } from "../../words.js";
import { avatarColour, initials } from "../kit/avatar.js";
import { arrange, find, flag, part, piece, setAttribute, setText } from "../kit/dom.js";
import { matchesName, PeopleSearch } from "./people-search.js";
import { RenameForm } from "./rename-form.js";

/**
 * @import { CallState } from "../../call/state.js"
 * @import { Seat } from "../../protocol.js"
 */

/** The list of participants with their states: search, my own rename form, and for the host removal. */
export class PeoplePanel {
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();

  /** @type {CallState | null} */
  #state = null;

  /**
   * @param {HTMLElement} root
   * @param {Object} acts
   * @param {(seatId: string) => void} acts.remove
   * @param {(nickname: string) => Promise<void>} acts.rename
   * @param {(words: string) => void} acts.tell
   */
  constructor(root, { remove, rename, tell }) {
    this.remove = remove;
    this.list = part(root, "people-list");
    this.count = part(root, "people-count");
    this.badge = part(root, "people-badge");
    this.search = new PeopleSearch(root, () => this.#drawFound());
    this.form = new RenameForm({ change: rename, tell, closed: () => this.#closeForm() });
  }

  /** Opens the form for my own nickname. The panel must be open. */
  rename() {
    const mine = this.#mine;
    if (mine === null) return;
    this.search.clear();
    flag(mine.row, "data-renaming", true);
    mine.row.append(this.form.element);
    this.form.open(mine.seat.nickname);
  }

  #closeForm() {
    const row = this.form.element.parentElement;
    const held = this.form.element.contains(document.activeElement);
    this.form.element.remove();
    if (row === null) return;
    flag(row, "data-renaming", false);
    if (held) part(row, "rename").focus();
  }

  /** My own seat and row, or null before the first drawing. */
  get #mine() {
    const { me = null, seats = {} } = this.#state ?? {};
    const [seat, row] = [seats[me ?? ""], this.#rows.get(me ?? "")];
    return seat === undefined || row === undefined ? null : { seat, row };
  }

  /**
   * Draws the list: raised hands in the order raised, then me, then the others by name.
   * @param {CallState} state
   */
  draw(state) {
    this.#state = state;
    const waiting = raisedHands(state);
    const rest = Object.values(state.seats)
      .filter((seat) => !waiting.includes(seat))
      .sort((a, b) => Number(b.id === state.me) - Number(a.id === state.me) || a.nickname.localeCompare(b.nickname));
    const seats = [...waiting, ...rest];
    for (const id of this.#rows.keys()) if (!(id in state.seats)) this.#rows.delete(id);
    const held = this.list.contains(document.activeElement);
    setText(this.count, String(seats.length));
    setAttribute(this.badge, "data-words", String(seats.length));
    arrange(
      this.list,
      seats.map((seat, index) => this.#rowOf(seat, state, index < waiting.length ? index + 1 : 0)),
    );
    this.form.draw(state.link === "open");
    this.#drawFound();
    // The row that had the focus is gone: keep the focus in the list.
    if (held && !this.list.contains(document.activeElement)) this.list.focus();
  }

  #drawFound() {
    const seats = Object.values(this.#state?.seats ?? {});
    const { query } = this.search;
    const found = seats.filter(({ nickname }) => matchesName(query, nickname));
    for (const seat of seats) {
      const row = this.#rows.get(seat.id);
      if (row) row.hidden = !found.includes(seat);
    }
    this.search.draw(seats.length, found.length);
  }

  /** @param {Seat} seat @param {CallState} state @param {number} turn - place among the raised hands, or 0 */
  #rowOf(seat, state, turn) {
    const row = this.#rows.get(seat.id) ?? this.#make(seat);
    this.#rows.set(seat.id, row);
    this.#drawRow(row, seat, state);
    part(row, "hand").hidden = turn === 0;
    setText(part(row, "turn"), String(turn));
    return row;
  }

  /** @param {Seat} seat */
  #make(seat) {
    const row = piece("person");
    part(row, "remove").addEventListener("click", () => this.remove(seat.id));
    part(row, "rename").addEventListener("click", () => this.rename());
    return row;
  }

  /** @param {HTMLElement} row @param {Seat} seat @param {CallState} state */
  #drawRow(row, seat, state) {
    const self = seat.id === state.me;
    const avatar = part(row, "avatar");
    setText(avatar, initials(seat.nickname));
    setAttribute(avatar, "data-colour", String(avatarColour(seat.nickname)));
    setText(part(row, "name"), seat.nickname);
    setText(part(row, "notes"), notes(seat, state, self));
    part(row, "mic-off").hidden = self ? state.local.mic : seat.mic;
    part(row, "cam-off").hidden = self ? state.local.cam : seat.cam;
    part(row, "rename").hidden = !self;
    const remove = find(row, '[data-part="remove"]', HTMLButtonElement);
    remove.hidden = self || state.seats[state.me ?? ""]?.role !== "host";
    setAttribute(remove, "aria-label", gettext("Remove {name}", { name: seat.nickname }));
  }
}

/** @param {Seat} seat @param {CallState} state @param {boolean} self */
function notes(seat, state, self) {
  const words = [];
  if (self) words.push(gettext("you"));
  if (seat.role === "host") words.push(gettext("host"));
  if (seat.guest) words.push(gettext("guest"));
  if (seat.spotlight) words.push(gettext("in the spotlight"));
  if (self ? state.local.screen : seat.screen) words.push(gettext("sharing a screen"));
  const peer = self ? "connected" : (state.peers[seat.id] ?? "connecting");
  if (peer === "trouble" || peer === "failed")
    words.push(seat.away ? gettext("reconnecting") : gettext("trouble connecting"));
  return words.join(" · ");
}
