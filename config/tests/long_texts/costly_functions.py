"""Watches the functions that cost more than one pass over a text, and notes the longest text each was given."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from config.tests.long_texts.promised_limits import FIELD, HEAD, ORIGIN, PATH, REFERER, SEARCH

# What costs more than one pass over the text, or keeps it: module, name, and the longest text it may get to see.
COSTLY = [
    ("unicodedata", "normalize", FIELD),
    ("hashlib", "scrypt", FIELD),
    ("urllib.parse", "urlsplit", FIELD),
    ("django.utils.http", "urlsplit", FIELD),
    ("django.middleware.csrf", "urlsplit", REFERER),
    ("django.core.validators.EmailValidator", "__call__", FIELD),
    ("django.contrib.auth.password_validation", "SequenceMatcher", FIELD),
    ("django.contrib.admin.options", "smart_split", SEARCH),
    ("django.utils.translation.trans_real", "check_for_language", FIELD),
    ("django.views.i18n", "check_for_language", FIELD),
    ("django.utils.translation.trans_real", "get_supported_language_variant", FIELD),
    ("django.utils.translation.trans_real", "parse_accept_lang_header", 1_000),
    ("django.http.request", "split_domain_port", 300),
    ("ipaddress", "ip_address", 64),
    ("rooms.forms", "room_code", 500),
    ("rooms.views", "room_code", PATH + 10),
    ("rooms.rules.access", "room_by_code", PATH),
    ("rooms.realtime.consumers", "parse_cookie", HEAD),
    ("django.core.handlers.asgi", "parse_cookie", HEAD),
    ("channels.security.websocket", "urlparse", ORIGIN),
]


def watch(monkeypatch: pytest.MonkeyPatch, place: str, name: str, longest: dict[str, int]) -> None:
    owner: Any = owner_of(place)
    original = getattr(owner, name)

    def watched(*args: Any, **kwargs: Any) -> Any:
        texts = [part for part in (*args, *kwargs.values()) if isinstance(part, str | bytes)]
        length = max(map(len, texts), default=0)
        longest[f"{place}.{name}"] = max(length, longest.get(f"{place}.{name}", 0))
        # Without the limits this would take minutes.
        return original(*args, **kwargs) if length < 30_000 else args[-1]

    monkeypatch.setattr(owner, name, watched)


def owner_of(place: str) -> Any:
    try:
        return importlib.import_module(place)
    except ModuleNotFoundError:
        module, _, name = place.rpartition(".")
        return getattr(importlib.import_module(module), name)
