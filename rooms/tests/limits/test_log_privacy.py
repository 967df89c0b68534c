"""The log contains no messages, names, network addresses or secrets of the people in a call."""

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


async def test_a_call_writes_nothing_private_to_the_log(
    connect, owner, hub, time, caplog, capfd, settings, monkeypatch
):
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:t.example.org"], "mB4xqLw9ZrT7vNc2KsYp8GdJf6HaQe3U"
    caplog.set_level(logging.DEBUG)
    for name in ("lanai", "daphne", "django", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG)
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
    ada, grace = await connect(owner), await connect()
    await ada.join(NAMES[0], key=KEY, page=PAGE)
    welcome = await grace.join(NAMES[1])
    await ada.send("signal", to=grace.seat, epochs=[1, 1], data={"description": {"type": "offer", "sdp": SDP}})
    await ada.send("signal", to=grace.seat, epochs=[1, 1], data={"candidates": [CANDIDATE]})
    await ada.send("chat", text=TEXT, ref="c1")
    await ada.send("chat", text=PRIVATE, to=grace.seat, ref="c2")
    await ada.send_raw('{"type":"chat","text":"' + TEXT + '","to":5}')
    await grace.receive("chat")
    await ada.receive("error")

    def fail(**_):
        raise OperationalError("the database is away")

    with monkeypatch.context() as outage:
        outage.setattr(chat, "post", fail)
        await ada.send("chat", text=BROKEN, ref="c3")
        assert (await ada.receive("error"))["code"] == "try_again"
    await ada.send("moderate", action="remove", seat=grace.seat)
    await grace.receive_bye()
    await ada.close(1006)
    await hub.tasks.settle()
    time.advance(20)
    await hub.reconciler.once()

    out, err = capfd.readouterr()
    log = caplog.text + out + err
    assert "lanai" in log, "the test looks at the log"
    cookie = ada.cookie.split("=")[1]
    credentials = [server["credential"] for server in welcome["ice_servers"]]
    assert credentials
    for secret in (KEY, TEXT, PRIVATE, BROKEN, SDP, CANDIDATE, "198.51.100.77", cookie, *NAMES, *credentials):
        assert secret not in log, secret
