"""Every limit of the site, for the table in docs/limits.md: `manage.py render_limits` writes it, tests compare it."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings

from accounts import rate_limits
from config import field_limits, request_limits
from config.ground import env
from config.ground.throttle import Throttle
from config.serving import listen
from rooms import protocol
from rooms.protocol import LIMITS
from rooms.realtime import previews, room_list


class Limit(NamedTuple):
    """A row: ``most`` counts ``what`` for each ``per``; ``setting`` is the variable that changes it."""

    what: str
    most: str
    per: str
    beyond: str
    setting: str = ""


SEAT = f"seat, or socket before it has one; person {protocol.PER_PERSON} times that"
COME_BACK = "goodbye `too_many`: the page comes back after 10 seconds"
# Constants of the protocol that bound nothing.
NO_LIMITS = {"PROTOCOL_VERSION", "CAPACITY_DEFAULT", "HEARTBEAT_SECONDS", "HAND_UNDO_SECONDS", "CANDIDATE_BATCH_MS"}


def all_limits() -> list[Limit]:
    return [*_requests(), *_connections(), *_frames(), *_rates(), *_meetings(), *_quotas(), *_sign_ins()]


def bytes_in_words(number: int) -> str:
    for unit, size in (("MiB", 1024 * 1024), ("KiB", 1024)):
        if number % size == 0:
            return f"{number // size} {unit}"
    return f"{number:,} bytes"


def _setting(what: str, name: str, per: str, beyond: str, unit: str = "") -> Limit:
    return Limit(what, f"{env.DEFAULTS[name]}{unit}", per, beyond, name)


def _constant(name: str, what: str, per: str, beyond: str, unit: str = "") -> Limit:
    value = bytes_in_words(LIMITS[name]) if "BYTES" in name else f"{LIMITS[name]:,}{unit}"
    return Limit(f"{what} (`{name}`)", value, per, beyond)


def _requests() -> list[Limit]:
    own = request_limits
    head = bytes_in_words(own.HEAD_BYTES)
    return [
        Limit("path; query", f"{own.PATH_BYTES:,} and {own.QUERY_BYTES:,} bytes", "request", "414"),
        Limit("path, query and headers", f"{head}, {own.HEADERS_MAX} headers", "request", "431"),
        Limit("body", bytes_in_words(own.BODY_BYTES), "request", "413"),
        Limit("time for the body", f"{own.BODY_SECONDS} seconds", "request", "408"),
        Limit("time for the head", f"{listen.REQUEST_SECONDS} seconds", "connection", "it is closed"),
        Limit("form field, parameter", f"{field_limits.FIELD_MAX:,} characters", "field", "413"),
        Limit("search in the admin", f"{field_limits.SEARCH_MAX} characters", "field", "413"),
    ]


def _connections() -> list[Limit]:
    return [
        _setting(
            "connections that wait without a request",
            "LANAI_CONNECTIONS_PER_ADDRESS",
            "address and process",
            "the one that has waited longest is closed",
        ),
        Limit(
            "connections of all kinds",
            "half of the process's file descriptors",
            "address and process",
            "one that waits is closed, or else the newest",
        ),
        _setting("sockets", "LANAI_SOCKETS_PER_ADDRESS", "address and process", COME_BACK),
        _setting("sockets", "LANAI_SOCKETS_PER_PERSON", "person and process", COME_BACK),
        Limit("unread data", f"{listen.UNREAD_SECONDS} seconds without reading any", "socket", "it is cut off"),
        Limit(
            "frames, pings and fragments",
            f"{listen.FRAMES_AT_ONCE:,} in {listen.FRAMES_SECONDS} seconds",
            "socket",
            "it is cut off",
        ),
        _constant("HELLO_SECONDS", "time until the first message", "socket", "goodbye `try_again`", " seconds"),
        _constant("PEEK_SECONDS", "time in the green room", "socket", "goodbye `idle`", " seconds"),
        _constant("SIGNAL_BACKLOG_BYTES", "what waits to be read", "socket", "goodbye `too_slow`: the page comes back"),
        _constant("SIGNAL_SHARE_BYTES", "signals of one sender that wait to be read", "socket", "error `undelivered`"),
        Limit(
            "news of who is inside",
            f"one in {previews.INTERVAL_SECONDS:g} seconds",
            "green room",
            "changes in between are told together",
        ),
        Limit(
            "news of a list",
            f"one in {room_list.INTERVAL_SECONDS:g} seconds",
            "list of rooms",
            "changes in between are told together",
        ),
        Limit("list pages kept up to date", str(room_list.LIST_PAGES_MOST), "account and process", "error `too_many`"),
    ]


def _frames() -> list[Limit]:
    frame = "error `too_large`; over twice as much ends the connection"
    return [
        _constant("FRAME_BYTES", "frame", "frame", frame),
        _constant("SIGNAL_BYTES", "`data` of a signal", "message", "error `too_large`"),
        _constant("CHAT_MAX", "chat message", "message", "error `too_large`", " characters"),
        _constant("NICKNAME_MAX", "nickname", "message, form", "error `nickname_invalid`", " characters"),
        _constant("REF_MAX", "`ref`", "message", "error `bad_message`", " characters"),
        _constant("CHAT_HISTORY", "chat lines", "answer", "the earlier ones are asked for with `chat.earlier`"),
        _constant("CHAT_HISTORY_BYTES", "chat lines", "answer", "the earlier ones are asked for with `chat.earlier`"),
        _constant("ROOMS_PER_PAGE", "rooms", "page of a list", "another page"),
    ]


def _rates() -> list[Limit]:
    flood = "error `too_many`; after as many again, goodbye `too_many`"
    together = f"{LIMITS['FRAMES_PER_SECOND']} a second, {LIMITS['FRAMES_BURST']} at once"
    rows = [Limit("messages of all kinds (`FRAMES_PER_SECOND`, `FRAMES_BURST`)", together, "socket", flood)]
    for kind, rate in protocol.RATES.items():
        name = f"`{kind.__struct_config__.tag}`"
        if rate.unit == "bytes":
            name += ", bytes of `data` (`SIGNAL_BYTES_PER_SECOND`, `SIGNAL_BYTES_BURST`)"
        amount = f"{_amount(rate.per_second, rate.unit)} a second, {_amount(rate.burst, rate.unit)} at once"
        rows.append(Limit(name, amount, SEAT, f"error `{rate.code}`: {rate.words}"))
    refused = protocol.REFUSALS
    often = f"{refused.per_second:g} a second, {refused.burst} at once"
    return [*rows, Limit("messages refused for their rate", often, SEAT, COME_BACK)]


def _amount(number: float, unit: str) -> str:
    return bytes_in_words(int(number)) if unit == "bytes" else f"{number:g}"


def _meetings() -> list[Limit]:
    return [
        _constant("CAPACITY_MAX", "capacity that can be chosen", "room", "the form says so"),
        _constant(
            "SEATS_PER_PERSON", "live seats", "person and room", "error `here_twice`; the owner's oldest gives way"
        ),
        _constant("RESUME_SECONDS", "time to come back into a seat", "seat", "a new seat", " seconds"),
        _constant("ROOM_NAME_MAX", "name", "room", "the form says so", " characters"),
    ]


def _quotas() -> list[Limit]:
    return [
        _setting(
            "rooms",
            "LANAI_ROOMS_PER_ACCOUNT",
            "account, where the admin sets no other number",
            "the page says so; with deleted ones whose history is kept, twice as many",
        ),
        _setting("chat messages", "LANAI_CHAT_PER_ROOM", "room", "the oldest are deleted"),
        _setting("past seats", "LANAI_SEATS_PER_ROOM", "room", "the oldest are deleted"),
        _setting("history", "LANAI_RETENTION_DAYS", "room", "it is deleted", " days"),
        _setting(
            "new guests",
            "LANAI_GUESTS_PER_ADDRESS",
            "address",
            "429 with the waiting time; known guests and accounts get in",
            " an hour",
        ),
        Limit(
            "codes of no room",
            env.DEFAULTS["LANAI_UNKNOWN_CODES"].replace("/", " a "),
            "address",
            "429 or goodbye `too_many`; rooms that exist open",
            "LANAI_UNKNOWN_CODES",
        ),
    ]


FORM = "the form tells the waiting time"
PAGE = "429 with the waiting time"
# Per limit of accounts.rate_limits: what is tried, per what it counts, and what happens beyond.
TRIES: dict[Throttle, tuple[str, str, str]] = {
    rate_limits.SIGN_INS_ELSEWHERE: ("sign-ins in other browsers", "address", PAGE),
    rate_limits.SIGN_INS_KNOWN: ("sign-ins in browsers that the account has signed in with", "account", PAGE),
    rate_limits.WRONG_AT_ADDRESS: ("wrong passwords in other browsers", "address", FORM),
    rate_limits.WRONG_HERE: ("wrong passwords in other browsers", "address and account", FORM),
    rate_limits.WRONG_ELSEWHERE: ("wrong passwords in other browsers", "account", FORM),
    rate_limits.WRONG_KNOWN: ("wrong passwords in a browser that has signed in", "browser and account", FORM),
    rate_limits.RESETS_AT_ADDRESS: ("password resets", "address", PAGE),
    rate_limits.RESETS: ("password resets", "e-mail address", PAGE),
    rate_limits.NEW_PASSWORDS: ("forms for a new password", "address", PAGE),
    rate_limits.PASSWORD_CHANGES: ("changes of the password", "account", PAGE),
    rate_limits.EMAIL_CHANGES: ("changes of the e-mail address", "account", PAGE),
    rate_limits.REAUTHENTICATIONS: ("passwords asked for again", "account", PAGE),
}
WINDOWS = {60: "a minute", 300: "in 5 minutes", 3600: "an hour"}


def _sign_ins() -> list[Limit]:
    signups = "LANAI_SIGNUPS_PER_ADDRESS"
    forms = int(env.DEFAULTS[signups]) * rate_limits.FORMS_PER_SIGN_UP
    mails, minutes, _ = str(settings.ACCOUNT_RATE_LIMITS["confirm_email"]).split("/")
    beyond = "the link sent before goes on working"
    return [
        *(_tries(limit, *words) for limit, words in TRIES.items()),
        _setting("sign-ups", signups, "address", PAGE, " an hour"),
        Limit("forms to sign up, with a mistake or without", f"{forms} an hour", "address", PAGE, signups),
        Limit("mails that confirm an address", f"{mails} in {minutes.rstrip('m')} minutes", "e-mail address", beyond),
    ]


def _tries(limit: Throttle, what: str, per: str, beyond: str) -> Limit:
    return Limit(what, f"{limit.rate.amount} {WINDOWS[limit.rate.get_expiry()]}", per, beyond)
