/**
 * Defines the contract between the meeting and the transport that carries its media: the mesh, or a media server in its
 * place.
 *
 * Events: "streams" {seatId}, "peer" {seatId, state}, "quality" {seatId, level}, and "liveness" {alive, flows} when
 * somebody's media stops or comes back, which may be news of the network; flows: there is some from anybody.
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
 * @property {() => Promise<void>} refreshCredentials - asks for new ICE servers; they come by `setIceServers`
 *
 * @typedef {Object} TransportMembers
 * @property {number} videoPeople - the most people who see each other; above it cameras pause
 * @property {(seatId: string) => Readonly<Streams>} streams - the same objects for as long as their connection lives
 * @property {(seatId: string) => number} level - how loud that person is now, 0 to 1
 * @property {(seatId: string) => Quality} quality - how well that person comes through
 * @property {(seatId: string) => Promise<boolean>} flows - whether anything comes from that person now
 * @property {(seatId: string, size: {height: number}) => void} setShownSize - how large a seat's camera is shown, in
 *   pixels of the screen, 0: not at all
 * @property {(kind: TrackKind, track: MediaStreamTrack | null) => void} setTrack
 * @property {(servers: IceServer[]) => void} setIceServers
 * @property {(people: number) => void} prepare - so many may soon be met
 * @property {(roster: Roster, now: {online: boolean, inviter: boolean}) => void} update - inviter: the roster is the
 *   one I was welcomed with
 * @property {(message: SignalFrom) => void} receive
 * @property {(seatId: string) => void} undelivered - a signal to that seat was not delivered
 * @property {(reason: WakeReason) => void} wake - the network or the machine may be back
 * @property {() => void} close
 *
 * @typedef {EventTarget & TransportMembers} Transport
 */
