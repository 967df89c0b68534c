"""Fills in the site's forms without a browser, to set up accounts and rooms for a test."""

from __future__ import annotations

import html
import itertools
import re
from dataclasses import dataclass

from playwright.sync_api import APIResponse, Playwright

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ROW = re.compile(r'data-room="([^"]+)"')
PASSWORD = "a porch with a view"

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Room:
    slug: str
    name: str

    @property
    def path(self) -> str:
        return f"/r/{self.slug}/"


class SiteClient:
    """An HTTP client with the cookies of one account."""

    def __init__(self, playwright: Playwright, origin: str) -> None:
        self._http = playwright.request.new_context(base_url=origin)

    @property
    def cookies(self) -> object:
        """To be the same person in a browser."""
        return self._http.storage_state()

    def submit(self, path: str, **fields: str) -> APIResponse:
        """Open a page with a form, fill it in, send it."""
        token = TOKEN.search(self._http.get(path).text())
        assert token, f"no form at {path}"
        answer = self._http.post(path, form={"csrfmiddlewaretoken": token[1], **fields})
        assert answer.ok, f"{path} answered {answer.status}"
        return answer

    def sign_up(self, nickname: str) -> None:
        email = f"{nickname.lower()}{next(_numbers)}@example.org"
        self.submit("/accounts/signup/", nickname=nickname, email=email, password1=PASSWORD)

    def sign_in(self, email: str, password: str) -> None:
        self.submit("/accounts/login/", login=email, password=password)

    def create_room(self, capacity: int = 6, name: str = "", keeps_chat: bool = False) -> Room:
        name = name or f"Room {next(_numbers)}"
        listed = self.submit("/rooms/create/", name=name, capacity=str(capacity), keeps_chat=str(keeps_chat)).text()
        found = ROW.search(listed)
        assert found and name in html.unescape(listed), listed
        return Room(slug=found[1], name=name)

    def close(self) -> None:
        self._http.dispose()
