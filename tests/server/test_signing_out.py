"""Signing out at one process ends the user's call at another."""

from __future__ import annotations

import asyncio
import subprocess
import urllib.request
from urllib.parse import urlencode

import pytest
from websockets.exceptions import ConnectionClosed

from tests.server.conftest import Page
from tests.stack import MANAGE, Process

CSRF = "0123456789abcdefghijklmnopqrstuv"
SIGN_IN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from accounts.models import User
user = User.objects.get(email="owner@example.org")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print("COOKIE", settings.SESSION_COOKIE_NAME + "=" + session.session_key)
"""


def sign_in(process: Process) -> str:
    command = [*MANAGE, "shell", "-v0", "-c", SIGN_IN]
    made = subprocess.run(command, env=process.environment(), capture_output=True, text=True, check=True)
    return made.stdout.split("COOKIE ")[1].strip()


def sign_out(process: Process, cookie: str) -> None:
    data = urlencode({"csrfmiddlewaretoken": CSRF}).encode()
    headers = {"Cookie": f"{cookie}; csrf={CSRF}"}
    with urllib.request.urlopen(urllib.request.Request(f"{process.origin}/accounts/logout/", data, headers)) as answer:
        assert answer.status == 200


async def test_signing_out_here_ends_the_call_there(stack, slug, pages):
    grace = await pages(0)
    await grace.join("Grace")
    olive = Page(slug)
    olive.cookie = await asyncio.to_thread(sign_in, stack.processes[0])
    await asyncio.to_thread(olive.visit, stack.processes[0])
    await olive.open(stack.processes[-1])
    await olive.join("Olive")
    await asyncio.to_thread(sign_out, stack.processes[0], olive.cookie)
    assert (await olive.hear("bye"))["code"] == "signed_out"
    with pytest.raises(ConnectionClosed) as closed:
        await olive.socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401
    await olive.socket.wait_closed()
    assert (await grace.hear("seat.left"))["id"] == olive.seat
