"""Codes of errors and of byes, with the sentence for each."""

from __future__ import annotations

from typing import Literal

ERRORS: dict[str, str] = {
    "bad_message": "That message could not be read.",
    "too_large": "That message is too long.",
    "too_many": "Too many messages at once. Please slow down.",
    "not_joined": "Join the meeting first.",
    "already_joined": "You are already in the meeting.",
    "nickname_invalid": "Please enter a name of 1 to 40 characters.",
    "nickname_taken": "Someone here already uses that name.",
    "room_full": "This meeting is full.",
    "here_twice": "You are in this meeting twice already. Leave it in another tab or on another device first.",
    "not_allowed": "You are not allowed to do that.",
    "no_such_seat": "That person is no longer in the meeting.",
    "undelivered": "That person could not be reached just now.",
    "try_again": "The server is busy. Trying again in a moment.",
}

# code -> (WebSocket close code, action of the page, sentence). Pages decide by the action alone whether to rejoin,
# never by the close code.
BYES: dict[str, tuple[int, Literal["rejoin", "stop"], str]] = {
    "left": (1000, "stop", "You left the meeting."),
    "protocol": (4400, "stop", "This page and the server do not understand each other. Reload the page."),
    "no_session": (4401, "stop", "Your browser sent no cookie. Allow cookies for this site, then reload."),
    "signed_out": (4401, "stop", "You are signed out. To come back, open the meeting's link again."),
    "session_renewed": (4401, "rejoin", "You signed in anew, or your session ended. Coming back in a moment."),
    "password_due": (4401, "stop", "Please choose a password of your own first, then open the meeting's link again."),
    "not_allowed": (4403, "stop", "You cannot join this meeting."),
    "removed": (4403, "stop", "You were removed from the meeting."),
    "no_such_room": (4404, "stop", "There is no open meeting at this link."),
    "closed": (4404, "stop", "This meeting was closed."),
    "idle": (4408, "stop", "This page was open for a long time. Reload it to join."),
    "too_slow": (4408, "rejoin", "Your connection could not keep up."),
    "unheard": (4408, "rejoin", "Nothing was heard from this page for a while."),
    "taken": (4409, "stop", "You joined this meeting from another tab or device."),
    "too_many": (4429, "rejoin", "That was too much at once. Trying again in a moment."),
    "restarting": (1012, "rejoin", "The server is restarting. You can still be heard."),
    "try_again": (1013, "rejoin", "The server is busy. Trying again in a moment."),
}
