// People who write in the chat of one room, each with the page's own modules (static/js/call) and no media.
//
//     node --experimental-websocket tests/bench/chatters.js '{"people": [...], "messages": 1000, "every": 120}'
//
// A person is {urls, cookie}: they dial one address after the other, as they would behind a proxy. Each writes
// their share of the messages, one every so many milliseconds, or all at once. Tells on lines of JSON: {"seated"}, upon
// which they wait for a word on the standard input, {"said": count} as they go, and at last {"read": [[text, …], …]}, what each has in the chat then, in order.

import { Meeting } from "../../static/js/call/meeting.js";
import { SeatKey } from "../../static/js/call/seat-key.js";
import { SignalSocket } from "../../static/js/call/socket.js";
import { systemClock } from "../../static/js/clock.js";

const PATIENCE_MS = 120_000;
const LOOK_MS = 100;

/** In place of the mesh: nobody here has a camera. */
class NoMedia extends EventTarget {
  setIceServers() {}
  prepare() {}
  update() {}
  receive() {}
  undelivered() {}
  wake() {}
  close() {}
  async flows() {
    return false;
  }
}

/** @param {{urls: string[], cookie: string}} person @param {number} number */
function sitDown({ urls, cookie }, number) {
  let dials = 0;
  const meeting = new Meeting({
    url: urls[0],
    key: new SeatKey({ slug: "bench", storage: null, locks: null }),
    clock: systemClock,
    wake: () => () => {},
    createTransport: () => new NoMedia(),
    createSocket: (options) =>
      new SignalSocket({
        ...options,
        createWebSocket() {
          const url = urls[dials++ % urls.length];
          const socket = new WebSocket(url, {
            headers: { cookie, origin: url.replace("ws", "http").replace(/\/ws\/.*/, "") },
          });
          // Node says no "close" where nobody listens.
          socket.onerror = () => queueMicrotask(() => socket.onclose?.());
          return socket;
        },
      }),
  });
  return { meeting, joined: meeting.join({ nickname: `Person ${number}`, mic: false, cam: false }) };
}

const tell = (fact) => console.log(JSON.stringify(fact));
const until = async (probe) => {
  const deadline = Date.now() + PATIENCE_MS;
  while (!probe() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
};

const { people, messages, every } = JSON.parse(process.argv[2]);
const seated = people.map(sitDown);
await Promise.all(seated.map(({ joined }) => joined));
tell({ seated: seated.length });
await new Promise((resolve) => process.stdin.once("data", resolve));

const share = Math.ceil(messages / seated.length);
let said = 0;
await Promise.all(
  seated.map(async ({ meeting }, person) => {
    for (let number = 0; number < share && said < messages; number += 1) {
      said += 1;
      meeting.sendChat(`${person} ${number}`);
      if (said % 50 === 0) tell({ said });
      if (every > 0) await new Promise((resolve) => setTimeout(resolve, every));
    }
  }),
);
const sent = ({ meeting }) => meeting.store.state.chat.filter(({ status }) => status === "sent").length;
await until(() => seated.every((one) => sent(one) >= messages));
tell({
  read: seated.map(({ meeting }) =>
    meeting.store.state.chat.map(({ text, status }) => `${text}${status === "sent" ? "" : ` ${status}`}`),
  ),
});
process.exit(0);
