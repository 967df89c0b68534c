/** Renders the call from its state: creates the parts of the page and connects them. */

import { CallSummary } from "../../call/call-summary.js";
import { raisedHands } from "../../call/selectors.js";
import { systemClock } from "../../clock.js";
import { Volumes, volumeCanBeSet } from "../../media/volumes.js";
import { keepScreenOn } from "../../media/wake-lock.js";
import { JsonStorage } from "../../storage.js";
import { ChatPanel } from "../../ui/chat/chat-panel.js";
import { arrivalWords } from "../../ui/chat/chat-words.js";
import { saveChat } from "../../ui/chat/save-chat.js";
import { ControlBar } from "../../ui/controls/control-bar.js";
import { closeDialogs, confirmRemove, showDevices } from "../../ui/controls/dialogs.js";
import { Reactions } from "../../ui/controls/reactions.js";
import { ShortcutSheet } from "../../ui/controls/shortcut-sheet.js";
import { SidePanel } from "../../ui/controls/side-panel.js";
import { DevicesForm } from "../../ui/entry/devices-form.js";
import { showGoodbye } from "../../ui/entry/goodbye.js";
import { wireInviteButtons } from "../../ui/entry/invite-buttons.js";
import { copyText } from "../../ui/kit/clipboard.js";
import { Coalescer } from "../../ui/kit/coalescer.js";
import { part } from "../../ui/kit/dom.js";
import { errorWords } from "../../ui/kit/problem-words.js";
import { Announcer } from "../../ui/notices/announcer.js";
import { callNotices } from "../../ui/notices/call-notices.js";
import { ConnectionStatus } from "../../ui/notices/connection-status.js";
import { PushToTalkHint } from "../../ui/notices/push-to-talk-hint.js";
import { ReactionAnnouncer } from "../../ui/notices/reaction-announcer.js";
import { Toasts } from "../../ui/notices/toasts.js";
import { PeoplePanel } from "../../ui/people/people-panel.js";
import { PipWindow } from "../../ui/stage/pip-window.js";
import { RemoteAudio } from "../../ui/stage/remote-audio.js";
import { Stage } from "../../ui/stage/stage.js";
import { TileMenu } from "../../ui/stage/tile-menu.js";
import { gettext } from "../../words.js";
import { CallHints } from "./call-hints.js";
import { KeyBindings } from "./key-bindings.js";

/**
 * @import { ChatEntry } from "../../call/chat/log.js"
 * @import { Meeting } from "../../call/meeting.js"
 * @import { CallState } from "../../call/state.js"
 * @import { Devices } from "../../media/devices.js"
 * @import { Screen } from "../../media/screen.js"
 * @import { Actions } from "../../ui/controls/control-bar.js"
 * @import { Problem } from "../../ui/kit/problem-words.js"
 * @import { RoomConfig } from "./config.js"
 * @import { Switches } from "./switches.js"
 */

/**
 * @typedef {Object} Parts
 * @property {RoomConfig} config
 * @property {Meeting} meeting
 * @property {Devices} devices
 * @property {Screen} screen
 * @property {Switches} switches
 * @property {(nickname: string) => Promise<void>} rename
 */

const ARRIVALS = { burst: 1, interval: 2_000 }; // one toast in two seconds, however many messages arrive

/** The page between "Join now" and "Leave": stage, chat, people, controls and notices. */
export class CallView {
  /** @type {CallState | null} */
  #before = null;

  /** @param {HTMLElement} root @param {Parts} parts */
  constructor(root, parts) {
    const { config, meeting, devices, screen, rename } = parts;
    this.root = root;
    this.parts = parts;
    this.toasts = new Toasts(root, new Announcer(), systemClock);
    this.devicesForm = new DevicesForm(part(root, "devices"), devices);
    this.status = new ConnectionStatus(root, this.toasts.announcer, config.name);
    this.pushToTalkHint = new PushToTalkHint(root, this.toasts.announcer);
    this.sheet = new ShortcutSheet(new JsonStorage("localStorage", "lanai:keys"));
    this.volumes = new Volumes(new JsonStorage("sessionStorage", `lanai:volumes:${config.slug}`));
    this.remoteAudio = new RemoteAudio(root, meeting.transport, { devices, volumes: this.volumes });
    this.stage = this.#makeStage();
    this.tileMenu = this.#makeTileMenu();
    this.arrivals = this.#makeArrivals();
    this.chat = this.#makeChat();
    this.people = new PeoplePanel(root, {
      remove: (id) => void this.#remove(id),
      rename,
      tell: (words) => this.tell(words),
    });
    this.reactions = this.#makeReactions();
    this.controlBar = new ControlBar(root, this.#actions(), { canShare: screen.possible, layout: this.stage.layout });
    this.panel = this.#makePanel();
    this.pipWindow = this.#makePipWindow();
    const { announcer } = this.toasts;
    this.hints = new CallHints(root, { meeting, announcer, pipWindow: this.pipWindow, status: this.status });
    this.summary = new CallSummary({ store: meeting.store, transport: meeting.transport, clock: systemClock });
    wireInviteButtons(document, config, (words) => this.tell(words));
    this.keyBindings = new KeyBindings({ meeting, switches: parts.switches, panel: this.panel, sheet: this.sheet });
    this.#listen();
  }

  /**
   * Shows a toast for a long time.
   * @param {string} words
   */
  tell(words) {
    this.toasts.show(words, "long");
  }

  /** @param {CallState} state */
  draw(state) {
    const before = this.#before;
    this.#before = state;
    if (before?.phase !== state.phase) this.#enter(state);
    if (state.phase === "in") this.chat.draw(state);
    this.hints.draw(state);
    this.status.draw(state, this.chat.unread); // after the chat, whose unread messages the title counts
    if (state.phase !== "in") return;
    const { mic, cam } = this.parts.devices;
    const { talking } = this.parts.switches;
    this.controlBar.draw(state, { micBusy: mic.starting, camBusy: cam.starting, talking });
    this.pushToTalkHint.draw(talking);
    this.stage.draw(state);
    this.tileMenu.draw(state);
    this.pipWindow.draw(
      state,
      raisedHands(state).map((seat) => seat.nickname),
    );
    this.remoteAudio.follow(Object.keys(state.seats).filter((id) => id !== state.me));
    this.people.draw(state);
    if (before !== null)
      for (const { words, stays } of callNotices(before, state, this.parts.meeting.transport.videoPeople))
        this.toasts.report(words, stays);
  }

  /**
   * Switches the page to the screen of a new phase.
   * @param {CallState} state
   */
  #enter(state) {
    const { phase } = state;
    this.root.dataset.phase = phase;
    document.body.classList.toggle("stage-dark", phase === "in");
    part(this.root, "green").hidden = phase === "in" || phase === "left";
    part(this.root, "call").hidden = phase !== "in";
    part(this.root, "goodbye").hidden = phase !== "left";
    this.devicesForm.setShown(phase === "green" || phase === "joining");
    this.stage.listen(phase === "in");
    keepScreenOn(phase === "in");
    if (phase === "in") {
      part(this.root, "call-name").focus(); // the whole page changed: screen readers start at its heading
      part(document, "devices-call").append(part(document, "devices"));
      this.parts.switches.passOn();
    }
    if (phase === "left") this.#end(state);
  }

  /** @param {CallState} state */
  #end(state) {
    this.parts.switches.stop();
    this.remoteAudio.silence();
    this.stage.clear();
    this.tileMenu.close();
    this.pipWindow.close();
    this.devicesForm.setShown(false);
    closeDialogs();
    const acts = { rejoin: () => location.reload(), download: () => saveChat(state) };
    showGoodbye(part(this.root, "goodbye"), { state, summary: this.summary.result, ...acts });
  }

  #makeStage() {
    const { config, meeting, switches } = this.parts;
    return new Stage(this.root, {
      transport: meeting.transport,
      self: switches.self,
      screen: switches.shared,
      ownLevel: () => this.devicesForm.meter.level(),
      volumes: this.volumes,
      storage: new JsonStorage("sessionStorage", `lanai:stage:${config.slug}`),
      openMenu: (item, button) => this.tileMenu.toggle(item, button, meeting.store.state),
      endSpotlight: () => this.#spotlight(null),
      heard: (speaking, now) => this.hints.heard(speaking, now),
    });
  }

  #makeTileMenu() {
    const acts = {
      pin: (/** @type {string} */ key) => this.stage.pin(key),
      pinned: (/** @type {string} */ key) => this.stage.isPinned(key),
      spotlight: (/** @type {string | null} */ seatId) => this.#spotlight(seatId),
      remove: (/** @type {string} */ seatId) => void this.#remove(seatId),
      screen: this.parts.screen,
    };
    return new TileMenu(this.root, this.volumes, acts, { steps: volumeCanBeSet() ? 20 : 1 });
  }

  /** @returns {Coalescer<ChatEntry>} */
  #makeArrivals() {
    return new Coalescer(systemClock, ARRIVALS, (entries, count) => this.toasts.show(arrivalWords(entries, count)));
  }

  #makeChat() {
    const { meeting } = this.parts;
    return new ChatPanel(this.root, {
      send: (text, to) => meeting.sendChat(text, to),
      again: (ref) => meeting.sendChatAgain(ref),
      copy: (text) => void this.#copy(text),
      arrived: (entries) => this.arrivals.add(entries),
      tell: (words) => this.tell(words),
    });
  }

  #makeReactions() {
    const announcer = new ReactionAnnouncer(systemClock, (words) => this.toasts.announcer.say(words));
    return new Reactions(this.root, { react: (emoji) => this.parts.meeting.react(emoji), announcer });
  }

  /** @param {string} text */
  async #copy(text) {
    const copied = await copyText(text);
    this.toasts.show(copied ? gettext("Message copied") : gettext("The message could not be copied"), "brief");
  }

  #makePanel() {
    const buttons = { chat: this.controlBar.button("chat"), people: this.controlBar.button("people") };
    return new SidePanel(part(this.root, "panel"), buttons, (covers) => {
      this.stage.setCovered(covers);
      this.root.toggleAttribute("data-covered", covers);
      part(this.root, "stage-area").inert = covers; // Tab must not reach what the panel covers
      if (this.panel.open === "chat") for (const notices of [this.toasts, this.arrivals]) notices.clear();
      this.chat.setOpen(this.panel.open === "chat", this.parts.meeting.store.state);
      this.status.draw(this.parts.meeting.store.state, this.chat.unread);
    });
  }

  #makePipWindow() {
    const { mic, cam, screen, leave } = this.#actions();
    /** @param {Window | null} opened @param {HTMLElement | null} home */
    const changed = (opened, home) => {
      this.stage.setSmallWindow(home);
      if (opened !== null) this.keyBindings.wireSmallWindow(opened);
      this.draw(this.parts.meeting.store.state);
    };
    return new PipWindow(this.root, { mic, cam, screen, leave, changed });
  }

  /** @returns {Actions} */
  #actions() {
    const { meeting, switches } = this.parts;
    return {
      mic: () => switches.mic(),
      cam: () => switches.cam(),
      screen: () => void switches.share(),
      hand: () => switches.hand(),
      leave: () => meeting.leave(),
      rename: () => this.#rename(),
      devices: () => showDevices((shown) => this.devicesForm.setShown(shown)),
      shortcuts: () => this.sheet.show(),
      layout: (layout) => this.stage.setLayout(layout),
    };
  }

  #listen() {
    const { meeting, devices } = this.parts;
    meeting.transport.addEventListener("streams", (event) => {
      this.remoteAudio.attach(/** @type {CustomEvent<{seatId: string}>} */ (event).detail.seatId);
    });
    meeting.addEventListener("reaction", (event) => {
      const { from, emoji } = /** @type {CustomEvent<{from: string, emoji: string}>} */ (event).detail;
      this.reactions.show(emoji, meeting.store.state.seats[from]?.nickname ?? "");
    });
    meeting.addEventListener("problem", (event) => {
      this.tell(errorWords(/** @type {CustomEvent<Problem>} */ (event).detail));
    });
    devices.addEventListener("change", () => this.draw(meeting.store.state));
    this.volumes.addEventListener("change", () => this.draw(meeting.store.state));
  }

  #rename() {
    this.panel.show("people");
    this.people.rename();
  }

  /** @param {string | null} seatId */
  #spotlight(seatId) {
    this.parts.meeting.hostActions.spotlight(seatId).catch((problem) => this.tell(errorWords(problem)));
  }

  /** @param {string} seatId */
  async #remove(seatId) {
    const { meeting } = this.parts;
    const name = meeting.store.state.seats[seatId]?.nickname ?? "";
    if (!(await confirmRemove(name))) return;
    try {
      await meeting.hostActions.remove(seatId);
    } catch (error) {
      this.tell(errorWords(/** @type {Problem} */ (error)));
    }
  }
}
