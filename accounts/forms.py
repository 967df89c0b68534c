"""Forms for sign-up and the profile."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts import languages
from accounts.models import User
from config.ground.nicknames import INVALID, NICKNAME_MAX, clean_nickname


class NicknameField(forms.CharField):
    """A nickname, cleaned by the same rule as in a meeting (config.ground.nicknames)."""

    def __init__(self, **kwargs: Any) -> None:
        self.stored = ""  # valid whatever the rules are by now
        super().__init__(
            label=_("Your name"),
            help_text=_("What others see in a meeting."),
            widget=forms.TextInput(attrs={"autocomplete": "nickname", "maxlength": NICKNAME_MAX}),
            **kwargs,
        )

    def clean(self, value: str | None) -> str:
        text: str = super().clean(value)
        if self.stored and text == self.stored:
            return text
        try:
            return clean_nickname(text)
        except ValueError:
            raise ValidationError(INVALID, code="nickname_invalid") from None


class SignupForm(AllauthSignupForm):
    """Sign-up with a nickname. Submitting it twice creates one account."""

    field_order = ["nickname", "email", "password1"]
    nickname = NicknameField()

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])  # or the quicker answer would tell that it exists
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[no-any-return]
        except IntegrityError:
            # The button was pressed twice, and the other request has just created this account.
            return None, redirect("account_email_verification_sent" if settings.EMAIL_URL else "account_login")


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """The nickname and language of an account."""

    nickname = NicknameField()
    language = forms.ChoiceField(label=_("Language"), choices=languages.choices, required=False)

    class Meta:
        model = User
        fields = ["nickname", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(NicknameField, self.fields["nickname"]).stored = self.instance.nickname
