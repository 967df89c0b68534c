"""uvicorn on uvloop, configured as Daphne is: the same limits, pings and backlog, and the same bye before it stops."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator
from typing import Any

import uvicorn

from config.request_limits import HEAD_BYTES
from config.serving.lifecycle import drain, start_hub
from config.serving.listen import BACKLOG, MAX_MESSAGE_BYTES, PING_SECONDS, REQUEST_SECONDS, STOP_SIGNALS, ListenAddress
from config.serving.uvicorn_sockets import MeetingWebSocket, RequestProtocol, with_deadlines
from rooms.realtime.hub import Hub

# After the byes, for responses that are still being written.
FINISH_SECONDS = 2


class MeetingServer(uvicorn.Server):
    """uvicorn's server with a graceful stop: it sends every page a bye first, and ends with exit code 0."""

    hub: Hub

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn's own raises the signal once more at the end, for an exit code as if the process had been killed.
        loop = asyncio.get_running_loop()
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, self._told_to_stop)
        yield

    def _told_to_stop(self) -> None:
        self.force_exit = self.should_exit  # a second signal: stop at once
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.hub = start_hub()
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        await drain(self.hub)
        await super().shutdown(sockets)


def _is_ours_to_fix(record: logging.LogRecord) -> bool:
    """Leaves out text frames that are not UTF-8: any client can send them, as often as it likes."""
    return not record.msg.startswith("Invalid UTF-8 sequence")


def run(application: Any, address: ListenAddress) -> None:
    """Serve until SIGTERM or SIGINT."""
    logging.getLogger("uvicorn.error").addFilter(_is_ours_to_fix)
    options = uvicorn.Config(
        with_deadlines(application),
        host=address.host,
        port=address.port,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.key,
        loop="uvloop",
        http=RequestProtocol,
        h11_max_incomplete_event_size=HEAD_BYTES,
        ws=MeetingWebSocket,
        ws_max_size=MAX_MESSAGE_BYTES,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        # Signals are small and many; a window for each socket would cost more memory than the socket itself.
        ws_per_message_deflate=False,
        backlog=BACKLOG,
        lifespan="off",
        interface="asgi3",
        # Which addresses to trust behind a proxy is decided by ClientAddressMiddleware.
        proxy_headers=False,
        server_header=False,
        log_config=None,
        access_log=False,
        timeout_keep_alive=REQUEST_SECONDS,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    MeetingServer(options).run()
