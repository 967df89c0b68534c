/** Entry point of the room's page (green room, call, goodbye): creates the parts and connects them. */

import { Meeting } from "../call/meeting.js";
import { SeatKey } from "../call/seat-key.js";
import { Mesh } from "../call/webrtc/mesh.js";
import { Devices } from "../media/devices.js";
import { Screen } from "../media/screen.js";
import { JsonStorage } from "../storage.js";
import { GreenRoom } from "../ui/entry/green-room.js";
import { part } from "../ui/kit/dom.js";
import { redrawOnFrame } from "../ui/kit/redraw.js";
import { CallView } from "./room/call-view.js";
import { roomConfig } from "./room/config.js";
import { Switches } from "./room/switches.js";

const config = roomConfig();
const root = part(document, "room");
const socket = new URL(config.socket, location.href.replace(/^http/, "ws")).href;
const unsent = new JsonStorage("sessionStorage", `lanai:unsent:${config.slug}`);
const meeting = new Meeting({
  url: socket,
  key: new SeatKey({ slug: config.slug }),
  createTransport: (options) => new Mesh(options),
  unsent,
});
meeting.open();

const person = new JsonStorage("localStorage", "lanai:person");
const habits = new JsonStorage("localStorage", "lanai:switches");
const visit = new JsonStorage("sessionStorage", `lanai:call:${config.slug}`);
const devices = new Devices();
const screen = new Screen(new JsonStorage("localStorage", "lanai:screen"));
const switches = new Switches({
  meeting,
  devices,
  screen,
  tell: (words) => view.tell(words),
  mutedSpeech: () => view.hints.mutedHint.show(),
});
const view = new CallView(root, { config, meeting, devices, screen, switches, rename });

const green = new GreenRoom(part(root, "green"), {
  devices,
  self: switches.self,
  toggleMic: () => switches.mic(),
  toggleCam: () => switches.cam(),
  mayExceedCapacity: config.may_exceed_capacity,
  join,
});

/** @param {string} nickname */
async function join(nickname) {
  await meeting.join({ nickname, mic: devices.mic.on, cam: devices.cam.on });
  remember();
}

/** @param {string} nickname */
async function rename(nickname) {
  const changed = meeting.nicknameSync.change(nickname);
  remember(); // a reload must not undo it
  await changed.finally(remember);
}

/** Stores name and switches, so that a reload during a call rejoins with them. */
function remember() {
  if (meeting.store.state.phase !== "in") return;
  const chosen = { mic: devices.mic.wanted && !switches.talking, cam: devices.cam.wanted };
  const { nickname } = meeting.nicknameSync;
  visit.save({ nickname, ...chosen });
  person.save({ nickname });
  habits.save(chosen);
}

function draw() {
  const { state } = meeting.store;
  green.draw(state);
  view.draw(state);
  // After a lost connection they are kept: "Rejoin" takes the same seat again.
  if (state.phase === "left" && state.bye?.code !== "gave_up") {
    visit.clear();
    unsent.clear();
  }
}

meeting.store.subscribe(redrawOnFrame(draw));
devices.addEventListener("change", remember);

const before = visit.load();
if (green.name.value === "") green.name.value = String(before.nickname ?? person.load().nickname ?? "");
if (typeof before.nickname === "string") {
  green.name.value = before.nickname;
  root.toggleAttribute("data-rejoining", true);
  void green.join().finally(() => root.removeAttribute("data-rejoining"));
}
const usual = { mic: true, cam: true, ...habits.load(), ...before };
void devices.start({ mic: usual.mic !== false, cam: usual.cam !== false });
green.drawDevices();
draw();
