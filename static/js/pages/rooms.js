/** Entry point of the pages that list one's own rooms: link buttons, and live updates of who is inside. */

import { SignalSocket } from "../call/socket.js";
import { browserWake } from "../call/wake-events.js";
import { systemClock } from "../clock.js";
import { wireLinkButtons } from "../ui/entry/link-buttons.js";
import { RoomList } from "../ui/entry/room-list.js";
import { find, setText } from "../ui/kit/dom.js";

/** @import { ServerMessage } from "../protocol.js" */

const status = find(document, "[data-rooms-status]", HTMLElement);
wireLinkButtons(document, (words) => setText(status, words));

const list = document.querySelector("[data-rooms]");
if (list instanceof HTMLElement) follow(new RoomList(list));

/** @param {RoomList} rooms */
function follow(rooms) {
  const page = Number(list instanceof HTMLElement ? list.dataset.listPage : 1) || 1;
  const socket = new SignalSocket({ url: "/ws/live/" });
  socket.addEventListener("state", () => {
    if (socket.state === "open") socket.send({ type: "subscribe", ...(page > 1 && { list_page: page }) });
  });
  socket.addEventListener("message", (event) => {
    const message = /** @type {CustomEvent<ServerMessage>} */ (event).detail;
    if (message.type === "live") rooms.drawAll(message.rooms);
    else if (message.type === "live.room") rooms.draw(message.room);
  });
  browserWake(systemClock)(() => socket.probe());
  socket.open();
}
