from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.forms import ProfileForm
from accounts.people import NICKNAME_KEY


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        # The name used in the last meeting would go before the new one.
        request.session.pop(NICKNAME_KEY, None)
        messages.success(request, "Saved. This is how others see you from your next meeting on.")
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form})
