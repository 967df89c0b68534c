/**
 * Facade of the call for the page: open, join, switch, chat, leave. It connects socket, state and transport, and leaves
 * decisions to them.
 *
 * Events: "reaction" {from, emoji}; "problem" {code, message} for refusals of requests that return no promise.
 */

import { randomHex, systemClock } from "../clock.js";
import { PROTOCOL_VERSION } from "../protocol.js";
import { ChatHistory } from "./chat/history.js";
import { Outbox } from "./chat/outbox.js";
import { HostActions } from "./host-actions.js";
import { JoinHandshake } from "./join.js";
import { NicknameSync } from "./nickname-sync.js";
import { SeatActivity } from "./seat-activity.js";
import { SignalSocket } from "./socket.js";
import { createStore } from "./store.js";
import { SwitchSync } from "./switch-sync.js";
import { TransportSync } from "./transport-sync.js";
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
const SKEW_TOLERANCE = 1; // seconds: smaller differences are delays
const SIGNAL_ERRORS = new Set(["undelivered", "no_such_seat"]); // the transport recovers by itself

/** One call in one room. After `leave`, or an end by the server, `join` may be called again. */
export class Meeting extends EventTarget {
  #key;
  #store;
  #clock;
  #socket;
  #transportSync;
  #outbox;
  #history;
  #switchSync;
  #handshake;
  #seatActivity;
  /** @type {{resolve: () => void, reject: (problem: Problem) => void} | null} */
  #joining = null;
  #seated = false;

  /**
   * @param {Object} options
   * @param {string} options.url - of the room's socket
   * @param {SeatKey} options.key
   * @param {(options: TransportOptions) => Transport} options.createTransport
   * @param {UnsentStorage | null} [options.unsent] - keeps unsent lines over a reload
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
    this.#socket = createSocket({ url, clock });
    this.hostActions = new HostActions(this.#socket);
    this.nicknameSync = new NicknameSync({ socket: this.#socket, clock });
    const seated = () => this.#seated;
    this.#transportSync = new TransportSync({ store, socket: this.#socket, clock, wake, seated, createTransport });
    this.#outbox = new Outbox({ store, socket: this.#socket, clock, prefix: randomHex(8), storage: unsent });
    this.#history = new ChatHistory({ store, socket: this.#socket, clock });
    this.#switchSync = new SwitchSync({ store, socket: this.#socket, clock, refused: (why) => this.#emitProblem(why) });
    this.#seatActivity = new SeatActivity({
      clock,
      changed: (message) => this.#dispatch(message),
      reacted: ({ from, emoji }) => this.#emit("reaction", { from, emoji }),
    });
    this.#handshake = new JoinHandshake({
      socket: this.#socket,
      key,
      nicknameSync: this.nicknameSync,
      store,
      clock,
      refused: (why) => this.#joinRefused(why),
    });
    this.#listen();
  }

  get store() {
    return this.#store;
  }

  get transport() {
    return this.#transportSync.transport;
  }

  /** Opens the socket in the green room, so that joining needs one message only. */
  open() {
    if (this.#socket.state !== "closed") return;
    this.#transportSync.start();
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
    this.#dispatch({ type: "local.join", mic, cam });
    this.#outbox.restore();
    return new Promise((resolve, reject) => {
      this.#joining = { resolve, reject };
      this.open();
      this.#handshake.begin();
    });
  }

  /** @param {"left" | "alone"} [why] - by the button, or because no one else is in the call */
  leave(why = "left") {
    this.#socket.send({ type: "leave" });
    this.#key.forget();
    this.#end({ code: why, message: "", action: "stop" });
  }

  /** @param {TrackKind} kind @param {MediaStreamTrack | null} track */
  setTrack = (kind, track) => this.transport.setTrack(kind, track);

  /** @param {Partial<Switches>} change */
  setSwitch(change) {
    this.#dispatch({ type: "local.switch", change });
    this.#switchSync.changed(change, this.#seated);
  }

  /** @param {string} text @param {string | null} [to] */
  sendChat(text, to = null) {
    this.#outbox.add(text, to);
  }

  /** @param {string} ref - of a refused line of mine */
  sendChatAgain(ref) {
    this.#outbox.retry(ref);
  }

  /** @param {string} emoji */
  react(emoji) {
    this.#socket.request({ type: "reaction", emoji }).catch((problem) => this.#emitProblem(problem));
  }

  #listen() {
    this.#socket.addEventListener("state", () => this.#socketStateChanged());
    this.#socket.addEventListener("message", (event) => this.#receive(/** @type {CustomEvent} */ (event).detail));
    this.#socket.addEventListener("gave_up", () => {
      this.#end({ code: "gave_up", message: "", action: "rejoin" });
    });
  }

  #socketStateChanged() {
    const { state } = this.#socket;
    this.#seated = false;
    this.nicknameSync.disconnected();
    this.#handshake.reset();
    this.#dispatch({ type: "local.link", link: state });
    if (state !== "open") return;
    if (this.#store.state.phase === "green") this.#socket.send({ type: "peek" });
    else this.#handshake.begin();
  }

  /** @param {ServerMessage} message */
  #receive(message) {
    switch (message.type) {
      case "welcome":
        return this.#receiveWelcome(message);
      case "signal":
        return this.transport.receive(message);
      case "reaction":
        return this.#seatActivity.react(message);
      case "error":
        return this.#receiveError(message);
      case "bye":
        return this.#receiveBye(message);
      case "seat.updated":
        return message.seat.id === this.#store.state.me ? this.#dispatch(message) : this.#seatActivity.change(message);
      case "seat.left":
        this.#dispatch(message);
        // The lease of this page has expired although the page is alive: resume the seat.
        if (message.id === this.#store.state.me && message.reason === "expired") this.#handshake.begin();
        return;
      default:
        this.#dispatch(message);
        if (message.type === "chat") this.#followClock(message.line.sent_at);
        if (message.type === "chat.lines") this.#history.received(message.lines, message.earlier);
    }
  }

  /** @param {Welcome} message */
  #receiveWelcome(message) {
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
    this.transport.setIceServers(message.ice_servers);
    if (resumed) this.#compareClocks(message);
    this.#history.snapshotArriving();
    this.#dispatch(message, true);
    this.#history.received(message.chat, message.chat_earlier);
    this.#transportSync.credentialsRenewed();
    this.#joining?.resolve();
    this.#joining = null;
    if (!resumed) return;
    const mine = this.#store.state.seats[message.seat];
    if (mine) this.nicknameSync.welcomed(mine.nickname);
    this.#switchSync.reportDifferences();
    this.#outbox.flush();
  }

  /** @param {Error} message */
  #receiveError(message) {
    if (message.code === "undelivered" && message.to) this.transport.undelivered(message.to);
    if (message.code === "not_joined" && this.#store.state.phase === "in") {
      this.#seated = false;
      this.#handshake.begin();
    } else if (!SIGNAL_ERRORS.has(message.code)) {
      this.#emitProblem(message);
    }
  }

  /** @param {Bye} message */
  #receiveBye(message) {
    if (message.action !== "stop") return;
    if (message.code === "left" || message.code === "removed" || message.code === "closed") this.#key.forget();
    this.#end(message);
  }

  /** @param {Problem} problem - for which another hello would be refused as well */
  #joinRefused(problem) {
    if (this.#store.state.phase === "in") return this.#end({ ...problem, action: "stop" });
    this.#handshake.stop();
    this.#dispatch({ type: "local.refused" });
    this.#joining?.reject(problem);
    this.#joining = null;
    this.#socket.send({ type: "peek" });
  }

  /** @param {{code: string, message: string, action: string}} bye */
  #end({ code, message, action }) {
    this.#handshake.stop();
    this.#socket.inCall = false;
    this.#socket.close();
    this.#seatActivity.clear();
    this.#dispatch({ type: "local.end", bye: { code, message, action } });
    this.#transportSync.stop();
    this.#joining?.reject({ code, message });
    this.#joining = null;
  }

  /**
   * @param {Action} action
   * @param {boolean} [inviter]
   */
  #dispatch(action, inviter = false) {
    this.#store.dispatch(action);
    this.#transportSync.update(inviter);
  }

  /**
   * Takes the server's time from a welcome, so that a reload shows the same times as before. A server of an earlier
   * version does not tell it: then the time of joining is as good, unless this is a reload.
   * @param {Welcome} message
   */
  #compareClocks({ now, seat, seats }) {
    const joined = this.#key.attempt === 1 ? seats.find(({ id }) => id === seat)?.joined_at : undefined;
    const at = /** @type {number | undefined} */ (now) ?? joined;
    if (at !== undefined) this.#setSkew(this.#skewOf(at));
  }

  /**
   * Follows a clock that was set back meanwhile. A line that comes late, or again after a lost connection, makes the
   * server's clock seem slow, and never fast.
   * @param {number} at - server time in seconds
   */
  #followClock(at) {
    const skew = this.#skewOf(at);
    if (skew > this.#store.state.clockSkew) this.#setSkew(skew);
  }

  /** @param {number} at - server time in seconds */
  #skewOf = (at) => at - this.#clock.now() / 1_000;

  /** @param {number} skew */
  #setSkew(skew) {
    const known = this.#store.state.clockSkew;
    if (Math.abs(skew - known) > SKEW_TOLERANCE) this.#store.dispatch({ type: "local.clock", skew });
  }

  /** @param {Problem} problem */
  #emitProblem = ({ code, message }) => this.#emit("problem", { code, message });

  /** @param {string} type @param {unknown} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
