"""Signing in by the page, as another tab of the same browser does."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from http.cookiejar import Cookie, CookieJar

from tests.model.clocked_stack import ClockedProcess

PASSWORD = "a long enough password"
FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def sign_in(process: ClockedProcess, email: str, cookie: str) -> str:
    """The cookie that the browser has afterwards."""
    process.use("set_password", email=email, password=PASSWORD)
    jar = CookieJar()
    jar.set_cookie(_cookie(*cookie.split("=", 1)))
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    url = f"{process.origin}/accounts/login/"
    page = browser.open(url).read().decode()
    token = FORM_TOKEN.search(page)
    assert token, page
    fields = {"csrfmiddlewaretoken": token[1], "login": email, "password": PASSWORD}
    request = urllib.request.Request(url, urllib.parse.urlencode(fields).encode(), {"Referer": url})
    answer = browser.open(request)
    assert answer.url != url, answer.read().decode()
    return next(f"{one.name}={one.value}" for one in jar if one.name == "lanai")


def _cookie(name: str, value: str) -> Cookie:
    return Cookie(0, name, value, None, False, "127.0.0.1", False, False, "/", True, False, None, True, None, None, {})
