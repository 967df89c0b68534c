"""The profile: nickname and e-mail address."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.people import NICKNAME_KEY
from accounts.tests.clients import PASSWORD, client_for, page_text

URL = "/accounts/profile/"
EMAIL = "/accounts/email/"


def test_the_profile_requires_sign_in(as_guest: Client) -> None:
    assert as_guest.get(URL).headers["Location"] == f"/accounts/login/?next={URL}"


def test_a_new_nickname_is_normalized_and_saved(as_owner: Client, owner: User) -> None:
    response = as_owner.post(URL, {"nickname": " Olive\u202e  Oyl "}, follow=True)
    owner.refresh_from_db()
    assert owner.nickname == "Olive Oyl"
    assert "Saved." in page_text(response)


def test_a_new_nickname_overrides_the_one_used_in_the_last_meeting(as_owner: Client) -> None:
    session = as_owner.session
    session[NICKNAME_KEY] = "Olive at work"
    session.save()
    as_owner.post(URL, {"nickname": "Olive Oyl"})
    assert NICKNAME_KEY not in as_owner.session


@pytest.mark.parametrize("nickname", ["", " ", "\u200b", "x" * 41])
def test_an_invisible_or_overlong_nickname_is_refused(as_owner: Client, owner: User, nickname: str) -> None:
    assert as_owner.post(URL, {"nickname": nickname}).context["form"].errors["nickname"]
    owner.refresh_from_db()
    assert owner.nickname == "Olive"


def test_the_profile_form_cannot_change_address_or_staff_status(as_owner: Client, owner: User) -> None:
    as_owner.post(URL, {"nickname": "Olive Oyl", "email": "new@example.org", "is_staff": "on"})
    owner.refresh_from_db()
    assert (owner.email, owner.is_staff) == ("owner@example.org", False)


def test_a_post_without_a_csrf_token_is_refused(owner: User) -> None:
    assert client_for(owner, checks_csrf=True).post(URL, {"nickname": "Forged"}).status_code == 403


@pytest.fixture
def with_mail(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example.org"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True


def sign_in(user: User) -> Client:
    client = client_for()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def request_address(client: Client, email: str) -> None:
    """Submit the new address, and the password that the site asks for; it then adds the address by itself."""
    asked = client.post(EMAIL, {"email": email, "action_add": "1"})
    client.post(asked.headers["Location"], {"password": PASSWORD})


def test_a_new_address_takes_effect_once_it_is_confirmed(owner: User, with_mail: None) -> None:
    owner.trust_email()
    client, elsewhere = sign_in(owner), sign_in(owner)
    request_address(client, "new@example.org")
    owner.refresh_from_db()
    assert owner.email == "owner@example.org"
    link = next(word for word in mail.outbox[-1].body.split() if "/confirm-email/" in word)
    client.post(link)
    owner.refresh_from_db()
    assert owner.email == "new@example.org"
    assert client.get(URL).status_code == 200  # while other browsers are signed out
    assert elsewhere.get(URL).status_code == 302
    assert list(EmailAddress.objects.filter(user=owner).values_list("email", "primary")) == [("new@example.org", True)]
    assert "owner@example.org" in [message.to[0] for message in mail.outbox[1:]]


def test_adding_an_address_asks_for_the_password_again(as_owner: Client, owner: User, with_mail: None) -> None:
    owner.trust_email()
    response = as_owner.post(EMAIL, {"email": "new@example.org", "action_add": "1"}, follow=True)
    assert "Is it you?" in page_text(response)
    assert not EmailAddress.objects.filter(email="new@example.org").exists()


def test_another_users_address_cannot_be_taken(owner: User, outsider: User, with_mail: None) -> None:
    owner.trust_email()
    outsider.trust_email()
    request_address(sign_in(owner), outsider.email)
    owner.refresh_from_db()
    assert owner.email == "owner@example.org"
    assert not EmailAddress.objects.filter(user=owner, email=outsider.email, verified=True).exists()


def test_without_mail_only_an_admin_can_change_the_address(as_owner: Client, settings: Settings) -> None:
    settings.EMAIL_URL = ""
    assert EMAIL not in page_text(as_owner.get(URL))
    assert "ask an admin" in page_text(as_owner.get(EMAIL))


def test_an_address_changed_by_an_admin_can_be_used_to_sign_in(owner: User, outsider: User) -> None:
    User.objects.filter(pk=outsider.pk).update(is_staff=True, is_superuser=True)
    outsider.refresh_from_db()
    owner.trust_email()
    page = f"/admin/accounts/user/{owner.pk}/change/"
    form = {"email": "Moved@example.org", "nickname": "Olive", "is_active": "on"}
    assert client_for(outsider).post(page, form).status_code == 302
    owner.refresh_from_db()
    assert owner.email == "moved@example.org"
    assert list(EmailAddress.objects.filter(user=owner).values_list("email", "verified")) == [
        ("moved@example.org", True)
    ]
    assert sign_in(owner).get("/rooms/").status_code == 200


@pytest.mark.parametrize("old", ["\u3164", "Olive\u034f", "O" + "\u0310" * 30])
def test_an_account_named_by_earlier_rules_goes_on(as_owner: Client, owner: User, old: str) -> None:
    User.objects.filter(pk=owner.pk).update(nickname=old)
    as_owner.post(URL, {"nickname": old, "language": "de"})
    owner.refresh_from_db()
    assert (owner.nickname, owner.language) == (old, "de")
    assert as_owner.post(URL, {"nickname": "\u2800", "language": "de"}).status_code == 200  # with the form's error
    as_owner.post(URL, {"nickname": "Olive", "language": "de"})
    owner.refresh_from_db()
    assert owner.nickname == "Olive"
