from __future__ import annotations

from django.test import Client

from accounts.models import User
from accounts.tests.cast import PASSWORD, browser, text

URL = "/accounts/login/"


def test_signing_in_goes_to_the_start_page_in_whatever_case(as_guest: Client, owner: User) -> None:
    response = as_guest.post(URL, {"login": "Owner@Example.org", "password": PASSWORD})
    assert response.headers["Location"] == "/"
    assert "Hello, Olive" in text(as_guest.get("/"))


def test_signing_in_goes_on_where_the_person_wanted_to_go(as_guest: Client, owner: User) -> None:
    assert as_guest.get("/rooms/").headers["Location"] == "/accounts/login/?next=/rooms/"
    response = as_guest.post(f"{URL}?next=/rooms/", {"login": owner.email, "password": PASSWORD})
    assert response.headers["Location"] == "/rooms/"


def test_signing_in_never_leads_to_another_site(as_guest: Client, owner: User) -> None:
    response = as_guest.post(URL, {"login": owner.email, "password": PASSWORD, "next": "https://evil.example.org/"})
    assert response.headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_look_the_same(as_guest: Client, owner: User) -> None:
    wrong = as_guest.post(URL, {"login": owner.email, "password": "not the password"})
    unknown = as_guest.post(URL, {"login": "nobody@example.org", "password": "not the password"})
    errors = [list(response.context["form"].non_field_errors()) for response in (wrong, unknown)]
    assert errors[0] == errors[1] != []


def test_guessing_a_password_has_to_wait(as_guest: Client, owner: User) -> None:
    for _ in range(5):
        as_guest.post(URL, {"login": owner.email, "password": "not the password"})
    response = as_guest.post(URL, {"login": owner.email, "password": PASSWORD})
    assert response.context["form"].non_field_errors() == ["Too many attempts. Please wait five minutes and try again."]
    assert "_auth_user_id" not in as_guest.session


def test_a_flood_of_sign_ins_from_one_address_gets_the_friendly_429(as_guest: Client, owner: User) -> None:
    answers = [as_guest.post(URL, {"login": f"{n}@example.org", "password": "x"}) for n in range(31)]
    assert answers[-1].status_code == 429
    assert "too often" in text(answers[-1])


def test_a_made_up_forwarding_header_does_not_escape_the_throttle(as_guest: Client, owner: User) -> None:
    answers = [
        as_guest.post(
            URL, {"login": f"{n}@example.org", "password": "x"}, headers={"X-Forwarded-For": f"192.0.2.{n}"}
        ).status_code
        for n in range(31)
    ]
    assert answers[-1] == 429


def test_signing_out_asks_by_get_and_does_it_by_post(as_owner: Client) -> None:
    assert "Sign out?" in text(as_owner.get("/accounts/logout/"))
    assert "_auth_user_id" in as_owner.session
    assert as_owner.post("/accounts/logout/").headers["Location"] == "/"
    assert "_auth_user_id" not in as_owner.session


def test_sign_in_and_sign_out_refuse_a_forged_form(owner: User) -> None:
    attacked = browser(owner, checks_csrf=True)
    assert attacked.post("/accounts/logout/").status_code == 403
    assert "_auth_user_id" in attacked.session
    response = browser(checks_csrf=True).post(URL, {"login": owner.email, "password": PASSWORD})
    assert response.status_code == 403
    assert "open for too long" in text(response)


def test_an_account_that_is_switched_off_cannot_sign_in(as_guest: Client, owner: User) -> None:
    User.objects.update(is_active=False)
    response = as_guest.post(URL, {"login": owner.email, "password": PASSWORD}, follow=True)
    assert "switched off" in text(response)
    assert "_auth_user_id" not in as_guest.session


def test_admins_sign_in_where_everybody_does(as_guest: Client, owner: User) -> None:
    assert as_guest.get("/admin/", follow=True).request["PATH_INFO"] == URL
    assert browser(owner).get("/admin/login/").status_code == 403
