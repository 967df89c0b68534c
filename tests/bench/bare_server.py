"""A server to compare join times with: a relay and a page that do the plain WebRTC join flow and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

PAGE = (Path(__file__).parent / "bare.html").read_bytes()

rooms: dict[str, dict[str, ServerConnection]] = defaultdict(dict)


def _page(connection: ServerConnection, request: Request) -> Response | None:
    if request.headers.get("Upgrade"):
        return None
    return Response(200, "OK", Headers({"Content-Type": "text/html", "Content-Length": str(len(PAGE))}), PAGE)


async def _relay(connection: ServerConnection) -> None:
    assert connection.request
    path, _, name = connection.request.path.partition("?")
    others = rooms[path]
    for other in others.values():
        await other.send(json.dumps({"from": name, "joined": True}))
    others[name] = connection
    async for text in connection:
        message = json.loads(text)
        if message["to"] in others:
            await others[message["to"]].send(json.dumps({"from": name, "data": message["data"]}))
    del others[name]


async def _serve(ready: threading.Event, port: list[int], stop: asyncio.Event) -> None:
    async with serve(_relay, "127.0.0.1", 0, process_request=_page) as server:
        port.append(next(iter(server.sockets)).getsockname()[1])
        ready.set()
        await stop.wait()


@contextlib.contextmanager
def bare_server() -> Iterator[str]:
    """Run the server in a thread; yields its origin."""
    port: list[int] = []
    ready, stop, loop = threading.Event(), asyncio.Event(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=[_serve(ready, port, stop)])
    thread.start()
    ready.wait()
    yield f"http://127.0.0.1:{port[0]}"
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()
