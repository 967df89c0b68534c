"""Requests with text that is too long are refused before it is worked on."""

from __future__ import annotations

import hashlib

import pytest
from channels.testing import HttpCommunicator
from django.conf import settings

from accounts.models import User
from config.asgi import application
from config.tests.long_texts.inputs import INPUTS, PASSWORD, TOKEN, Request, form
from config.tests.long_texts.promised_limits import FIELD, MEGABYTE, PATIENCE
from rooms.runtime.executors import seat_executor

REFUSALS = {413, 414, 431}


async def answer(request: Request, session: str) -> int:
    host = settings.SITE_ORIGINS[0].removeprefix("http://").encode()
    names = {name for name, _ in request.headers}
    headers = [*request.headers, (b"content-length", str(len(request.body)).encode())]
    if b"host" not in names:
        headers.append((b"host", host))
    if b"cookie" not in names:
        headers.append((b"cookie", f"{session}; csrf={TOKEN}".encode()))
    communicator = HttpCommunicator(application, request.method, "/", request.body, headers)
    path, _, asked = request.path.partition("?")
    communicator.scope |= {"path": path, "query_string": asked.encode()}
    status = int((await communicator.get_response(PATIENCE))["status"])
    await communicator.wait(PATIENCE)
    return status


@pytest.mark.parametrize("size", ["a megabyte", "what fits"])
async def test_pages_refuse_text_that_is_too_long(size: str, cookies: dict[str, str], seen: dict[str, int]) -> None:
    taken = {}
    for entry in INPUTS:
        length = MEGABYTE if size == "a megabyte" else entry.fits
        text = (entry.worst * (length // len(entry.worst) + 1))[:length]
        status = await answer(entry.make(text), cookies[entry.who])
        is_short = length <= FIELD and status < 500  # more does not get past the limit of queries
        if status not in REFUSALS and not is_short:
            taken[entry.name] = status
    assert taken == {}


def test_watching_changes_nothing(seen: dict[str, int]) -> None:
    assert hashlib.scrypt(b"a", salt=b"b", n=2, r=1, p=1)
    assert seen == {"hashlib.scrypt": 1}


async def test_an_honest_form_is_taken(cookies: dict[str, str], seen: dict[str, int]) -> None:
    """The control: the same request with an honest text gets through to what is watched."""
    sign_up = form("anyone", "/accounts/signup/", "nickname", "a", email="n@example.org", password1=PASSWORD)
    assert await answer(sign_up.make("Ne\u0301e"), cookies["anyone"]) == 302
    assert {"unicodedata.normalize", "hashlib.scrypt"} <= set(seen)
    assert await seat_executor.run(User.objects.filter(nickname="N\u00e9e").exists)
