"""A WebSocket client of raw bytes that does what no browser does: read nothing, send half a request, flood."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import socket
import struct
from typing import Any, Self
from urllib.parse import urlsplit

from tests.stack import Process

TEXT, CLOSE, PING, FINAL, MASKED = 0x1, 0x8, 0x9, 0x80, 0x80
RECEIVE_BUFFER = 8192


def frame(payload: bytes, first: int = FINAL | TEXT) -> bytes:
    """A client's frame (RFC 6455 section 5.2), masked with zeros."""
    return head(len(payload), first) + payload


def head(length: int, first: int = FINAL | TEXT) -> bytes:
    if length < 126:
        size = struct.pack(">BB", first, MASKED | length)
    elif length < 65536:
        size = struct.pack(">BBH", first, MASKED | 126, length)
    else:
        size = struct.pack(">BBQ", first, MASKED | 127, length)
    return size + bytes(4)


class RawSocket:
    """A TCP connection to one process; ``shake`` upgrades it to a room's WebSocket."""

    def __init__(self, process: Process) -> None:
        self.origin = process.origin
        site = urlsplit(process.origin)
        self.link = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        # Small, so that unread data soon piles up at the server.
        self.link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        self.link.setblocking(False)
        self._address = (str(site.hostname), site.port)
        self.host = site.netloc

    async def connect(self) -> Self:
        await asyncio.get_running_loop().sock_connect(self.link, self._address)
        return self

    async def write(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self.link, data)

    async def read(self, most: int = 65536) -> bytes:
        return await asyncio.get_running_loop().sock_recv(self.link, most)

    async def shake(self, slug: str, cookie: str) -> None:
        lines = [
            f"GET /ws/r/{slug}/ HTTP/1.1", f"Host: {self.host}", f"Origin: {self.origin}", f"Cookie: {cookie}",
            "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]  # fmt: skip
        await self.write("\r\n".join([*lines, "", ""]).encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += await self.read(1)
        assert b" 101 " in answer, answer

    async def say(self, type: str, **fields: Any) -> None:
        await self.write(frame(json.dumps({"type": type, **fields}).encode()))

    async def join(self, nickname: str) -> None:
        key, page = secrets.token_hex(16), secrets.token_hex(4)
        await self.say("hello", key=key, page=page, attempt=1, nickname=nickname, mic=True, cam=True)

    async def ended(self) -> bytes:
        """Everything received until the server closes the connection."""
        heard = b""
        try:
            while data := await self.read():
                heard += data
        except ConnectionError:
            pass
        return heard

    def close(self) -> None:
        self.link.close()


def memory_of(process: Process) -> int:
    """Resident memory in MiB."""
    assert process.process is not None
    with open(f"/proc/{process.process.pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
