from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.people import NICKNAME_KEY
from accounts.tests.cast import PASSWORD, browser, text

URL = "/accounts/profile/"
EMAIL = "/accounts/email/"


def test_a_profile_needs_an_account(as_guest: Client) -> None:
    assert as_guest.get(URL).headers["Location"] == f"/accounts/login/?next={URL}"


def test_a_new_name_is_cleaned_and_kept(as_owner: Client, owner: User) -> None:
    response = as_owner.post(URL, {"nickname": " Olive\u202e  Oyl "}, follow=True)
    owner.refresh_from_db()
    assert owner.nickname == "Olive Oyl"
    assert "Saved." in text(response)


def test_a_new_name_goes_before_the_one_used_in_the_last_meeting(as_owner: Client) -> None:
    session = as_owner.session
    session[NICKNAME_KEY] = "Olive at work"
    session.save()
    as_owner.post(URL, {"nickname": "Olive Oyl"})
    assert NICKNAME_KEY not in as_owner.session


@pytest.mark.parametrize("nickname", ["", " ", "\u200b", "x" * 41])
def test_a_name_nobody_can_see_or_read_is_refused(as_owner: Client, owner: User, nickname: str) -> None:
    assert as_owner.post(URL, {"nickname": nickname}).context["form"].errors["nickname"]
    owner.refresh_from_db()
    assert owner.nickname == "Olive"


def test_a_profile_changes_nothing_but_the_name(as_owner: Client, owner: User) -> None:
    as_owner.post(URL, {"nickname": "Olive Oyl", "email": "new@example.org", "is_staff": "on"})
    owner.refresh_from_db()
    assert (owner.email, owner.is_staff) == ("owner@example.org", False)


def test_a_forged_form_changes_no_name(owner: User) -> None:
    assert browser(owner, checks_csrf=True).post(URL, {"nickname": "Forged"}).status_code == 403


@pytest.fixture
def with_mail(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example.org"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True


def sign_in(user: User) -> Client:
    client = browser()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def ask_for(client: Client, email: str) -> None:
    """The form, and the password that it asks for; then it goes on by itself."""
    asked = client.post(EMAIL, {"email": email, "action_add": "1"})
    client.post(asked.headers["Location"], {"password": PASSWORD})


def test_a_new_address_counts_once_its_link_was_opened(owner: User, with_mail: None) -> None:
    owner.trust_email()
    client = sign_in(owner)
    ask_for(client, "new@example.org")
    owner.refresh_from_db()
    assert owner.email == "owner@example.org"
    link = next(word for word in mail.outbox[-1].body.split() if "/confirm-email/" in word)
    client.post(link)
    owner.refresh_from_db()
    assert owner.email == "new@example.org"
    assert list(EmailAddress.objects.filter(user=owner).values_list("email", "primary")) == [("new@example.org", True)]
    assert "owner@example.org" in [message.to[0] for message in mail.outbox[1:]]


def test_a_new_address_needs_the_password_again(as_owner: Client, owner: User, with_mail: None) -> None:
    owner.trust_email()
    response = as_owner.post(EMAIL, {"email": "new@example.org", "action_add": "1"}, follow=True)
    assert "Is it you?" in text(response)
    assert not EmailAddress.objects.filter(email="new@example.org").exists()


def test_somebody_elses_address_cannot_be_taken(owner: User, outsider: User, with_mail: None) -> None:
    owner.trust_email()
    outsider.trust_email()
    ask_for(sign_in(owner), outsider.email)
    owner.refresh_from_db()
    assert owner.email == "owner@example.org"
    assert not EmailAddress.objects.filter(user=owner, email=outsider.email, verified=True).exists()


def test_without_mail_the_address_is_for_an_admin_to_change(as_owner: Client, settings: Settings) -> None:
    settings.EMAIL_URL = ""
    assert EMAIL not in text(as_owner.get(URL))
    assert "ask an admin" in text(as_owner.get(EMAIL))


def test_an_address_changed_by_an_admin_is_the_one_that_signs_in(owner: User, outsider: User) -> None:
    User.objects.filter(pk=outsider.pk).update(is_staff=True, is_superuser=True)
    outsider.refresh_from_db()
    owner.trust_email()
    page = f"/admin/accounts/user/{owner.pk}/change/"
    form = {"email": "Moved@example.org", "nickname": "Olive", "is_active": "on"}
    assert browser(outsider).post(page, form).status_code == 302
    owner.refresh_from_db()
    assert owner.email == "moved@example.org"
    assert list(EmailAddress.objects.filter(user=owner).values_list("email", "verified")) == [
        ("moved@example.org", True)
    ]
    assert sign_in(owner).get("/rooms/").status_code == 200
