"""Typed readers of environment variables. Each raises InvalidVariable, with a sentence for the person who set it.

Every ``NAME`` may be given as ``NAME_FILE``, the path of a file that holds the value.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import limits
from django.core.exceptions import ImproperlyConfigured
from environs import EnvError, FileAwareEnv

_env = FileAwareEnv(strip_whitespace=True)

# The values of variables that are not set, by name, as far as they are limits: docs/limits.md tells them.
DEFAULTS: dict[str, str] = {}

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class InvalidVariable(ImproperlyConfigured):
    """An environment variable has a value that is not allowed; ``expected`` is a sentence about what is."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"The environment variable {name} is wrong: {expected}")


def text(name: str, default: str = "") -> str:
    """Return the value without surrounding white space."""
    try:
        return str(_env.str(name, default))
    except ValueError as problem:
        raise InvalidVariable(name, str(problem)) from None


def flag(name: str, default: bool) -> bool:
    """Return a boolean."""
    try:
        return bool(_env.bool(name, default)) if text(name) else default
    except EnvError:
        raise InvalidVariable(name, f"say true or false, not {text(name)!r}.") from None


def number(name: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number from ``least`` to ``most``."""
    DEFAULTS[name] = str(default)
    try:
        value = int(_env.int(name, default)) if text(name) else default
    except EnvError:
        raise InvalidVariable(name, f"it takes a whole number, not {text(name)!r}.") from None
    if not least <= value <= most:
        raise InvalidVariable(name, f"it takes a number from {least} to {most}, not {value}.")
    return value


def rate(name: str, default: str) -> str:
    """Return how often something may be done, such as ``30/minute``."""
    DEFAULTS[name] = default
    value = text(name, default) or default
    try:
        limits.parse(value)
    except ValueError:
        raise InvalidVariable(name, f"it takes a rate such as {default}, not {value!r}.") from None
    return value


def comma_separated(name: str) -> list[str]:
    """Return the items of a comma-separated list, without empty ones."""
    return [item.strip() for item in text(name).split(",") if item.strip()]


def one_of(name: str, default: str, choices: tuple[str, ...]) -> str:
    """Return one of ``choices``."""
    value = text(name, default) or default
    if value not in choices:
        raise InvalidVariable(name, f"it takes one of {', '.join(choices)}, not {value!r}.")
    return value


def origins(name: str, default: list[str]) -> list[str]:
    """Return a list of origins, ``https://host[:port]`` (RFC 6454 section 4)."""
    values = comma_separated(name) or default
    for value in values:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or value != _origin(value):
            raise InvalidVariable(name, f"{value!r} is not like https://meet.example.org or http://localhost:8000.")
    return values


def _origin(value: str) -> str:
    parts = urlsplit(value)
    return f"{parts.scheme}://{parts.netloc}"


def ice_urls(name: str, schemes: tuple[str, ...]) -> list[str]:
    """Return a list of ICE server URLs such as ``turn:host:3478?transport=udp`` (RFC 7064, RFC 7065)."""
    values = comma_separated(name)
    for value in values:
        scheme, colon, rest = value.partition(":")
        if scheme not in schemes or not colon or not rest or rest.startswith("/"):
            beginnings = " or ".join(f"{scheme}:" for scheme in schemes)
            raise InvalidVariable(name, f"{value!r} must begin with {beginnings} and a host.")
    return values


def networks(name: str) -> list[Network]:
    """Return a list of IP networks; a single address is a network of one."""
    try:
        return [ipaddress.ip_network(item) for item in comma_separated(name)]
    except ValueError as problem:
        raise InvalidVariable(name, f"{problem}; it takes addresses or networks such as 172.16.0.0/12.") from None


def redis_url(name: str) -> str:
    """Return the URL of a Redis server, or "" if there is none."""
    value = text(name)
    if value and urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise InvalidVariable(name, "it must begin with redis://, rediss:// or unix://.")
    return value


def secret(name: str, keep_in: Path) -> str:
    """Return the secret in ``name``. Without one, generate a random secret once and store it in ``keep_in``."""
    if value := text(name):
        return value
    keep_in.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(keep_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return keep_in.read_text().strip()
    generated = secrets.token_urlsafe(64)
    with os.fdopen(handle, "w") as file:
        file.write(generated)
    return generated
