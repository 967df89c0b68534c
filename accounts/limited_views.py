"""django-allauth's pages with the limits of accounts.rate_limits. Sending a form counts, opening a page does not."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views import View

from accounts import devices, rate_limits
from accounts.forms import SignupForm
from accounts.rate_limits import Counts, address_of
from config.ground.durations import duration_in_words
from config.ground.throttle import Throttle

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """Return the page for what was tried beyond a limit, with the waiting time."""
    response = TemplateResponse(request, "429.html", {"time": duration_in_words(seconds)}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


class LimitedView(View):
    """Mixin that counts the forms sent to a view. It stands left of the view among the bases."""

    def counts(self) -> Counts:
        """Return what a form that is sent counts for."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in SAFE_METHODS and (seconds := rate_limits.count(self.counts())):
            return too_often(request, seconds)
        return super().dispatch(request, *args, **kwargs)


class SignInView(LimitedView, views.LoginView):
    """Attempts count, right or wrong; wrong passwords count in the adapter."""

    def counts(self) -> Counts:
        return devices.attempt_counts(self.request, self.request.POST.get("login", ""))


class SignUpView(LimitedView, views.SignupView):
    """Forms without a mistake have a limit of their own, a tenth of that for all forms."""

    def counts(self) -> Counts:
        return {rate_limits.SIGN_UP_FORMS: address_of(self.request)}

    def form_valid(self, form: SignupForm) -> HttpResponse:
        if seconds := rate_limits.count({rate_limits.SIGN_UPS: address_of(self.request)}):
            return too_often(self.request, seconds)
        return super().form_valid(form)


class PasswordResetView(views.PasswordResetView):
    """Counts for the e-mail address that was entered, whether it has an account or not: the answer tells nothing."""

    def form_valid(self, form: ResetPasswordForm) -> HttpResponse:
        counts = {
            rate_limits.RESETS_AT_ADDRESS: address_of(self.request),
            rate_limits.RESETS: devices.account_key(form.cleaned_data["email"]),
        }
        if seconds := rate_limits.count(counts):
            return too_often(self.request, seconds)
        return super().form_valid(form)


class NewPasswordView(LimitedView, views.PasswordResetFromKeyView):
    """The form behind the link of a password reset."""

    def counts(self) -> Counts:
        return {rate_limits.NEW_PASSWORDS: address_of(self.request)}


class OwnPageView(LimitedView):
    """Mixin for a page of a signed-in person, with a limit per account. Others are redirected to sign in."""

    limit: Throttle

    def counts(self) -> Counts:
        user = self.request.user
        return {self.limit: str(user.pk)} if user.is_authenticated else {}


class PasswordChangeView(OwnPageView, views.PasswordChangeView):
    """The form for another password."""

    limit = rate_limits.PASSWORD_CHANGES


class PasswordSetView(OwnPageView, views.PasswordSetView):
    """The form for the first password of an account without one."""

    limit = rate_limits.PASSWORD_CHANGES


class EmailView(OwnPageView, views.EmailView):
    """The form for another e-mail address."""

    limit = rate_limits.EMAIL_CHANGES


class ReauthenticateView(OwnPageView, views.ReauthenticateView):
    """The form that asks for the password again."""

    limit = rate_limits.REAUTHENTICATIONS
