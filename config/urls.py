"""Paths of all pages."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

handler500 = "config.errors.handle_exception"

urlpatterns = [
    path("", include("rooms.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
