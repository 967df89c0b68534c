"""Limits that the server and the pages share. Text is counted in code points, frames and data in bytes."""

from __future__ import annotations

from config.ground import nicknames

PROTOCOL_VERSION = 1

FRAME_BYTES = 64 * 1024
SIGNAL_BYTES = 32 * 1024
NICKNAME_MAX = nicknames.NICKNAME_MAX
CHAT_MAX = 2000
CHAT_HISTORY = 200
CHAT_HISTORY_BYTES = 256 * 1024
REF_MAX = 64
FRAMES_PER_SECOND = 50
FRAMES_BURST = 200
ROOM_NAME_MAX = 80
CAPACITY_DEFAULT = 6
CAPACITY_MAX = 8
SEATS_PER_PERSON = 2
HEARTBEAT_SECONDS = 8
HELLO_SECONDS = 10
PEEK_SECONDS = 15 * 60
RESUME_SECONDS = 10 * 60
HAND_UNDO_SECONDS = 20
CANDIDATE_BATCH_MS = 50
SIGNAL_BACKLOG_BYTES = 4 * 1024 * 1024
# What one sender may have waiting for one person: a share for each seat of the largest room.
SIGNAL_SHARE_BYTES = SIGNAL_BACKLOG_BYTES // CAPACITY_MAX
SIGNAL_BYTES_PER_SECOND = 256 * 1024
SIGNAL_BYTES_BURST = 1024 * 1024
ROOMS_PER_PAGE = 50

LIMITS: dict[str, int] = {
    name: value for name, value in list(globals().items()) if name.isupper() and type(value) is int
}

REACTIONS = ("👍", "❤️", "😂", "🎉", "👏", "😮")
