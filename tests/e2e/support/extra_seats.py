"""People without a browser: a seat each, in a guest session of its own, without media."""

from __future__ import annotations

import json
import secrets
import threading
import urllib.request
from http.cookies import SimpleCookie
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

PING_SECONDS = 5


class ExtraSeats:
    """Fills one room. The seats are kept until ``close``."""

    def __init__(self) -> None:
        self._sockets: list[ClientConnection] = []

    def take(self, origin: str, path: str, *nicknames: str) -> None:
        """Take a seat for each nickname, all at the same moment, and wait for the welcomes. ``path``: of the page."""
        sockets = [_connect(origin, path) for _ in nicknames]
        for socket, nickname in zip(sockets, nicknames, strict=True):
            key, page = secrets.token_hex(16), secrets.token_hex(4)
            _send(socket, "hello", key=key, page=page, attempt=1, nickname=nickname, mic=False, cam=False)
        for socket in sockets:
            answer = json.loads(socket.recv(timeout=PING_SECONDS))
            assert answer["type"] == "welcome", answer
            threading.Thread(target=_keep, args=[socket], daemon=True).start()
        self._sockets += sockets

    def lose_one(self) -> None:
        """Close the last one's socket as a lost network does: the seat is away."""
        self._sockets.pop().close(code=3000)

    def close(self) -> None:
        for socket in self._sockets:
            socket.close()


def _connect(origin: str, path: str) -> ClientConnection:
    with urllib.request.urlopen(origin + path) as page:  # the page makes the session
        cookies = SimpleCookie("; ".join(page.headers.get_all("Set-Cookie")))
    header = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
    address = f"{origin.replace('http', 'ws', 1)}/ws{path}"
    return connect(address, origin=Origin(origin), additional_headers={"Cookie": header}, max_size=None, legacy=True)


def _send(socket: ClientConnection, kind: str, **fields: Any) -> None:
    socket.send(json.dumps({"type": kind, **fields}))


def _keep(socket: ClientConnection) -> None:
    """Read what comes, and say something often enough to be heard."""
    try:
        while True:
            try:
                socket.recv(timeout=PING_SECONDS)
            except TimeoutError:
                _send(socket, "ping")
    except ConnectionClosed:
        return
