/** Updates the list of "My rooms". */

import { formatList } from "../../formats.js";
import { gettext } from "../../words.js";
import { find, setAttribute, setText } from "../kit/dom.js";

/** @import { LiveRoom } from "../../protocol.js" */

/** The server-rendered rows of "My rooms", kept up to date with names and participants. */
export class RoomList {
  #list;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#list = list;
  }

  /**
   * Draws all rooms of the account, and asks for a reload when a row is missing or left over. A page may show only the
   * latest open rooms.
   * @param {readonly LiveRoom[]} rooms
   */
  drawAll(rooms) {
    for (const room of rooms) this.draw(room);
    const gone = this.#slugs().some((slug) => !rooms.some((room) => room.slug === slug));
    const latest = rooms.find((room) => room.open);
    const added = latest !== undefined && this.#row(latest.slug) === null;
    find(document, "[data-list-changed]", HTMLElement).hidden = !gone && !added;
  }

  /**
   * Updates the row of one room, if the page has it.
   * @param {LiveRoom} room
   */
  draw(room) {
    const row = this.#row(room.slug);
    if (row === null) return;
    const title = room.name || room.slug;
    const before = Number(row.dataset.people);
    setText(find(row, "[data-name]", HTMLElement), title);
    setText(find(row, "[data-inside]", HTMLElement), inside(room.people));
    setAttribute(row, "data-named", room.name ? "yes" : "no");
    setAttribute(row, "data-open", room.open ? "yes" : "no");
    setAttribute(row, "data-people", String(room.people.length));
    if (before === 0 && room.people.length > 0) {
      this.#tell(gettext("{names} in {room}", { names: formatList(room.people), room: title }));
    }
  }

  /** @param {string} slug @returns {HTMLElement | null} */
  #row(slug) {
    return this.#list.querySelector(`[data-room="${CSS.escape(slug)}"]`);
  }

  #slugs() {
    return Array.from(this.#list.querySelectorAll("[data-room]"), (row) => row.getAttribute("data-room") ?? "");
  }

  /** @param {string} words */
  #tell(words) {
    setText(find(document, "[data-rooms-status]", HTMLElement), words);
  }
}

/** @param {readonly string[]} people */
function inside(people) {
  return people.length > 0 ? gettext("Inside: {names}", { names: people.join(", ") }) : gettext("Nobody inside");
}
