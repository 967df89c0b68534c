"""The profile, and the language form at the foot of each page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.views import LoginView
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from accounts import devices, languages
from accounts.forms import ProfileForm
from accounts.people import NICKNAME_KEY
from accounts.rate_limits import Limits, waiting_seconds
from config.ground.durations import duration_in_words


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show and save the user's nickname and language."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if not form.is_valid():
        return TemplateResponse(request, "accounts/profile.html", {"form": form})
    form.save()
    # The nickname used in the last meeting would take precedence over the new one.
    request.session.pop(NICKNAME_KEY, None)
    response = redirect("profile")
    if "language" in form.changed_data:
        languages.remember(response, form.cleaned_data["language"])
    with translation.override(languages.chosen_by(form.instance) or translation.get_language()):
        messages.success(request, _("Saved. This is how others see you from your next meeting on."))
    return response


class SignInView(LoginView):
    """allauth's, with limits that tell a known browser from others behind the same address."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        for action, key in _sign_in_limits(request).items():
            if refusal := ratelimit.consume_or_429(request, action=action, key=key):
                return refusal
        return super().dispatch(request, *args, **kwargs)


def _sign_in_limits(request: HttpRequest) -> Limits:
    return devices.attempt_limits(request, request.POST.get("login", "").strip())


def _reset_limits(request: HttpRequest) -> Limits:
    return {"reset_password": request.POST.get("email", "").strip().lower()}


# Which limits the pages hold, by their names: allauth does not tell.
LIMITS_OF: dict[str | None, Callable[[HttpRequest], Limits]] = {
    "account_login": _sign_in_limits,
    "account_signup": lambda _: {"signup": ""},
    "account_reset_password": _reset_limits,
    "account_reset_password_from_key": lambda _: {"reset_password_from_key": ""},
    "account_change_password": lambda _: {"change_password": ""},
    "account_email": lambda _: {"manage_email": ""},
    "account_reauthenticate": lambda _: {"reauthenticate": ""},
}


def too_often(request: HttpRequest) -> HttpResponse:
    """The page for what was tried beyond a rate limit, with the true waiting time."""
    match = request.resolver_match
    limits_of = LIMITS_OF.get(match.url_name if match else None)
    seconds = max(1, waiting_seconds(request, limits_of(request)) if limits_of else 60)
    response = TemplateResponse(request, "429.html", {"time": duration_in_words(seconds)}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Set the language of this browser and of the signed-in account, and redirect back to the page."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if request.user.is_authenticated and languages.is_known(language):
        request.user.language = language
        request.user.save(update_fields=["language"])
    return response
