/**
 * Reducer: computes the next state from a server message or a local action. Pure: no time, no randomness, no effects.
 * Handles snapshots and events; a message older than the known state changes nothing.
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
 *   | {type: "local.limited", id: string, limited: boolean}
 *   | {type: "local.drop", id: string}
 *   | {type: "local.flows", flows: boolean}
 *   | {type: "local.clock", skew: number}} LocalAction
 *
 * @typedef {ServerMessage | LocalAction} Action
 */

/** Ended seats that are remembered. One person who comes and goes all day long must not fill the memory. */
const ENDED_MOST = 500;

/**
 * Returns the same object if nothing changes.
 * @param {CallState} state
 * @param {Action} action
 * @returns {CallState}
 */
export function reduce(state, action) {
  switch (action.type) {
    case "room":
      return withPeek(state, action);
    case "welcome":
      return withSnapshot(state, action);
    case "seat.joined":
    case "seat.updated":
      return withSeat(state, action.seat);
    case "seat.left":
      return withSeatEnded(state, action);
    case "chat":
      return withChat(state, mergeLines(state.chat, [action.line]));
    case "chat.lines":
      return withChat(state, mergeLines(state.chat, action.lines));
    case "room.updated":
      return { ...state, room: newerRoom(state.room, action.room) };
    case "bye":
      return action.action === "stop" ? leaveCall(state, action) : state;
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
      return leaveCall(state, action.bye);
    case "local.switch":
      return { ...state, local: { ...state.local, ...action.change } };
    case "local.chat":
      return { ...state, chat: [...state.chat, action.entry] };
    case "local.amend":
      return { ...state, chat: amendPending(state.chat, action.ref, action.change) };
    case "local.peer":
      return withPeerState(state, action.id, action.state);
    case "local.limited":
      return withLimited(state, action.id, action.limited);
    case "local.drop":
      return isOrphaned(state, action.id) ? removeSeat(state, action.id) : state;
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
function withPeek(state, { room, nicknames, inside }) {
  return { ...state, room: newerRoom(state.room, room), peek: { nicknames, inside } };
}

/**
 * The snapshot replaces the roster, except for seats of which an event has brought a newer revision.
 * @param {CallState} state
 * @param {Extract<ServerMessage, {type: "welcome"}>} message
 * @returns {CallState}
 */
function withSnapshot(state, message) {
  const first = state.phase === "joining";
  /** @type {CallState} */
  let next = { ...state, phase: "in", me: message.seat, room: newerRoom(state.room, message.room), bye: null };
  for (const seat of message.seats) next = withSeat(next, seat);
  const listed = new Set(message.seats.map((seat) => seat.id));
  for (const seat of Object.values(next.seats)) {
    if (!listed.has(seat.id)) next = retireSeat(next, seat, seat.rev, "expired");
  }
  const hand = first ? (next.seats[message.seat]?.hand ?? null) !== null : next.local.hand;
  return { ...next, chat: mergeLines(next.chat, message.chat), local: { ...next.local, hand } };
}

/**
 * @param {CallState} state
 * @param {Seat} seat
 * @returns {CallState}
 */
function withSeat(state, seat) {
  if (seat.rev <= (state.ended[seat.id] ?? -1)) return state;
  const known = state.seats[seat.id];
  // An orphaned seat is kept with its last revision, so the same revision means that it is alive again.
  if (known && seat.rev <= known.rev && !isOrphaned(state, seat.id)) return state;
  const { [seat.id]: _, ...stillEnded } = state.ended;
  return { ...state, ended: stillEnded, seats: { ...state.seats, [seat.id]: seat } };
}

/**
 * @param {CallState} state
 * @param {Extract<ServerMessage, {type: "seat.left"}>} message
 * @returns {CallState}
 */
function withSeatEnded(state, { id, reason, rev }) {
  const seat = state.seats[id];
  if (seat && !isOrphaned(state, id)) return rev < seat.rev ? state : retireSeat(state, seat, rev, reason);
  const next = { ...state, ended: withEnded(state, id, rev) };
  return seat && reason !== "expired" ? removeSeat(next, id) : next;
}

/**
 * Removes a seat, except my own, which stays until a bye, and one whose lease has expired while its media still arrives.
 * @param {CallState} state
 * @param {Seat} seat
 * @param {number} rev
 * @param {string} reason
 * @returns {CallState}
 */
function retireSeat(state, seat, rev, reason) {
  if (seat.id === state.me) return state;
  const next = { ...state, ended: withEnded(state, seat.id, rev) };
  if (reason !== "expired" || state.peers[seat.id] !== "connected") return removeSeat(next, seat.id);
  return seat.away ? next : { ...next, seats: { ...state.seats, [seat.id]: { ...seat, away: true } } };
}

/**
 * Adds an ended seat, as the newest, and forgets the oldest beyond ENDED_MOST. Orphaned seats stay.
 * @param {CallState} state @param {string} id @param {number} rev
 */
function withEnded(state, id, rev) {
  const { [id]: known = -1, ...others } = state.ended;
  const ids = Object.keys(others);
  const oldest = ids.length < ENDED_MOST ? undefined : ids.find((one) => !(one in state.seats));
  const { [oldest ?? id]: _, ...kept } = others;
  return { ...kept, [id]: Math.max(rev, known) };
}

/**
 * @param {CallState} state
 * @param {string} id
 * @returns {CallState}
 */
function removeSeat(state, id) {
  const { [id]: _seat, ...seats } = state.seats;
  const { [id]: _peer, ...peers } = state.peers;
  const { [id]: _limited, ...limited } = state.limited;
  // The silent seat may have been this one.
  return { ...state, seats, peers, limited, flows: true };
}

/**
 * @param {CallState} state
 * @param {string} id
 * @param {PeerState} peer
 * @returns {CallState}
 */
function withPeerState(state, id, peer) {
  if (!(id in state.seats) || state.peers[id] === peer) return state;
  const next = { ...state, peers: { ...state.peers, [id]: peer } };
  return peer !== "connected" && isOrphaned(state, id) ? removeSeat(next, id) : next;
}

/**
 * @param {CallState} state
 * @param {string} id
 * @param {boolean} isLimited
 * @returns {CallState}
 */
function withLimited(state, id, isLimited) {
  if (!(id in state.seats) || id in state.limited === isLimited) return state;
  const { [id]: _, ...limited } = state.limited;
  return { ...state, limited: isLimited ? { ...limited, [id]: true } : limited };
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
function leaveCall(state, { code, message, action }) {
  const bye = { code, message, action };
  return { ...state, phase: "left", me: null, seats: {}, peers: {}, limited: {}, flows: true, peek: null, bye };
}
