/** Defines the shape of the call's state, one frozen tree, and its initial value. */

/**
 * @import { Room, Seat } from "../protocol.js"
 * @import { ChatEntry } from "./chat/log.js"
 * @import { PeerState } from "./transport.js"
 */

/**
 * @typedef {{mic: boolean, cam: boolean, screen: boolean, hand: boolean}} Switches
 *
 * @typedef {Object} CallState
 * @property {"green" | "joining" | "in" | "left"} phase - green room, first hello sent, in the call, gone
 * @property {"connecting" | "open" | "reconnecting" | "closed"} link - the signalling socket
 * @property {string | null} me - my seat's id
 * @property {Room | null} room
 * @property {{nicknames: readonly string[], inside: number} | null} peek
 * @property {Readonly<Record<string, Seat>>} seats - all seats including mine, by id
 * @property {Readonly<Record<string, number>>} ended - ended seat's id -> rev; messages with an older rev are ignored
 * @property {Readonly<Record<string, PeerState>>} peers - other seat's id -> state of the media to it
 * @property {Readonly<Record<string, true>>} limited - other seats whose page floods this one with signals
 * @property {boolean} flows - media arrives from at least one seat, or none has arrived yet
 * @property {Readonly<Switches>} local - my switches, before the server confirms them
 * @property {readonly ChatEntry[]} chat - in order
 * @property {{code: string, message: string, action: string} | null} bye - why phase is "left"
 * @property {number} clockSkew - server time minus my time in seconds, 0 if unknown
 */

/** The state before the socket is opened. @returns {CallState} */
export function initialState() {
  return {
    phase: "green",
    link: "closed",
    me: null,
    room: null,
    peek: null,
    seats: {},
    ended: {},
    peers: {},
    limited: {},
    flows: true,
    local: { mic: false, cam: false, screen: false, hand: false },
    chat: [],
    bye: null,
    clockSkew: 0,
  };
}
