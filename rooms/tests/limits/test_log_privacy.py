"""The log tells how the server is, and nothing of what people say, look like on the network, or hold secret."""

from __future__ import annotations

import logging
import secrets

from django.db import OperationalError

from rooms.services import chat

KEY, PAGE = secrets.token_hex(16), secrets.token_hex(4)
TEXT, PRIVATE, BROKEN = "pineapple at midnight", "only for your eyes", "said while it burned"
SDP = "v=0 o=- 4611731400430051336 2 IN IP4 198.51.100.77"
CANDIDATE = "candidate:842163049 1 udp 1677729535 203.0.113.99 46154 typ srflx"
NAMES = ("Ada Unmistakable", "Grace Unmistakable")


async def test_a_call_leaves_nothing_private_in_the_log(door, owner, hub, time, caplog, capfd, settings, monkeypatch):
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:t.example.org"], "mB4xqLw9ZrT7vNc2KsYp8GdJf6HaQe3U"
    caplog.set_level(logging.DEBUG)
    for name in ("lanai", "daphne", "django", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG)
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
    ada, grace = await door(owner), await door()
    await ada.join(NAMES[0], key=KEY, page=PAGE)
    welcome = await grace.join(NAMES[1])
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data={"description": {"type": "offer", "sdp": SDP}})
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data={"candidates": [CANDIDATE]})
    await ada.say("chat", text=TEXT, ref="c1")
    await ada.say("chat", text=PRIVATE, to=grace.seat, ref="c2")
    await ada.say_raw('{"type":"chat","text":"' + TEXT + '","to":5}')
    await grace.hear("chat")
    await ada.hear("error")

    def burns(**_):
        raise OperationalError("the database is away")

    with monkeypatch.context() as fire:
        fire.setattr(chat, "post", burns)
        await ada.say("chat", text=BROKEN, ref="c3")
        assert (await ada.hear("error"))["code"] == "try_again"
    await ada.say("moderate", action="remove", seat=grace.seat)
    await grace.bye()
    await ada.close(1006)
    await hub.tasks.settle()
    time.move(20)
    await hub.reconciler.once()

    out, err = capfd.readouterr()
    log = caplog.text + out + err
    assert "lanai" in log, "the test looks at the log"
    cookie = ada.cookie.split("=")[1]
    credentials = [server["credential"] for server in welcome["ice_servers"]]
    assert credentials
    for secret in (KEY, TEXT, PRIVATE, BROKEN, SDP, CANDIDATE, "198.51.100.77", cookie, *NAMES, *credentials):
        assert secret not in log, secret
