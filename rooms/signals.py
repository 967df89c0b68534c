"""Signals of accounts that end what they hold in meetings."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.people import GUEST_KEY, name_session
from rooms.services.sessions import end_sessions


@receiver(user_logged_in, dispatch_uid="rooms.name_session")
def name_signed_in_session(*, request: HttpRequest, **_: Any) -> None:
    """So that signing out ends the visits of this session alone."""
    name_session(request)


@receiver(user_logged_out, dispatch_uid="rooms.end_session")
def end_session(*, request: HttpRequest, user: User | None, **_: Any) -> None:
    session = request.session.get(GUEST_KEY)
    if user is not None and session:
        end_sessions(user_id=user.pk, session=session)


@receiver(post_save, sender=User, dispatch_uid="rooms.end_switched_off")
def end_switched_off(*, instance: User, **_: Any) -> None:
    if not instance.is_active:
        end_sessions(user_id=instance.pk)


@receiver(pre_delete, sender=User, dispatch_uid="rooms.end_deleted")
def end_deleted(*, instance: User, **_: Any) -> None:
    end_sessions(user_id=instance.pk)
