"""The user model and the first admin."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.first_admin import EMAIL, ensure_first_admin
from accounts.models import User

pytestmark = pytest.mark.django_db


def test_an_address_is_stored_in_lower_case() -> None:
    user = User.objects.create_user("Ada@Example.ORG", "porch swing evening", nickname="Ada")
    assert user.email == "ada@example.org"
    assert User.objects.get_by_natural_key("ADA@example.org") == user


def test_two_users_cannot_share_an_address_that_differs_only_in_case(owner: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="OWNER@example.org", nickname="Impostor")])


def test_a_user_requires_an_address() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("", "porch swing evening")


def test_full_clean_normalizes_and_validates_the_nickname() -> None:
    user = User(email="ada@example.org", nickname="  A\u202eda ", password="x")
    user.full_clean()
    assert user.nickname == "Ada"
    user.nickname = "\u200b"
    with pytest.raises(ValidationError):
        user.full_clean()


def test_the_first_admin_is_created_once_and_must_change_the_password() -> None:
    password = ensure_first_admin()
    admin = User.objects.get()
    assert password
    assert (admin.email, admin.is_superuser, admin.must_change_password) == (EMAIL, True, True)
    assert admin.check_password(password)
    assert EmailAddress.objects.filter(user=admin, verified=True, primary=True).exists()
    assert ensure_first_admin() is None


def test_no_admin_is_created_when_a_user_already_exists(owner: User) -> None:
    assert ensure_first_admin() is None
    assert list(User.objects.all()) == [owner]
