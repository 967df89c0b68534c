"""Refusals of a message, and the last message of a socket."""

from __future__ import annotations

from msgspec import UnsetType

from rooms.protocol.codes import BYES, ERRORS
from rooms.protocol.server import Bye, Error


class Refused(Exception):
    """A client message is refused.

    ``code`` is one of ERRORS, and ``message`` its sentence unless given; ``suggestion`` and ``to`` are those of Error.
    """

    def __init__(self, code: str, message: str = "", *, suggestion: str | None = None, to: str | None = None) -> None:
        self.code = code
        self.message = message or ERRORS[code]
        self.suggestion = suggestion
        self.to = to
        super().__init__(self.message)

    def error(self, ref: str | UnsetType | None = None) -> Error:
        """Return the answer to the refused message, whose ``ref`` it carries."""
        return Error(
            code=self.code,
            message=self.message,
            ref=ref or None,
            suggestion=self.suggestion,
            to=self.to,
        )


def bye(code: str, *, retry_in: float | None = None) -> Bye:
    """Return the last message to a socket; ``code`` is one of BYES, ``retry_in`` is in seconds."""
    _, action, message = BYES[code]
    return Bye(code=code, message=message, action=action, retry_in=retry_in)
