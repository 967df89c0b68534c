"""Real servers for the tests: Redis, PostgreSQL, coturn and Caddy, from the system's packages.

Each one runs in a folder of its own under the temporary directory, on ports of its own, and ends with the
test that asked for it. A missing program fails the test with the line that installs it; nothing is skipped.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import psycopg
import pytest

from tests.machine import ROOT, accepts, free_port, own_address, program, wait_until


class Service:
    """One server process. ``stop`` asks it to end, ``kill`` does not; ``start`` runs it again as it was."""

    name = "service"
    stop_signal = signal.SIGTERM
    # The user it runs as when the tests run as root, for servers that refuse to be root.
    user: str | None = None

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"lanai-{self.name}-"))
        self.process: subprocess.Popen[bytes] | None = None
        self.exit_code: int | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def is_ready(self) -> bool:
        raise NotImplementedError

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def start(self) -> Self:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                cwd=self.folder, env=self.environment(), **self.identity(),
            )  # fmt: skip
        wait_until(self._ready_or_dead, f"answer from {self.name}:\n{self.log[-2000:]}", within=30)
        return self

    def _ready_or_dead(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError(f"{self.name} ended with {self.process.returncode}:\n{self.log[-3000:]}")
        return self.is_ready()

    def identity(self) -> dict[str, Any]:
        """The user to run as, for Popen."""
        if os.geteuid() != 0 or self.user is None:
            return {}
        return {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []}

    def stop(self) -> None:
        self._end(self.stop_signal)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.exit_code, self.process = self.process.returncode, None

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Redis(Service):
    name = "redis"

    def __init__(self) -> None:
        super().__init__()
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        own = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        return [program("redis-server"), *own, "--save", "", "--appendonly", "no"]

    def is_ready(self) -> bool:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), timeout=1) as link,
        ):
            link.sendall(b"PING\r\n")
            return link.recv(16).startswith(b"+PONG")
        return False


class Postgres(Service):
    name = "postgres"
    stop_signal = signal.SIGINT  # "fast": ends the sessions of clients too
    user = "nobody"
    password = "only-for-tests"

    def __init__(self) -> None:
        super().__init__()
        self.port = free_port()
        self.data = self.folder / "data"
        self._initialise()

    def _initialise(self) -> None:
        (self.folder / "password").write_text(self.password)
        if self.identity():
            shutil.chown(self.folder, self.user)
        options = ["--username=lanai", "--auth=scram-sha-256", f"--pwfile={self.folder / 'password'}"]
        options += ["--encoding=UTF8", "--locale=C", "--no-sync"]
        command = [program("initdb"), f"--pgdata={self.data}", *options]
        made = subprocess.run(command, capture_output=True, cwd=self.folder, check=False, **self.identity())
        assert made.returncode == 0, made.stderr.decode()

    def command(self) -> list[str]:
        settings = {
            "port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.folder,
            "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": 200,
        }  # fmt: skip
        return [
            program("postgres"),
            "-D",
            str(self.data),
            *(f"--{key}={value}" for key, value in settings.items()),
        ]

    def is_ready(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url("postgres")):
            return True
        return False

    def url(self, database: str) -> str:
        return f"postgres://lanai:{self.password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"lanai_{time.monotonic_ns()}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)


class Coturn(Service):
    """coturn with the start script and configuration of deploy/, as docker compose runs it."""

    name = "coturn"
    secret = "only-for-tests-0123456789abcdefghijklmnopqrstuvwxyz"

    def __init__(self, **overrides: str) -> None:
        super().__init__()
        self.address = own_address()
        self.port, self.tls_port = free_port(), free_port()
        self.realm = "meet.example.org"
        self.overrides = overrides
        self.urls = [f"turn:{self.address}:{self.port}?transport={kind}" for kind in ("udp", "tcp")]

    def command(self) -> list[str]:
        return ["sh", str(ROOT / "deploy" / "coturn.sh")]

    def environment(self) -> dict[str, str]:
        low = 33000 + 500 * random.randrange(20)
        own = {
            "TURN_SECRET": self.secret, "TURN_REALM": self.realm, "TURN_PORT": str(self.port),
            "TURN_TLS_PORT": str(self.tls_port), "TURN_RELAY_ADDRESS": self.address,
            "TURN_MIN_PORT": str(low), "TURN_MAX_PORT": str(low + 499), "TURN_RUN_DIR": str(self.folder),
        }  # fmt: skip
        return {**super().environment(), "TURNSERVER": program("turnserver"), **own, **self.overrides}

    @property
    def configuration(self) -> list[str]:
        return (self.folder / "turnserver.conf").read_text().splitlines()

    def is_ready(self) -> bool:
        """It answers a STUN binding request (RFC 8489 section 6)."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
            link.settimeout(0.5)
            link.connect((self.address, self.port))
            link.send(bytes.fromhex("0001 0000 2112A442") + os.urandom(12))
            return link.recv(512)[:2] == b"\x01\x01"
        return False


class Caddy(Service):
    """Caddy with the Caddyfile of deploy/. Its own certificate authority is in ``authority``."""

    name = "caddy"

    def __init__(self, **settings: str) -> None:
        super().__init__()
        self.port, self.http_port = free_port(), free_port()
        self.settings = settings
        self.authority = self.folder / "data" / "caddy" / "pki" / "authorities" / "local" / "root.crt"

    def command(self) -> list[str]:
        return [
            program("caddy"),
            "run",
            "--config",
            str(ROOT / "deploy" / "Caddyfile"),
            "--adapter",
            "caddyfile",
        ]

    def environment(self) -> dict[str, str]:
        own = {
            "LANAI_SITE": f"localhost:{self.port}", "LANAI_HTTP_PORT": str(self.http_port),
            "LANAI_HTTPS_PORT": str(self.port), "LANAI_TLS": "tls internal",
            "XDG_DATA_HOME": str(self.folder / "data"), "XDG_CONFIG_HOME": str(self.folder / "config"),
            "HOME": str(self.folder),
        }  # fmt: skip
        return {**super().environment(), **own, **self.settings}

    def is_ready(self) -> bool:
        return accepts("127.0.0.1", self.port) and self.authority.exists()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    with Redis() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def turn_server() -> Iterator[Coturn]:
    with Coturn() as server:
        yield server
