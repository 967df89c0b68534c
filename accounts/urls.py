"""Paths of the sign-in page, the profile and the language form; the other pages of accounts are django-allauth's."""

from __future__ import annotations

from django.urls import path

from accounts import views

urlpatterns = [
    path("login/", views.SignInView.as_view(), name="account_login"),
    path("profile/", views.profile, name="profile"),
    path("language/", views.choose_language, name="language"),
]
