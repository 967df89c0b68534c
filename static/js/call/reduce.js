/**
 * Reducer: computes the next state from a server message or a local action. Pure: no time, no randomness, no effects.
 * Snapshot and events go through here alike; a message older than the known state changes nothing.
 */

import { amendPending, mergeLines } from "./chat/log.js";
import { isOrphaned } from "./selectors.js";

/**
 * @import { Room, Seat, ServerMessage } from "../protocol.js"
 * @import { ChatEntry } from "./chat/log.js"
 * @import { CallState, Switches } from "./state.js"
 * @import { PeerState } from "./transport.js"
 */

/**
 * @typedef {{type: "local.link", link: CallState["link"]}
 *   | {type: "local.join", mic: boolean, cam: boolean}
 *   | {type: "local.refused"}
 *   | {type: "local.end", bye: {code: string, message: string, action: string}}
 *   | {type: "local.switch", change: Partial<Switches>}
 *   | {type: "local.chat", entry: ChatEntry}
 *   | {type: "local.amend", ref: string, change: Partial<ChatEntry>}
 *   | {type: "local.peer", id: string, state: PeerState}
 *   | {type: "local.drop", id: string}
 *   | {type: "local.flows", flows: boolean}
 *   | {type: "local.clock", skew: number}} LocalAction
 *
 * @typedef {ServerMessage | LocalAction} Action
 */

/**
 * @param {CallState} state
 * @param {Action} action
 * @returns {CallState}
 */
export function reduce(state, action) {
  switch (action.type) {
    case "room":
      return peeked(state, action);
    case "welcome":
      return welcomed(state, action);
    case "seat.joined":
    case "seat.updated":
      return seated(state, action.seat);
    case "seat.left":
      return ended(state, action);
    case "chat":
      return withChat(state, mergeLines(state.chat, [action.line]));
    case "chat.lines":
      return withChat(state, mergeLines(state.chat, action.lines));
    case "room.updated":
      return { ...state, room: newerRoom(state.room, action.room) };
    case "bye":
      return action.action === "stop" ? gone(state, action) : state;
    default:
      return reduceLocal(state, action);
  }
}

/**
 * @param {CallState} state
 * @param {Action} action
 * @returns {CallState}
 */
function reduceLocal(state, action) {
  switch (action.type) {
    case "local.link":
      return state.link === action.link ? state : { ...state, link: action.link };
    case "local.join":
      return { ...state, phase: "joining", bye: null, local: { ...state.local, mic: action.mic, cam: action.cam } };
    case "local.refused":
      return state.phase === "joining" ? { ...state, phase: "green" } : state;
    case "local.end":
      return gone(state, action.bye);
    case "local.switch":
      return { ...state, local: { ...state.local, ...action.change } };
    case "local.chat":
      return { ...state, chat: [...state.chat, action.entry] };
    case "local.amend":
      return { ...state, chat: amendPending(state.chat, action.ref, action.change) };
    case "local.peer":
      return peerChanged(state, action.id, action.state);
    case "local.drop":
      return isOrphaned(state, action.id) ? without(state, action.id) : state;
    case "local.flows":
      return state.flows === action.flows ? state : { ...state, flows: action.flows };
    case "local.clock":
      return { ...state, clockSkew: action.skew };
    default:
      return state;
  }
}

/**
 * @param {CallState} state
 * @param {Extract<ServerMessage, {type: "room"}>} message
 * @returns {CallState}
 */
function peeked(state, { room, nicknames, inside }) {
  return { ...state, room: newerRoom(state.room, room), peek: { nicknames, inside } };
}

/**
 * The snapshot replaces the roster, except where an event has already told newer things.
 * @param {CallState} state
 * @param {Extract<ServerMessage, {type: "welcome"}>} message
 * @returns {CallState}
 */
function welcomed(state, message) {
  const first = state.phase === "joining";
  /** @type {CallState} */
  let next = { ...state, phase: "in", me: message.seat, room: newerRoom(state.room, message.room), bye: null };
  for (const seat of message.seats) next = seated(next, seat);
  const listed = new Set(message.seats.map((seat) => seat.id));
  for (const seat of Object.values(next.seats)) {
    if (!listed.has(seat.id)) next = retired(next, seat, seat.rev, "expired");
  }
  const hand = first ? (next.seats[message.seat]?.hand ?? null) !== null : next.local.hand;
  return { ...next, chat: mergeLines(next.chat, message.chat), local: { ...next.local, hand } };
}

/**
 * @param {CallState} state
 * @param {Seat} seat
 * @returns {CallState}
 */
function seated(state, seat) {
  if (seat.rev <= (state.ended[seat.id] ?? -1)) return state;
  const known = state.seats[seat.id];
  // A kept seat has no newer news than its end, so here it is alive again.
  if (known && seat.rev <= known.rev && !isOrphaned(state, seat.id)) return state;
  const { [seat.id]: _, ...stillEnded } = state.ended;
  return { ...state, ended: stillEnded, seats: { ...state.seats, [seat.id]: seat } };
}

/**
 * @param {CallState} state
 * @param {Extract<ServerMessage, {type: "seat.left"}>} message
 * @returns {CallState}
 */
function ended(state, { id, reason, rev }) {
  const seat = state.seats[id];
  if (seat && !isOrphaned(state, id)) return rev < seat.rev ? state : retired(state, seat, rev, reason);
  const next = { ...state, ended: { ...state.ended, [id]: Math.max(rev, state.ended[id] ?? -1) } };
  return seat && reason !== "expired" ? without(next, id) : next;
}

/**
 * My own tile stays until a bye says otherwise; a seat whose lease ran out while its media flows too.
 * @param {CallState} state
 * @param {Seat} seat
 * @param {number} rev
 * @param {string} reason
 * @returns {CallState}
 */
function retired(state, seat, rev, reason) {
  if (seat.id === state.me) return state;
  const next = { ...state, ended: { ...state.ended, [seat.id]: Math.max(rev, state.ended[seat.id] ?? -1) } };
  if (reason !== "expired" || state.peers[seat.id] !== "connected") return without(next, seat.id);
  return seat.away ? next : { ...next, seats: { ...state.seats, [seat.id]: { ...seat, away: true } } };
}

/**
 * @param {CallState} state
 * @param {string} id
 * @returns {CallState}
 */
function without(state, id) {
  const { [id]: _seat, ...seats } = state.seats;
  const { [id]: _peer, ...peers } = state.peers;
  // Who was silent may be who is gone.
  return { ...state, seats, peers, flows: true };
}

/**
 * @param {CallState} state
 * @param {string} id
 * @param {PeerState} peer
 * @returns {CallState}
 */
function peerChanged(state, id, peer) {
  if (!(id in state.seats) || state.peers[id] === peer) return state;
  const next = { ...state, peers: { ...state.peers, [id]: peer } };
  return peer !== "connected" && isOrphaned(state, id) ? without(next, id) : next;
}

/**
 * @param {CallState["room"]} known
 * @param {Room} room
 */
function newerRoom(known, room) {
  return known && known.slug === room.slug && known.rev > room.rev ? known : room;
}

/** @param {CallState} state @param {CallState["chat"]} chat */
function withChat(state, chat) {
  return chat === state.chat ? state : { ...state, chat };
}

/**
 * @param {CallState} state
 * @param {{code: string, message: string, action: string}} bye
 * @returns {CallState}
 */
function gone(state, { code, message, action }) {
  const bye = { code, message, action };
  return { ...state, phase: "left", me: null, seats: {}, peers: {}, flows: true, peek: null, bye };
}
