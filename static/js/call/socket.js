/**
 * Reconnecting WebSocket to the server. It knows frames, refs, heartbeat and back-off; the meaning of messages is left
 * to its owner.
 *
 *   closed -> connecting -> open -> reconnecting -> open …        (close, bye "stop", gave up) -> closed
 *
 * Events: "state" {state}, "message" ServerMessage, "gave_up".
 */

import { systemClock } from "../clock.js";
import { LIMITS } from "../protocol.js";
import { backoff, dialTimeout, shouldGiveUp } from "./backoff.js";

/**
 * @import { Clock } from "../clock.js"
 * @import { ClientMessage, ServerMessage } from "../protocol.js"
 */

/**
 * @typedef {"connecting" | "open" | "reconnecting" | "closed"} LinkState
 * @typedef {Pick<WebSocket, "send" | "close" | "readyState" | "onopen" | "onmessage" | "onclose">} WebSocketLike
 * @typedef {{code: string, message: string, suggestion?: string | null}} Problem
 */

const STALE_DIAL_MS = 700;
const SILENCE_MS = 6_000;
const PROBE_MS = 1_500;
const REQUEST_MS = 10_000;
const RETRY_MAX_SECONDS = 60;

/** @type {Problem} */
export const DISCONNECTED = { code: "disconnected", message: "" };

/** @param {string} url @returns {WebSocketLike} */
function dial(url) {
  const absolute = new URL(url, globalThis.location?.href);
  absolute.protocol = absolute.protocol.replace("http", "ws");
  return new WebSocket(absolute);
}

export class SignalSocket extends EventTarget {
  /** Whether people in a call wait for it: it looks more often then, and gives up in the end. */
  inCall = false;
  heartbeatMs = LIMITS.HEARTBEAT_SECONDS * 1_000;

  #url;
  #clock;
  #create;
  /** @type {LinkState} */
  #state = "closed";
  /** @type {WebSocketLike | null} */
  #socket = null;
  #failures = 0;
  #dialledAt = 0;
  /** @type {number | null} */
  #lostAt = null;
  #requests = 0;
  /** @type {Map<string, {resolve: () => void, reject: (problem: Problem) => void, cancel: () => void}>} */
  #pending = new Map();
  #cancelRetry = () => {};
  #cancelBeat = () => {};
  /** @type {(() => void) | null} */
  #cancelDeadline = null;
  #deadlineAt = 0;

  /** @param {{url: string, clock?: Clock, createWebSocket?: (url: string) => WebSocketLike}} options */
  constructor({ url, clock = systemClock, createWebSocket = dial }) {
    super();
    this.#url = url;
    this.#clock = clock;
    this.#create = createWebSocket;
  }

  get state() {
    return this.#state;
  }

  open() {
    if (this.#state !== "closed") return;
    this.#failures = 0;
    this.#lostAt = null;
    this.#setState("connecting");
    this.#dial();
  }

  close() {
    this.#drop();
    this.#setState("closed");
  }

  /**
   * @param {ClientMessage} message
   * @returns {boolean} whether it was handed to an open socket
   */
  send(message) {
    if (this.#state !== "open" || this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /**
   * Sends with a ref; settles by the server's ack or error, or by the loss of the socket.
   * @param {ClientMessage} message
   * @returns {Promise<void>}
   */
  request(message) {
    this.#requests += 1;
    const ref = message.ref ?? `r${this.#requests}`;
    return new Promise((resolve, reject) => {
      if (!this.send({ ...message, ref })) return reject(DISCONNECTED);
      const cancel = this.#clock.after(REQUEST_MS, () => this.#settle(ref, DISCONNECTED));
      this.#pending.set(ref, { resolve, reject, cancel });
    });
  }

  /** The network or the machine may be back: find out now. */
  probe() {
    if (this.#state === "open") return this.#ping(PROBE_MS);
    if (this.#state === "closed") return;
    if (this.#socket && this.#clock.now() - this.#dialledAt < STALE_DIAL_MS) return;
    this.#drop();
    this.#failures = 0;
    this.#lostAt = this.#clock.now();
    this.#dial();
  }

  /** @param {boolean} alive - what the media says of the network: nothing arrives any more, or something again */
  heed(alive) {
    if (alive !== (this.#state === "open")) this.probe();
  }

  #dial() {
    this.#dialledAt = this.#clock.now();
    try {
      this.#attach(this.#create(this.#url));
    } catch {
      return this.#lost();
    }
    this.#setDeadline(dialTimeout(this.#loss));
  }

  get #loss() {
    return { inCall: this.inCall, lostFor: this.#lostAt === null ? null : this.#clock.now() - this.#lostAt };
  }

  /** @param {WebSocketLike} socket */
  #attach(socket) {
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#received(event.data);
    socket.onclose = () => this.#lost();
  }

  #opened() {
    this.#clearDeadline();
    this.#setState("open");
    this.#scheduleBeat();
  }

  #scheduleBeat() {
    this.#cancelBeat();
    this.#cancelBeat = this.#clock.after(this.heartbeatMs, () => {
      this.#ping(SILENCE_MS);
      this.#scheduleBeat();
    });
  }

  /** @param {number} silenceMs - any frame within this time proves that the server is there */
  #ping(silenceMs) {
    if (!this.send({ type: "ping" })) return this.#lost();
    // An earlier ping may be in more of a hurry.
    if (!this.#cancelDeadline || this.#clock.now() + silenceMs < this.#deadlineAt) this.#setDeadline(silenceMs);
  }

  /** @param {number} ms */
  #setDeadline(ms) {
    this.#clearDeadline();
    this.#deadlineAt = this.#clock.now() + ms;
    this.#cancelDeadline = this.#clock.after(ms, () => this.#lost());
  }

  #clearDeadline() {
    this.#cancelDeadline?.();
    this.#cancelDeadline = null;
  }

  /** @param {unknown} frame */
  #received(frame) {
    this.#clearDeadline();
    const message = parse(frame);
    if (!message) return;
    if (message.type === "bye") return this.#dismissed(message);
    // Only a server that talks ends the back-off: one that accepts and drops at once must not be hammered.
    this.#failures = 0;
    this.#lostAt = null;
    if (message.type === "ack") return this.#settle(message.ref);
    if (message.type === "error" && message.ref && this.#settle(message.ref, message)) return;
    this.#emit("message", message);
  }

  /** @param {Extract<ServerMessage, {type: "bye"}>} message */
  #dismissed(message) {
    if (message.action === "stop") this.close();
    this.#emit("message", message);
    if (message.action !== "stop") this.#lost(message.retry_in);
  }

  /**
   * @param {string} ref
   * @param {Problem} [problem]
   * @returns {boolean} whether somebody waited for it
   */
  #settle(ref, problem) {
    const waiting = this.#pending.get(ref);
    if (!waiting) return false;
    this.#pending.delete(ref);
    waiting.cancel();
    if (problem) waiting.reject(problem);
    else waiting.resolve();
    return true;
  }

  /** @param {number | null} [retryIn] - seconds, by the server's wish */
  #lost(retryIn) {
    if (this.#state === "closed") return;
    this.#drop();
    this.#lostAt ??= this.#clock.now();
    if (shouldGiveUp(this.#loss)) {
      this.#setState("closed");
      this.#emit("gave_up", null);
      return;
    }
    const asked = typeof retryIn === "number" && retryIn >= 0 ? Math.min(retryIn, RETRY_MAX_SECONDS) * 1_000 : null;
    const delay = asked ?? backoff(this.#failures, this.#clock, this.#loss);
    this.#failures += 1;
    this.#cancelRetry = this.#clock.after(delay, () => this.#dial());
    this.#setState("reconnecting");
  }

  /** Lets go of the socket and everything that waits for it; a late event of it is not heard. */
  #drop() {
    this.#cancelRetry();
    this.#cancelBeat();
    this.#clearDeadline();
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    for (const ref of [...this.#pending.keys()]) this.#settle(ref, DISCONNECTED);
  }

  /** @param {LinkState} state */
  #setState(state) {
    if (this.#state === state) return;
    this.#state = state;
    this.#emit("state", { state });
  }

  /** @param {string} type @param {unknown} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @param {unknown} frame @returns {ServerMessage | null} */
function parse(frame) {
  try {
    const message = JSON.parse(String(frame));
    return typeof message?.type === "string" ? message : null;
  } catch {
    return null;
  }
}
