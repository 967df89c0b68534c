"""Fixtures for every test in this folder."""

from tests.services import postgres_server, redis_server, turn_server

__all__ = ["postgres_server", "redis_server", "turn_server"]
