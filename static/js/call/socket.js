/**
 * Reconnecting WebSocket to the server: frames, refs, heartbeat and back-off. Its owner interprets the messages.
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

/** One WebSocket at a time; a lost one is replaced until `close`, a final bye, or two minutes in a call without one. */
export class SignalSocket extends EventTarget {
  /** In a call it reconnects faster, and gives up after two minutes. */
  inCall = false;
  heartbeatMs = LIMITS.HEARTBEAT_SECONDS * 1_000;

  #url;
  #clock;
  #createWebSocket;
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
    this.#createWebSocket = createWebSocket;
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
    this.#discardSocket();
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
   * Sends with a ref. Resolves with the server's ack; rejects with its error, or with DISCONNECTED if the socket is lost
   * or there is no answer within ten seconds.
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

  /** Pings or reconnects at once, because the network or the machine may be back. */
  probe() {
    if (this.#state === "open") return this.#ping(PROBE_MS);
    if (this.#state === "closed") return;
    if (this.#socket && this.#clock.now() - this.#dialledAt < STALE_DIAL_MS) return;
    this.#discardSocket();
    this.#failures = 0;
    this.#lostAt = this.#clock.now();
    this.#dial();
  }

  /**
   * Probes when media and socket disagree about the network.
   * @param {boolean} alive - whether media arrives again (true) or has stopped (false)
   */
  mediaLivenessChanged(alive) {
    if (alive !== (this.#state === "open")) this.probe();
  }

  #dial() {
    this.#dialledAt = this.#clock.now();
    try {
      this.#attach(this.#createWebSocket(this.#url));
    } catch {
      return this.#connectionLost();
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
    socket.onclose = () => this.#connectionLost();
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

  /** @param {number} silenceMs - any frame within this time proves that the server is reachable */
  #ping(silenceMs) {
    if (!this.send({ type: "ping" })) return this.#connectionLost();
    // An earlier ping may have the shorter deadline.
    if (!this.#cancelDeadline || this.#clock.now() + silenceMs < this.#deadlineAt) this.#setDeadline(silenceMs);
  }

  /** @param {number} ms */
  #setDeadline(ms) {
    this.#clearDeadline();
    this.#deadlineAt = this.#clock.now() + ms;
    this.#cancelDeadline = this.#clock.after(ms, () => this.#connectionLost());
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
    if (message.type === "bye") return this.#receiveBye(message);
    // Only a message ends the back-off: a server that accepts and drops connections must not be flooded with dials.
    this.#failures = 0;
    this.#lostAt = null;
    if (message.type === "ack") return this.#settle(message.ref);
    if (message.type === "error" && message.ref && this.#settle(message.ref, message)) return;
    this.#emit("message", message);
  }

  /** @param {Extract<ServerMessage, {type: "bye"}>} message */
  #receiveBye(message) {
    if (message.action === "stop") this.close();
    this.#emit("message", message);
    if (message.action !== "stop") this.#connectionLost(message.retry_in);
  }

  /**
   * @param {string} ref
   * @param {Problem} [problem]
   * @returns {boolean} whether the ref was pending
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

  /** @param {number | null} [retryIn] - seconds, as the server asked */
  #connectionLost(retryIn) {
    if (this.#state === "closed") return;
    this.#discardSocket();
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

  /** Closes the socket, ignores its later events, and rejects all pending requests. */
  #discardSocket() {
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
