/**
 * Defines the contract between the meeting and the transport that carries its media: the mesh, or in future a media
 * server.
 *
 * Events: "streams" {seatId}, "peer" {seatId, state}, "quality" {seatId, level}, "limited" {seatId, limited} when a seat's
 * page asks more of this one than its budget allows and parts of it are dropped, and "liveness" {alive, flows} when the
 * media of a seat stops or comes back, which may mean that the network has changed; flows: media arrives from any seat.
 */

/**
 * @import { Clock } from "../clock.js"
 * @import { IceServer, Seat, SignalFrom } from "../protocol.js"
 */

/**
 * @typedef {import("./wake-events.js").WakeReason} WakeReason
 * @typedef {"audio" | "camera" | "screen" | "screenAudio"} TrackKind
 * @typedef {"connecting" | "connected" | "trouble" | "failed"} PeerState - of the media to one seat
 * @typedef {"good" | "weak" | "poor"} Quality
 * @typedef {{camera: MediaStream | null, screen: MediaStream | null}} Streams
 *   camera: microphone and camera; screen: the shared screen and its sound
 *
 * @typedef {{me: string | null, seats: Readonly<Record<string, Seat>>}} Roster
 *
 * @typedef {Object} TransportOptions
 * @property {Clock} clock
 * @property {(to: string, epochs: [number, number], data: any) => void} send - a signal to another seat
 * @property {() => Promise<void>} refreshCredentials - requests new ICE servers, which arrive by `setIceServers`
 *
 * @typedef {Object} TransportMembers
 * @property {number} videoPeople - the most people with camera video; in larger calls cameras pause
 * @property {(seatId: string) => Readonly<Streams>} streams - the same objects for the life of their connection
 * @property {(seatId: string) => number} level - audio level now, 0 to 1
 * @property {(seatId: string) => Quality} quality - of the media from that seat
 * @property {(seatId: string) => Promise<boolean>} flows - whether bytes arrive from that seat now
 * @property {(seatId: string, size: {height: number}) => void} setShownSize - the height at which a seat's camera is
 *   shown, in device pixels, 0: not shown
 * @property {(kind: TrackKind, track: MediaStreamTrack | null) => void} setTrack
 * @property {(servers: IceServer[]) => void} setIceServers
 * @property {(people: number) => void} prepare - number of people in the room that I may join
 * @property {(roster: Roster, now: {online: boolean, inviter: boolean}) => void} update - inviter: the roster
 *   came with my welcome
 * @property {(message: SignalFrom) => void} receive
 * @property {(seatId: string) => void} undelivered - a signal to that seat was not delivered
 * @property {(reason: WakeReason) => void} wake - the network or the machine may be back
 * @property {() => void} close
 *
 * @typedef {EventTarget & TransportMembers} Transport
 */
