"""Signing in and out: redirects, throttling, CSRF, deactivated accounts."""

from __future__ import annotations

from django.test import Client

from accounts.models import User
from accounts.tests.clients import PASSWORD, client_for, page_text

URL = "/accounts/login/"


def test_signing_in_ignores_the_case_of_the_address_and_redirects_home(as_guest: Client, owner: User) -> None:
    response = as_guest.post(URL, {"login": "Owner@Example.org", "password": PASSWORD})
    assert response.headers["Location"] == "/"
    assert "Hello, Olive" in page_text(as_guest.get("/"))


def test_signing_in_redirects_to_the_requested_page(as_guest: Client, owner: User) -> None:
    assert as_guest.get("/rooms/").headers["Location"] == "/accounts/login/?next=/rooms/"
    response = as_guest.post(f"{URL}?next=/rooms/", {"login": owner.email, "password": PASSWORD})
    assert response.headers["Location"] == "/rooms/"


def test_signing_in_does_not_redirect_to_another_site(as_guest: Client, owner: User) -> None:
    response = as_guest.post(URL, {"login": owner.email, "password": PASSWORD, "next": "https://evil.example.org/"})
    assert response.headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_look_the_same(as_guest: Client, owner: User) -> None:
    wrong = as_guest.post(URL, {"login": owner.email, "password": "not the password"})
    unknown = as_guest.post(URL, {"login": "nobody@example.org", "password": "not the password"})
    errors = [list(response.context["form"].non_field_errors()) for response in (wrong, unknown)]
    assert errors[0] == errors[1] != []


def test_password_guessing_is_throttled(as_guest: Client, owner: User) -> None:
    for _ in range(5):
        as_guest.post(URL, {"login": owner.email, "password": "not the password"})
    response = as_guest.post(URL, {"login": owner.email, "password": PASSWORD})
    assert response.context["form"].non_field_errors() == ["Too many attempts. Please try again in 5 minutes."]
    assert "_auth_user_id" not in as_guest.session


def test_too_many_sign_ins_from_one_address_get_the_429_page(as_guest: Client, owner: User) -> None:
    answers = [as_guest.post(URL, {"login": f"{n}@example.org", "password": "x"}) for n in range(31)]
    assert answers[-1].status_code == 429
    assert "too often" in page_text(answers[-1])


def test_a_forged_forwarding_header_does_not_bypass_the_throttle(as_guest: Client, owner: User) -> None:
    answers = [
        as_guest.post(
            URL, {"login": f"{n}@example.org", "password": "x"}, headers={"X-Forwarded-For": f"192.0.2.{n}"}
        ).status_code
        for n in range(31)
    ]
    assert answers[-1] == 429


def test_signing_out_asks_on_get_and_signs_out_on_post(as_owner: Client) -> None:
    assert "Sign out?" in page_text(as_owner.get("/accounts/logout/"))
    assert "_auth_user_id" in as_owner.session
    assert as_owner.post("/accounts/logout/").headers["Location"] == "/"
    assert "_auth_user_id" not in as_owner.session


def test_sign_in_and_sign_out_require_a_csrf_token(owner: User) -> None:
    attacked = client_for(owner, checks_csrf=True)
    assert attacked.post("/accounts/logout/").status_code == 403
    assert "_auth_user_id" in attacked.session
    response = client_for(checks_csrf=True).post(URL, {"login": owner.email, "password": PASSWORD})
    assert response.status_code == 403
    assert "open for too long" in page_text(response)


def test_a_deactivated_account_cannot_sign_in(as_guest: Client, owner: User) -> None:
    User.objects.update(is_active=False)
    response = as_guest.post(URL, {"login": owner.email, "password": PASSWORD}, follow=True)
    assert "switched off" in page_text(response)
    assert "_auth_user_id" not in as_guest.session


def test_admins_sign_in_on_the_same_page_as_everyone(as_guest: Client, owner: User) -> None:
    assert as_guest.get("/admin/", follow=True).request["PATH_INFO"] == URL
    assert client_for(owner).get("/admin/login/").status_code == 403
