"""A DNS server for one name, like Docker's for a service with several containers (RFC 1035)."""

from __future__ import annotations

import socket
import struct
from socketserver import BaseRequestHandler, BaseServer, ThreadingTCPServer, ThreadingUDPServer
from threading import Thread
from typing import Self

from tests.machine import free_port

A, NO_SUCH_NAME = 1, 3


class NameServer:
    """Answers queries for ``name`` with ``addresses``, which may change at any time, over UDP and TCP."""

    def __init__(self, name: str, addresses: list[str]) -> None:
        self.name, self.addresses = name, addresses
        where = ("127.0.0.1", free_port())
        self.address = "{}:{}".format(*where)
        self.servers: list[BaseServer] = [
            ThreadingUDPServer(where, self._handler(_over_udp)),
            ThreadingTCPServer(where, self._handler(_over_tcp)),
        ]
        self.threads = [Thread(target=server.serve_forever, args=(0.05,)) for server in self.servers]

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for server, thread in zip(self.servers, self.threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()

    def _handler(self, exchange):
        """A request handler class that answers through ``exchange``."""
        answer = self.answer

        class Handler(BaseRequestHandler):
            def handle(self) -> None:
                exchange(self, answer)

        return Handler

    def answer(self, query: bytes) -> bytes:
        end = query.index(b"\0", 12) + 5
        labels, kind = query[12 : end - 4], struct.unpack("!H", query[end - 4 : end - 2])[0]
        known = labels == bytes([len(self.name)]) + self.name.encode() + b"\0"
        found = self.addresses if known and kind == A else []
        flags = 0x8180 if known else 0x8180 | NO_SUCH_NAME
        head = query[:2] + struct.pack("!HHHHH", flags, 1, len(found), 0, 0)
        # Each record points back to the name in the question.
        records = [struct.pack("!HHHIH", 0xC00C, A, 1, 1, 4) + socket.inet_aton(each) for each in found]
        return head + query[12:end] + b"".join(records)


def _over_udp(handler, answer) -> None:
    query, link = handler.request
    link.sendto(answer(query), handler.client_address)


def _over_tcp(handler, answer) -> None:
    """Over TCP the length of each message comes before it (RFC 1035 section 4.2.2)."""
    with handler.request.makefile("rwb") as stream:
        while len(head := stream.read(2)) == 2:
            reply = answer(stream.read(int.from_bytes(head, "big")))
            stream.write(len(reply).to_bytes(2, "big") + reply)
            stream.flush()
