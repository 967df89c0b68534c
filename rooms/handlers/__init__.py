"""Handlers of client messages, one module per noun. Importing this package registers all of them."""

from rooms.handlers import chat, joining, moderation, reactions, seat, signals
from rooms.handlers.registry import HANDLERS

__all__ = ["HANDLERS", "chat", "joining", "moderation", "reactions", "seat", "signals"]
