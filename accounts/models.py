"""The `User` model and its manager."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from config.ground.nicknames import NICKNAME_MAX, clean_nickname

# Sent when a user who was stored already has another password or e-mail address: user, changed (names of fields).
credentials_changed = Signal()


class UserManager(BaseUserManager["User"]):
    """Creates and finds users by e-mail address, in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        # A person who can run commands on the server need not prove the address by mail.
        user.trust_email()
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())


class User(AbstractUser):
    """A person with an account. The e-mail address identifies them, in lower case; others see the nickname."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    nickname = models.CharField(_("name"), max_length=NICKNAME_MAX, help_text=_("What others see in a meeting."))
    # A code of LANGUAGES, or empty for the browser's language. No `choices`: a new language would need a migration.
    language = models.CharField(_("language"), max_length=16, blank=True, default="", db_default="")
    must_change_password = models.BooleanField(
        _("must change the password"),
        default=False,
        help_text=_("Nothing else is open to this person until they choose a password of their own."),
    )

    # Raised with the e-mail address, which is not part of Django's session hash, so that other sessions end.
    session_epoch = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    room_limit = models.PositiveIntegerField(
        _("rooms at most"), null=True, blank=True, help_text=_("Leave it empty for as many as everybody may have.")
    )

    _stored: dict[str, str]
    _stored_nickname: str | None = None

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["nickname"]

    class Meta:
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_whatever_case",
                violation_error_message=_("Somebody already has an account with this e-mail address."),
            ),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stored = {}

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()
        if self.nickname == self._stored_nickname:
            return  # an account of before a rule changed can still be saved
        try:
            self.nickname = clean_nickname(self.nickname)
        except ValueError as problem:
            raise ValidationError({"nickname": str(problem)}) from None

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        user = super().from_db(*args, **kwargs)
        user._stored = user._credentials()
        user._stored_nickname = user.__dict__.get("nickname")
        return user

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self._stored = self._credentials()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the user. A new password or e-mail address ends the other sessions: ``credentials_changed`` is sent."""
        self.email = self.email.lower()
        fields = kwargs.get("update_fields")
        changed = {
            name
            for name, before in self._stored.items()
            if before != getattr(self, name) and (fields is None or name in fields)
        }
        if "email" in changed:
            self.session_epoch += 1
            if fields is not None:
                kwargs["update_fields"] = {*fields, "session_epoch"}
        super().save(*args, **kwargs)
        self._stored = self._credentials()
        if changed:
            credentials_changed.send(sender=User, user=self, changed=changed)

    def _credentials(self) -> dict[str, str]:
        """Return the values that sessions depend on, as far as they are loaded."""
        return {name: self.__dict__[name] for name in ("password", "email") if name in self.__dict__}

    def get_session_auth_hash(self) -> str:
        return self._with_epoch(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._with_epoch, super().get_session_auth_fallback_hash())

    def _with_epoch(self, signed: str) -> str:
        # Without a change it is Django's, so that sessions of before this column stay valid.
        return f"{signed}.{self.session_epoch}" if self.session_epoch else signed

    def get_full_name(self) -> str:
        return self.nickname

    def get_short_name(self) -> str:
        return self.nickname

    def trust_email(self) -> None:
        """Record the address as verified and as the only one: an admin vouches for it."""
        with transaction.atomic():
            EmailAddress.objects.filter(user=self).delete()
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)
