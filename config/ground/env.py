"""Readers of environment variables that refuse nonsense with a sentence.

Every ``NAME`` may come as ``NAME_FILE``, the path of a file that holds the value.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import EnvError, FileAwareEnv

_env = FileAwareEnv(strip_whitespace=True)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Refusal(ImproperlyConfigured):
    """An environment variable that holds something it cannot hold."""

    def __init__(self, name: str, wants: str) -> None:
        super().__init__(f"The environment variable {name} is wrong: {wants}")


def text(name: str, default: str = "") -> str:
    try:
        return str(_env.str(name, default))
    except ValueError as problem:
        raise Refusal(name, str(problem)) from None


def flag(name: str, default: bool) -> bool:
    try:
        return bool(_env.bool(name, default)) if text(name) else default
    except EnvError:
        raise Refusal(name, f"say true or false, not {text(name)!r}.") from None


def number(name: str, default: int, *, least: int, most: int) -> int:
    try:
        value = int(_env.int(name, default)) if text(name) else default
    except EnvError:
        raise Refusal(name, f"it takes a whole number, not {text(name)!r}.") from None
    if not least <= value <= most:
        raise Refusal(name, f"it takes a number from {least} to {most}, not {value}.")
    return value


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def one_of(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = text(name, default) or default
    if value not in choices:
        raise Refusal(name, f"it takes one of {', '.join(choices)}, not {value!r}.")
    return value


def origins(name: str, default: list[str]) -> list[str]:
    """Full origins, ``https://host[:port]`` (RFC 6454 section 4)."""
    values = words(name) or default
    for value in values:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or value != _origin(value):
            raise Refusal(name, f"{value!r} is not like https://meet.example.org or http://localhost:8000.")
    return values


def _origin(value: str) -> str:
    parts = urlsplit(value)
    return f"{parts.scheme}://{parts.netloc}"


def urls(name: str, schemes: tuple[str, ...]) -> list[str]:
    """ICE server addresses such as ``turn:host:3478?transport=udp`` (RFC 7064, RFC 7065)."""
    values = words(name)
    for value in values:
        scheme, colon, rest = value.partition(":")
        if scheme not in schemes or not colon or not rest or rest.startswith("/"):
            raise Refusal(name, f"{value!r} must begin with {' or '.join(s + ':' for s in schemes)} and a host.")
    return values


def networks(name: str) -> list[Network]:
    try:
        return [ipaddress.ip_network(word) for word in words(name)]
    except ValueError as problem:
        raise Refusal(name, f"{problem}; it takes addresses or networks such as 172.16.0.0/12.") from None


def redis_url(name: str) -> str:
    value = text(name)
    if value and urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise Refusal(name, "it must begin with redis://, rediss:// or unix://.")
    return value


def secret(name: str, keep_in: Path) -> str:
    """The secret in ``name``; without one, a random secret made once and kept in the file ``keep_in``."""
    if value := text(name):
        return value
    keep_in.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(keep_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return keep_in.read_text().strip()
    made = secrets.token_urlsafe(64)
    with os.fdopen(handle, "w") as file:
        file.write(made)
    return made
