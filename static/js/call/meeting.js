/**
 * Facade of the call for the page: open, join, switch, chat, leave. It wires socket, state and media together and
 * decides nothing that one of them can decide.
 *
 * Events: "reaction" {from, emoji}; "problem" {code, message} for refusals that nobody waits for.
 */

import { randomHex, systemClock } from "../clock.js";
import { PROTOCOL_VERSION } from "../protocol.js";
import { ChatHistory } from "./chat/history.js";
import { Outbox } from "./chat/outbox.js";
import { HostActions } from "./host-actions.js";
import { IceCredentials } from "./ice-credentials.js";
import { JoinHandshake } from "./join.js";
import { NicknameSync } from "./nickname-sync.js";
import { OrphanedSeats } from "./orphaned-seats.js";
import { SignalSocket } from "./socket.js";
import { createStore } from "./store.js";
import { SwitchSync } from "./switch-sync.js";
import { browserWake } from "./wake-events.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { Bye, Error, ServerMessage, Welcome } from "../protocol.js"
 * @import { UnsentStorage } from "./chat/outbox.js"
 * @import { Action } from "./reduce.js"
 * @import { SeatKey } from "./seat-key.js"
 * @import { Problem } from "./socket.js"
 * @import { Switches } from "./state.js"
 * @import { Store } from "./store.js"
 * @import { TrackKind, Transport, TransportOptions } from "./transport.js"
 * @import { WakeSource } from "./wake-events.js"
 */

/** @typedef {ConstructorParameters<typeof SignalSocket>[0]} SocketOptions */

const SIGNAL_ERRORS = new Set(["undelivered", "no_such_seat"]); // peers repair themselves, nobody needs to be told

export class Meeting extends EventTarget {
  #key;
  #store;
  #clock;
  #wake;
  #socket;
  #transport;
  #iceCredentials;
  #outbox;
  #history;
  #switchSync;
  #orphanedSeats;
  #handshake;
  /** @type {{resolve: () => void, reject: (problem: Problem) => void} | null} */
  #joining = null;
  #seated = false;
  #stopWake = () => {};

  /**
   * @param {Object} options
   * @param {string} options.url - of the room's socket
   * @param {SeatKey} options.key
   * @param {(options: TransportOptions) => Transport} options.createTransport
   * @param {UnsentStorage | null} [options.unsent] - keeps what could not be sent over a reload
   * @param {Store} [options.store]
   * @param {Clock} [options.clock]
   * @param {WakeSource} [options.wake]
   * @param {(options: SocketOptions) => SignalSocket} [options.createSocket]
   */
  constructor({
    url,
    key,
    createTransport,
    unsent = null,
    store = createStore(),
    clock = systemClock,
    wake = browserWake(clock),
    createSocket = (options) => new SignalSocket(options),
  }) {
    super();
    this.#key = key;
    this.#store = store;
    this.#clock = clock;
    this.#wake = wake;
    this.#socket = createSocket({ url, clock });
    this.hostActions = new HostActions(this.#socket);
    this.nicknameSync = new NicknameSync({ socket: this.#socket, clock });
    this.#iceCredentials = new IceCredentials(clock, () => this.#socket.send({ type: "sync" }));
    this.#transport = createTransport({
      clock,
      send: (to, epochs, data) => void this.#socket.send({ type: "signal", to, epochs, data }),
      refreshCredentials: () => this.#iceCredentials.ensureFresh(),
    });
    this.#outbox = new Outbox({ store, socket: this.#socket, clock, prefix: randomHex(8), storage: unsent });
    this.#history = new ChatHistory({ store, socket: this.#socket, clock });
    this.#switchSync = new SwitchSync({ store, socket: this.#socket, clock, refused: (why) => this.#problem(why) });
    this.#orphanedSeats = new OrphanedSeats(
      clock,
      (id) => this.#transport.flows(id),
      (id) => this.#apply({ type: "local.drop", id }),
    );
    const { nicknameSync } = this;
    this.#handshake = new JoinHandshake({
      socket: this.#socket,
      key,
      nicknameSync,
      store,
      clock,
      refused: (why) => this.#refused(why),
    });
    this.#listen();
  }

  get store() {
    return this.#store;
  }

  get transport() {
    return this.#transport;
  }

  /** Opens the socket from the green room, so that joining is one message later. */
  open() {
    if (this.#socket.state !== "closed") return;
    this.#stopWake();
    this.#stopWake = this.#wake((reason) => {
      this.#socket.probe();
      this.#transport.wake(reason);
    });
    this.#key.claim();
    this.#socket.open();
  }

  /**
   * @param {{nickname: string, mic: boolean, cam: boolean}} options
   * @returns {Promise<void>} rejected with {code, message, suggestion?}
   */
  join({ nickname, mic, cam }) {
    const { phase } = this.#store.state;
    if (phase === "joining" || phase === "in") return Promise.resolve();
    this.nicknameSync.begin(nickname);
    this.#apply({ type: "local.join", mic, cam });
    this.#outbox.restore();
    return new Promise((resolve, reject) => {
      this.#joining = { resolve, reject };
      this.open();
      this.#handshake.begin();
    });
  }

  /** @param {"left" | "alone"} [why] - by the button, or because nobody else is here */
  leave(why = "left") {
    this.#socket.send({ type: "leave" });
    this.#key.forget();
    this.#end({ code: why, message: "", action: "stop" });
  }

  /** @param {TrackKind} kind @param {MediaStreamTrack | null} track */
  setTrack = (kind, track) => this.#transport.setTrack(kind, track);

  /** @param {Partial<Switches>} change */
  setSwitch(change) {
    this.#apply({ type: "local.switch", change });
    this.#switchSync.changed(change, this.#seated);
  }

  /** @param {string} text @param {string | null} [to] */
  sendChat(text, to = null) {
    this.#outbox.add(text, to);
  }

  /** @param {string} ref - of a line of mine that was refused */
  sendChatAgain(ref) {
    this.#outbox.again(ref);
  }

  /** @param {string} emoji */
  react(emoji) {
    this.#socket.request({ type: "reaction", emoji }).catch((problem) => this.#problem(problem));
  }

  #listen() {
    this.#socket.addEventListener("state", () => this.#linked());
    this.#socket.addEventListener("message", (event) => this.#receive(/** @type {CustomEvent} */ (event).detail));
    this.#socket.addEventListener("gave_up", () => {
      this.#end({ code: "gave_up", message: "", action: "rejoin" });
    });
    this.#transport.addEventListener("peer", (event) => {
      const { seatId, state } = /** @type {CustomEvent} */ (event).detail;
      this.#store.dispatch({ type: "local.peer", id: seatId, state });
      // It speaks from the midst of its work; a kept seat that lost its media goes after that.
      queueMicrotask(() => this.#draw(false));
    });
    this.#transport.addEventListener("liveness", (event) => {
      const { alive, flows } = /** @type {CustomEvent} */ (event).detail;
      this.#store.dispatch({ type: "local.flows", flows });
      this.#socket.heed(alive);
    });
  }

  #linked() {
    const { state } = this.#socket;
    this.#seated = false;
    this.nicknameSync.disconnected();
    this.#handshake.reset();
    this.#apply({ type: "local.link", link: state });
    if (state !== "open") return;
    if (this.#store.state.phase === "green") this.#socket.send({ type: "peek" });
    else this.#handshake.begin();
  }

  /** @param {ServerMessage} message */
  #receive(message) {
    switch (message.type) {
      case "welcome":
        return this.#welcome(message);
      case "signal":
        return this.#transport.receive(message);
      case "reaction":
        return this.#emit("reaction", { from: message.from, emoji: message.emoji });
      case "error":
        return this.#error(message);
      case "bye":
        return this.#bye(message);
      case "seat.left":
        this.#apply(message);
        // The lease of this very page ran out, yet here it is.
        if (message.id === this.#store.state.me && message.reason === "expired") this.#handshake.begin();
        return;
      default:
        this.#apply(message);
        if (message.type === "chat") this.#compareClocks(message.line.sent_at);
        if (message.type === "chat.lines") this.#history.took(message.lines, message.earlier);
    }
  }

  /** @param {Welcome} message */
  #welcome(message) {
    const { phase } = this.#store.state;
    if (phase === "green" || phase === "left") return;
    if (message.protocol !== PROTOCOL_VERSION) {
      return this.#end({ code: "protocol", message: "", action: "stop" });
    }
    const resumed = !this.#seated;
    this.#seated = true;
    this.#handshake.stop();
    this.#socket.inCall = true;
    this.#socket.heartbeatMs = message.heartbeat * 1_000;
    this.#transport.setIceServers(message.ice_servers);
    this.#history.mark();
    this.#apply(message, true);
    this.#history.took(message.chat, message.chat_earlier);
    this.#iceCredentials.renewed();
    this.#joining?.resolve();
    this.#joining = null;
    if (!resumed) return;
    const mine = this.#store.state.seats[message.seat];
    if (mine) this.nicknameSync.welcomed(mine.nickname);
    if (mine && this.#key.attempt === 1) this.#compareClocks(mine.joined_at);
    this.#switchSync.tellDifferences();
    this.#outbox.flush();
  }

  /** @param {Error} message */
  #error(message) {
    if (message.code === "undelivered" && message.to) this.#transport.undelivered(message.to);
    if (message.code === "not_joined" && this.#store.state.phase === "in") {
      this.#seated = false;
      this.#handshake.begin();
    } else if (!SIGNAL_ERRORS.has(message.code)) {
      this.#problem(message);
    }
  }

  /** @param {Bye} message */
  #bye(message) {
    if (message.action !== "stop") return;
    if (message.code === "left" || message.code === "removed" || message.code === "closed") this.#key.forget();
    this.#end(message);
  }

  /** @param {Problem} problem - that no further hello can mend */
  #refused(problem) {
    if (this.#store.state.phase === "in") return this.#end({ ...problem, action: "stop" });
    this.#handshake.stop();
    this.#apply({ type: "local.refused" });
    this.#joining?.reject(problem);
    this.#joining = null;
    this.#socket.send({ type: "peek" });
  }

  /** @param {{code: string, message: string, action: string}} bye */
  #end({ code, message, action }) {
    this.#handshake.stop();
    this.#stopWake();
    this.#socket.inCall = false;
    this.#socket.close();
    this.#apply({ type: "local.end", bye: { code, message, action } });
    this.#transport.close();
    this.#joining?.reject({ code, message });
    this.#joining = null;
  }

  /**
   * @param {Action} action
   * @param {boolean} [inviter]
   */
  #apply(action, inviter = false) {
    this.#store.dispatch(action);
    this.#draw(inviter);
  }

  /** @param {boolean} inviter */
  #draw(inviter) {
    const { state } = this.#store;
    if (state.phase === "green") this.#transport.prepare(state.peek?.inside ?? 0);
    if (state.phase !== "in") return;
    this.#transport.update(state, { online: this.#seated && this.#socket.state === "open", inviter });
    this.#orphanedSeats.update(state);
  }

  /** @param {number} at - the server's seconds, of something that happened just now */
  #compareClocks = (at) => this.#store.dispatch({ type: "local.clock", skew: at - this.#clock.now() / 1_000 });

  /** @param {Problem} problem */
  #problem = ({ code, message }) => this.#emit("problem", { code, message });

  /** @param {string} type @param {unknown} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
