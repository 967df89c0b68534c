"""Users in the Django admin, and who can open it."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.clients import client_for, page_text


@pytest.fixture
def as_admin(db: None, plain_static_files: None) -> Client:
    return client_for(User.objects.create_superuser("admin@example.org", "porch swing evening", nickname="Admin"))


def test_only_admins_can_open_the_admin(as_guest: Client, as_owner: Client, as_admin: Client) -> None:
    page = "/admin/accounts/user/"
    assert as_guest.get(page).status_code == 302
    assert as_owner.get(page, follow=True).status_code == 403
    assert "admin@example.org" in page_text(as_admin.get(page))


def test_only_admins_see_the_link_to_the_admin(as_owner: Client, as_admin: Client) -> None:
    assert "/admin/" not in page_text(as_owner.get("/accounts/profile/"))
    assert "/admin/" in page_text(as_admin.get("/accounts/profile/"))


def test_a_user_added_by_an_admin_must_change_the_password(as_admin: Client) -> None:
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
