"""A complete Lanai site as docker-compose.yml describes it, run with the system's packages and the files of deploy/.

It differs only in what Docker would provide: names become addresses of this machine, ports become free ones.
"""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from websockets.asyncio.client import connect
from websockets.typing import Origin

from tests.compose.compose_file import ENVIRONMENT, HOST, environment_of, load
from tests.compose.name_server import NameServer
from tests.machine import ROOT, accepts, free_port, program
from tests.services import Caddy, Coturn, Postgres, Redis, Service

PASSWORD = ENVIRONMENT["REDIS_PASSWORD"]


class PasswordRedis(Redis):
    """Redis with the start script, configuration and password of deploy/."""

    def __init__(self) -> None:
        super().__init__()
        self.url = f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        own = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        return ["sh", str(ROOT / "deploy" / "redis.sh"), *own]

    def environment(self) -> dict[str, str]:
        folder = str(Path(program("redis-server")).parent)
        path = f"{folder}:{os.environ['PATH']}"
        return {**os.environ, "PATH": path, "REDIS_PASSWORD": PASSWORD}

    def is_ready(self) -> bool:
        return accepts("127.0.0.1", self.port)


class Web(Service):
    """One web process, on its own address as a container would be."""

    name = "web"

    def __init__(self, address: str, port: int, environment: dict[str, str]) -> None:
        super().__init__()
        self.address, self.port, self.given = address, port, environment

    def command(self) -> list[str]:
        return [
            sys.executable,
            str(ROOT / "manage.py"),
            "serve",
            "--host",
            self.address,
            "--port",
            str(self.port),
        ]

    def environment(self) -> dict[str, str]:
        return self.given

    def is_ready(self) -> bool:
        return accepts(self.address, self.port)


class Site:
    """The services of docker-compose.yml, two web processes behind Caddy."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self.web_port = free_port()

    def __enter__(self) -> Self:
        with self.stack:
            self._start()
            self.stack = self.stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def _start(self) -> None:
        enter = self.stack.enter_context
        self.redis = enter(PasswordRedis())
        self.database = enter(Postgres()).new_database()
        self.turn = enter(Coturn(TURN_SECRET=ENVIRONMENT["TURN_SECRET"], TURN_REALM=HOST))
        addresses = ["127.0.0.1", "127.0.0.2"]
        self.names = enter(NameServer("web", addresses))
        names = {"LANAI_RESOLVER": self.names.address, "LANAI_WEB_PORT": str(self.web_port)}
        self.caddy = Caddy(**names)
        self.caddy.settings["LANAI_SITE"] = f"{HOST}:{self.caddy.port}"
        self.origin = f"https://{HOST}:{self.caddy.port}"
        self.first_start = self.migrate()
        self.webs = [enter(Web(address, self.web_port, self.environment())) for address in addresses]
        enter(self.caddy)

    def environment(self) -> dict[str, str]:
        """The environment of the web service, with addresses in place of names."""
        own = {
            "SITE_ORIGINS": self.origin,
            "TRUSTED_PROXIES": "127.0.0.0/8",
            "DATABASE_URL": self.database,
            "REDIS_URL": self.redis.url,
            "TURN_URLS": ",".join(self.turn.urls),
            "LANAI_DATA_DIR": str(self.redis.folder / "data"),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
        return {**environment_of("web"), **own}

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        return self._run([sys.executable, "manage.py", *command])

    def migrate(self) -> str:
        """Run the command of the migrate service; return its output."""
        done = self._run(load()["services"]["migrate"]["command"])
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        env = self.environment()
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=env)

    # --- as a browser -----------------------------------------------------------------------------

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.caddy.authority))

    def get(self, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
        link = http.client.HTTPSConnection(HOST, self.caddy.port, context=self.trust, timeout=20)
        # No name server knows the name, so the socket is connected by hand.
        plain = socket.create_connection(("127.0.0.1", self.caddy.port))
        link.sock = self.trust.wrap_socket(plain, server_hostname=HOST)
        try:
            link.request("GET", path, headers=headers)
            answer = link.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")
        finally:
            link.close()

    def guest(self, slug: str) -> str:
        """The Cookie header of a guest who has opened the room's page."""
        status, headers, _ = self.get(f"/r/{slug}/")
        assert status == 200
        return "; ".join(cookie.partition(";")[0] for cookie in headers.get_all("Set-Cookie", []))

    def socket(self, path: str, cookie: str, origin: str | None = None) -> connect:
        # Not the threaded client: Python's TLS connections are not safe to read and write at the same time.
        return connect(
            f"wss://{HOST}:{self.caddy.port}{path}",
            host="127.0.0.1",
            ssl=self.trust,
            origin=Origin(origin or self.origin),
            additional_headers={"Cookie": cookie},
            proxy=None,
        )
