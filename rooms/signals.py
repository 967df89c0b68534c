"""Receivers of signals about accounts: signing out, deactivating or deleting an account ends its seats."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.people import GUEST_KEY, ensure_guest_id
from rooms.services.sessions import end_sessions


@receiver(user_logged_in, dispatch_uid="rooms.ensure_session_has_guest_id")
def ensure_session_has_guest_id(*, request: HttpRequest, **_: Any) -> None:
    """Give the session a guest id, by which signing out ends the seats of this session alone."""
    ensure_guest_id(request)


@receiver(user_logged_out, dispatch_uid="rooms.end_session_seats")
def end_session_seats(*, request: HttpRequest, user: User | None, **_: Any) -> None:
    session = request.session.get(GUEST_KEY)
    if user is not None and session:
        end_sessions(user_id=user.pk, session=session)


@receiver(post_save, sender=User, dispatch_uid="rooms.end_seats_of_inactive")
def end_seats_of_inactive(*, instance: User, **_: Any) -> None:
    if not instance.is_active:
        end_sessions(user_id=instance.pk)


@receiver(pre_delete, sender=User, dispatch_uid="rooms.end_seats_of_deleted")
def end_seats_of_deleted(*, instance: User, **_: Any) -> None:
    end_sessions(user_id=instance.pk)
