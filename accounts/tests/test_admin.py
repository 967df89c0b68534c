from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.cast import browser, text


@pytest.fixture
def as_admin(db: None, quick_pages: None) -> Client:
    return browser(User.objects.create_superuser("admin@example.org", "porch swing evening", nickname="Admin"))


def test_the_admin_is_for_admins(as_guest: Client, as_owner: Client, as_admin: Client) -> None:
    page = "/admin/accounts/user/"
    assert as_guest.get(page).status_code == 302
    assert as_owner.get(page, follow=True).status_code == 403
    assert "admin@example.org" in text(as_admin.get(page))


def test_only_admins_are_shown_the_way_in(as_owner: Client, as_admin: Client) -> None:
    assert "/admin/" not in text(as_owner.get("/accounts/profile/"))
    assert "/admin/" in text(as_admin.get("/accounts/profile/"))


def test_somebody_added_by_an_admin_chooses_their_own_password(as_admin: Client) -> None:
    page = as_admin.get("/admin/accounts/user/add/")
    assert page.context["adminform"].form["must_change_password"].value()
    form = {
        "email": "New@example.org",
        "nickname": "New",
        "must_change_password": "on",
        "usable_password": "true",
        "password1": "a hammock for two",
        "password2": "a hammock for two",
    }
    as_admin.post("/admin/accounts/user/add/", form)
    user = User.objects.get(email="new@example.org")
    assert user.must_change_password
    assert user.emailaddress_set.get().verified


def test_the_same_address_in_another_case_is_refused(as_admin: Client, owner: User) -> None:
    form = {"email": "OWNER@example.org", "nickname": "Twin", "usable_password": "false"}
    response = as_admin.post("/admin/accounts/user/add/", form)
    assert response.status_code == 200
    assert User.objects.count() == 2
