// GENERATED from rooms/protocol/ by `manage.py render_protocol`. Do not edit.

/**
 * A person's seat in a room, as everybody in the room sees it.
 * @typedef {Object} Seat
 * @property {string} id
 * @property {string} nickname
 * @property {"host"|"member"} role
 * @property {boolean} guest
 * @property {boolean} mic
 * @property {boolean} cam
 * @property {boolean} screen
 * @property {number|null} hand
 * @property {boolean} spotlight
 * @property {number} joined_at
 * @property {boolean} away
 * @property {number} epoch
 * @property {number} rev
 */

/**
 * A room, as the people in it see it.
 * @typedef {Object} Room
 * @property {string} slug
 * @property {string} name
 * @property {number} capacity
 * @property {number} chat_days
 * @property {number} rev
 */

/**
 * A chat message, with nicknames as of sending. `to` and `to_nickname` are null for a message to the whole room.
 * @typedef {Object} ChatLine
 * @property {number} id
 * @property {string} seat
 * @property {string} nickname
 * @property {string} text
 * @property {string|null} to
 * @property {string|null} to_nickname
 * @property {number} sent_at
 * @property {string|null} ref
 */

/**
 * An RTCIceServer (W3C WebRTC 4.2.4).
 * @typedef {Object} IceServer
 * @property {string[]} urls
 * @property {string} [username]
 * @property {string} [credential]
 */

/**
 * A room in a list of rooms, with the nicknames of the people inside.
 * @typedef {Object} LiveRoom
 * @property {string} slug
 * @property {string} name
 * @property {boolean} open
 * @property {string[]} people
 */

/**
 * Subscribes, from the green room, to who is inside, for PEEK_SECONDS at most. Takes no seat.
 * @typedef {Object} Peek
 * @property {"peek"} type
 * @property {string} [ref]
 */

/**
 * Takes a seat, or resumes the one that `key` holds. Of two with the same `key`, the higher `attempt` wins.
 * @typedef {Object} Hello
 * @property {"hello"} type
 * @property {string} key
 * @property {string} page
 * @property {number} attempt
 * @property {string} nickname
 * @property {boolean} mic
 * @property {boolean} cam
 * @property {string} [ref]
 */

/**
 * Asks to relay `data`, unchanged, to one seat of the room. `epochs` is [of my seat, of the other seat].
 * @typedef {Object} Signal
 * @property {"signal"} type
 * @property {string} to
 * @property {[number, number]} epochs
 * @property {unknown} data
 * @property {string} [ref]
 */

/**
 * Changes my own switches; sent again after a resume. Fields that are left out stay as they are. A hand that is raised again within HAND_UNDO_SECONDS keeps its place.
 * @typedef {Object} State
 * @property {"state"} type
 * @property {boolean} [mic]
 * @property {boolean} [cam]
 * @property {boolean} [screen]
 * @property {boolean} [hand]
 * @property {string} [ref]
 */

/**
 * Changes the nickname of my seat. Refused like that of `hello`, with a `suggestion` if it is taken.
 * @typedef {Object} Nickname
 * @property {"nickname"} type
 * @property {string} nickname
 * @property {string} [ref]
 */

/**
 * Sends a chat message to the room, or to one seat. Unique by seat and `ref`, so it is safe to send again.
 * @typedef {Object} Chat
 * @property {"chat"} type
 * @property {string} text
 * @property {string} [to]
 * @property {string} [ref]
 */

/**
 * Asks for the lines that came before the one with the id `before`: CHAT_HISTORY of them, or fewer that take CHAT_HISTORY_BYTES.
 * @typedef {Object} ChatEarlier
 * @property {"chat.earlier"} type
 * @property {number} before
 * @property {string} [ref]
 */

/**
 * Shows everybody an emoji for a moment, one of REACTIONS.
 * @typedef {Object} Reaction
 * @property {"reaction"} type
 * @property {string} emoji
 * @property {string} [ref]
 */

/**
 * Hosts only: one act on a person. `remove` ends all their seats in the room for good, also one that has just expired, and they cannot come back under the same account or in the same browser session; signed out or in a private window they can. `spotlight` shows them large to everyone instead of the person before, or ends the spotlight where `seat` is null.
 * @typedef {Object} Moderate
 * @property {"moderate"} type
 * @property {"remove"|"spotlight"} act
 * @property {string|null} [seat]
 * @property {string} [ref]
 */

/**
 * Asks for `welcome` again: a new snapshot and new TURN credentials.
 * @typedef {Object} Sync
 * @property {"sync"} type
 * @property {string} [ref]
 */

/**
 * Heartbeat, every HEARTBEAT_SECONDS.
 * @typedef {Object} Ping
 * @property {"ping"} type
 * @property {string} [ref]
 */

/**
 * Leaves the meeting: the seat ends at once.
 * @typedef {Object} Leave
 * @property {"leave"} type
 * @property {string} [ref]
 */

/**
 * On /ws/live/: ROOMS_PER_PAGE of my rooms, newest first, and who is inside, a snapshot first. The last counts.
 * @typedef {Object} Subscribe
 * @property {"subscribe"} type
 * @property {number} [list_page]
 * @property {string} [ref]
 */

/**
 * The room and who is inside, for a page in the green room. `inside` counts everybody; `nicknames` is empty if the person may not enter.
 * @typedef {Object} RoomPeek
 * @property {"room"} type
 * @property {Room} room
 * @property {string[]} nicknames
 * @property {number} inside
 */

/**
 * The full snapshot, first thing after `hello` and again after `sync`. `seat` is mine. `chat` has the last lines, as `chat.lines` has others; `chat_earlier`: whether there are lines before them. `now` is the time by the server's clock, in seconds since 1970.
 * @typedef {Object} Welcome
 * @property {"welcome"} type
 * @property {string} seat
 * @property {Room} room
 * @property {Seat[]} seats
 * @property {ChatLine[]} chat
 * @property {boolean} chat_earlier
 * @property {IceServer[]} ice_servers
 * @property {number} heartbeat
 * @property {number} protocol
 * @property {number} now
 */

/**
 * A seat was taken, or resumed after it had expired.
 * @typedef {Object} SeatJoined
 * @property {"seat.joined"} type
 * @property {Seat} seat
 */

/**
 * A seat changed. Ignore it if its `rev` is not higher than the one you have.
 * @typedef {Object} SeatUpdated
 * @property {"seat.updated"} type
 * @property {Seat} seat
 */

/**
 * A seat ended. Remember its id and `rev`: messages about it that arrive later are outdated, unless their `rev` is higher.
 * @typedef {Object} SeatLeft
 * @property {"seat.left"} type
 * @property {string} id
 * @property {"closed"|"expired"|"left"|"removed"} reason
 * @property {number} rev
 */

/**
 * A relayed signal. `from` is set by the server; `epochs` are as the sender wrote them.
 * @typedef {Object} SignalFrom
 * @property {"signal"} type
 * @property {string} from
 * @property {[number, number]} epochs
 * @property {unknown} data
 */

/**
 * A chat message. Its author gets it, too: this is how a page learns that its message was stored.
 * @typedef {Object} ChatSaid
 * @property {"chat"} type
 * @property {ChatLine} line
 */

/**
 * Answers `chat.earlier`, oldest first. `earlier`: whether there are lines before them.
 * @typedef {Object} ChatLines
 * @property {"chat.lines"} type
 * @property {ChatLine[]} lines
 * @property {boolean} earlier
 */

/**
 * A person shows an emoji.
 * @typedef {Object} Reacted
 * @property {"reaction"} type
 * @property {string} from
 * @property {string} emoji
 */

/**
 * The name of the room, its capacity, or how long its chat is kept changed.
 * @typedef {Object} RoomUpdated
 * @property {"room.updated"} type
 * @property {Room} room
 */

/**
 * On /ws/live/: my rooms of the page that was asked for; replaces what was shown.
 * @typedef {Object} Live
 * @property {"live"} type
 * @property {LiveRoom[]} rooms
 */

/**
 * On /ws/live/: one of my rooms changed.
 * @typedef {Object} LiveRoomChanged
 * @property {"live.room"} type
 * @property {LiveRoom} room
 */

/**
 * The message with this `ref` was carried out.
 * @typedef {Object} Ack
 * @property {"ack"} type
 * @property {string} ref
 */

/**
 * Answers `ping`.
 * @typedef {Object} Pong
 * @property {"pong"} type
 */

/**
 * A message was refused; the socket stays open. `suggestion` is a free nickname (with `nickname_taken`), `to` the seat that could not be reached (with `undelivered`).
 * @typedef {Object} Error
 * @property {"error"} type
 * @property {string} code
 * @property {string} message
 * @property {string|null} [ref]
 * @property {string|null} [suggestion]
 * @property {string|null} [to]
 */

/**
 * The last message before the server closes the socket. `retry_in` is in seconds: rejoin after that time.
 * @typedef {Object} Bye
 * @property {"bye"} type
 * @property {string} code
 * @property {string} message
 * @property {"rejoin"|"stop"} action
 * @property {number|null} [retry_in]
 */

/** @typedef {Peek|Hello|Signal|State|Nickname|Chat|ChatEarlier|Reaction|Moderate|Sync|Ping|Leave|Subscribe} ClientMessage */

/** @typedef {RoomPeek|Welcome|SeatJoined|SeatUpdated|SeatLeft|SignalFrom|ChatSaid|ChatLines|Reacted|RoomUpdated|Live|LiveRoomChanged|Ack|Pong|Error|Bye} ServerMessage */

export const PROTOCOL_VERSION = 1;

export const LIMITS = /** @type {const} */ ({
  FRAME_BYTES: 65536,
  SIGNAL_BYTES: 32768,
  NICKNAME_MAX: 40,
  CHAT_MAX: 2000,
  CHAT_HISTORY: 200,
  CHAT_HISTORY_BYTES: 262144,
  REF_MAX: 64,
  FRAMES_PER_SECOND: 50,
  FRAMES_BURST: 200,
  ROOM_NAME_MAX: 80,
  CAPACITY_DEFAULT: 6,
  CAPACITY_MAX: 8,
  SEATS_PER_PERSON: 2,
  HEARTBEAT_SECONDS: 8,
  HELLO_SECONDS: 10,
  PEEK_SECONDS: 900,
  RESUME_SECONDS: 600,
  HAND_UNDO_SECONDS: 20,
  CANDIDATE_BATCH_MS: 50,
  SIGNAL_BACKLOG_BYTES: 4194304,
  SIGNAL_SHARE_BYTES: 524288,
  SIGNAL_BYTES_PER_SECOND: 262144,
  SIGNAL_BYTES_BURST: 1048576,
  ROOMS_PER_PAGE: 50,
});

export const REACTIONS = /** @type {const} */ (["👍", "❤️", "😂", "🎉", "👏", "😮"]);

export const ERROR_CODES = /** @type {const} */ ([
  "bad_message",
  "too_large",
  "too_many",
  "not_joined",
  "already_joined",
  "nickname_invalid",
  "nickname_taken",
  "room_full",
  "here_twice",
  "not_allowed",
  "no_such_seat",
  "undelivered",
  "try_again",
]);

export const BYE_CODES = /** @type {const} */ ([
  "left",
  "protocol",
  "no_session",
  "signed_out",
  "session_renewed",
  "password_due",
  "not_allowed",
  "removed",
  "no_such_room",
  "closed",
  "idle",
  "too_slow",
  "unheard",
  "taken",
  "too_many",
  "restarting",
  "try_again",
]);
