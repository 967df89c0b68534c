"""Every field of every form has its row among the inputs, so that none is forgotten."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from config.tests.long_texts.inputs import INPUTS

FORMS = {
    "anyone": ["/", "/accounts/signup/", "/accounts/login/", "/accounts/password/reset/"],
    "owner": [
        "/accounts/profile/", "/accounts/email/", "/accounts/password/change/", "/accounts/reauthenticate/",
        "/rooms/create/",
    ],
    "admin": ["/admin/accounts/user/add/", "/admin/rooms/room/add/", "/admin/auth/group/add/", "/admin/rooms/room/"],
}  # fmt: skip
BUTTONS = {"csrfmiddlewaretoken", "_save", "_continue", "_addanother", "_popup", "select_across"}


class Fields(HTMLParser):
    """The fields of the forms of a page, as (where it is sent, name)."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = self.action = path
        self.found: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self.action = (values.get("action") or self.path).partition("?")[0]
            self.action = self.path if self.action in ("", ".") else self.action
        named = tag in ("input", "select", "textarea") and values.get("type") not in ("submit", "hidden")
        if named and values.get("name") and values["name"] not in BUTTONS:
            self.found.add((self.action, str(values["name"])))


@pytest.mark.parametrize("who", FORMS)
def test_every_field_of_every_form_has_its_row(who: str, cookies: dict[str, str], settings: Any) -> None:
    settings.EMAIL_URL = "smtp://mail.example.org"  # or the form for another address is not shown
    client = Client(headers={"cookie": cookies[who]})
    found: set[tuple[str, str]] = set()
    for path in FORMS[who]:
        page = Fields(path)
        page.feed(client.get(path, follow=True).content.decode())
        assert page.found, path
        found |= page.found
    rows = {tuple(entry.name.replace("?", " ").rstrip("=").split(" ")) for entry in INPUTS}
    assert found <= rows, sorted(found - rows)
