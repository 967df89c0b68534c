"""The adapter that changes django-allauth where Lanai's rules differ."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import devices, languages
from accounts.models import User
from accounts.rate_limits import waiting_seconds
from config.ground.durations import duration_in_words

log = logging.getLogger("lanai.accounts")

TOO_MANY_ATTEMPTS = _("Too many attempts. Please try again in %(time)s.")
MAIL_NOT_SENT = _("The mail could not be sent just now. Please try again in a few minutes.")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up switch, client address, nickname, language of mails, and sentences of errors."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off. Please ask an admin."),
        "email_password_mismatch": _("This e-mail address and password do not belong together."),
        "email_taken": _("Somebody already has an account with this e-mail address."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "rate_limited": _("That was a little fast. Please wait a moment and try again."),
        "same_as_current": _("This is the one you have already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.LANAI_SIGNUP

    def get_client_ip(self, request: HttpRequest) -> str:
        # ClientAddressMiddleware has resolved trusted proxies; headers can be forged by the client.
        return str(request.META["REMOTE_ADDR"])

    def is_safe_url(self, url: str) -> bool:
        try:
            return super().is_safe_url(url)
        except ValueError:  # it cannot be parsed, such as http://[::1
            return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse an attempt after too many wrong passwords, the right one too. Refused ones count for nothing."""
        if seconds := waiting_seconds(devices.failure_counts(request, str(credentials.get("email", "")))):
            sentence = TOO_MANY_ATTEMPTS % {"time": duration_in_words(seconds)}
            raise ValidationError(sentence, code="too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        for limit, key in devices.failure_counts(request, str(credentials.get("email", ""))).items():
            limit.hit(key)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user.email)
        return response

    def save_user(self, request: HttpRequest, user: Any, form: BaseForm, commit: bool = True) -> Any:
        user.nickname = form.cleaned_data["nickname"]
        return super().save_user(request, user, form, commit=commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail in its recipient's language.

        A mail server that is away is reported in a message to the person, not raised: the request itself has succeeded,
        and the mail can be requested again later.
        """
        recipient = context.get("user") or User.objects.filter(email=email.lower()).first()
        try:
            with translation.override(languages.chosen_by(recipient) or translation.get_language()):
                super().send_mail(template_prefix, email, context)
        except OSError as problem:  # SMTPException is an OSError, too
            log.warning("a mail could not be sent: %s", type(problem).__name__)
            messages.warning(allauth_context.request, MAIL_NOT_SENT)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")
