"""`next`: where somebody wanted to go. It is anybody's text, and no page fails on it."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.clients import PASSWORD

UNPARSABLE = ["http://[::1", "//[::1", "http://]/", "http://\u2100/", "http://[v1.x]:99/"]
PAGES = [
    "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/confirm-email/",
    "/accounts/inactive/", "/accounts/logout/", "/admin/login/", "/",
]  # fmt: skip
PAGES_OF_A_PERSON = ["/accounts/reauthenticate/", "/accounts/password/change/", "/accounts/logout/", "/accounts/login/"]


@pytest.mark.parametrize("address", UNPARSABLE)
def test_no_page_fails_on_a_return_address_that_cannot_be_parsed(
    as_guest: Client, as_owner: Client, address: str
) -> None:
    for client, pages in ((as_guest, PAGES), (as_owner, PAGES_OF_A_PERSON)):
        client.raise_request_exception = False
        answers = {page: client.get(page, {"next": address}).status_code for page in pages}
        assert all(status < 400 for status in answers.values()), answers


@pytest.mark.parametrize("address", UNPARSABLE)
def test_no_form_fails_on_one_and_it_leads_to_the_start_page(as_guest: Client, owner: User, address: str) -> None:
    as_guest.raise_request_exception = False
    language = as_guest.post("/accounts/language/", {"language": "de", "next": address})
    signed_in = as_guest.post("/accounts/login/", {"login": owner.email, "password": PASSWORD, "next": address})
    signed_out = as_guest.post("/accounts/logout/", {"next": address})
    for response in (language, signed_in, signed_out):
        assert (response.status_code, response.headers.get("Location")) == (302, "/")
