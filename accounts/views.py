"""The profile, and the language form at the foot of each page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from accounts import languages
from accounts.forms import ProfileForm
from accounts.people import NICKNAME_KEY


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


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Set the language of this browser and of the signed-in account, and redirect back to the page."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if request.user.is_authenticated and languages.is_known(language):
        request.user.language = language
        request.user.save(update_fields=["language"])
    return response
