"""What the account's own events mean for its password and for its sessions."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.core import context as allauth_context
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_save, pre_delete
from django.dispatch import Signal, receiver
from django.http import HttpRequest

from accounts import devices
from accounts.models import User, credentials_changed
from accounts.people import GUEST_KEY

# Sent when sessions of an account end: user_id; session, the guest id of the only one, or "" for all; but, the guest
# id of one that stays, or "".
sessions_ended = Signal()


@receiver([password_changed, password_reset], dispatch_uid="accounts.clear_password_change_requirement")
def clear_password_change_requirement(*, user: User, **_: Any) -> None:
    """Clear `must_change_password` once the user has chosen a password."""
    if user.must_change_password:
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])


@receiver(password_reset, dispatch_uid="accounts.forget_failures")
def forget_failures(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Somebody who has reset a forgotten password need not wait for the attempts before that."""
    for limit, key in devices.failure_counts_of_account(request, user.email).items():
        limit.forget(key)


@receiver(credentials_changed, dispatch_uid="accounts.end_other_sessions")
def end_other_sessions(*, user: User, changed: set[str], **_: Any) -> None:
    """Another password or e-mail address, whoever set it, ends all sessions but the one it was set in."""
    request = allauth_context.request
    is_own = request is not None and hasattr(request, "session") and request.user.pk == user.pk
    if is_own and "email" in changed:  # with a password, the form does so
        update_session_auth_hash(request, user)
    _end(user, but=request.session.get(GUEST_KEY, "") if is_own else "")


@receiver(password_reset, dispatch_uid="accounts.end_all_sessions")
def end_all_sessions(*, user: User, **_: Any) -> None:
    """A reset needs a new sign-in everywhere, in the browser that asked for it too."""
    _end(user)


@receiver(user_logged_out, dispatch_uid="accounts.end_session")
def end_session(*, request: HttpRequest, user: User | None, **_: Any) -> None:
    session = request.session.get(GUEST_KEY)
    if user is not None and session:
        _end(user, session=session)


@receiver(post_save, sender=User, dispatch_uid="accounts.end_switched_off")
def end_switched_off(*, instance: User, **_: Any) -> None:
    if not instance.is_active:
        _end(instance)


@receiver(pre_delete, sender=User, dispatch_uid="accounts.end_deleted")
def end_deleted(*, instance: User, **_: Any) -> None:
    _end(instance)


def _end(user: User, *, session: str = "", but: str = "") -> None:
    sessions_ended.send(sender=User, user_id=user.pk, session=session, but=but)
