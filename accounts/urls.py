"""Paths of the profile and of the language form; the other pages of accounts are django-allauth's."""

from __future__ import annotations

from django.urls import path

from accounts import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("language/", views.choose_language, name="language"),
]
