"""Paths of the profile, the language form and the pages with limits; the other pages are django-allauth's."""

from __future__ import annotations

from django.urls import path, re_path

from accounts import limited_views, views

urlpatterns = [
    path("login/", limited_views.SignInView.as_view(), name="account_login"),
    path("signup/", limited_views.SignUpView.as_view(), name="account_signup"),
    path("reauthenticate/", limited_views.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("email/", limited_views.EmailView.as_view(), name="account_email"),
    path("password/change/", limited_views.PasswordChangeView.as_view(), name="account_change_password"),
    path("password/set/", limited_views.PasswordSetView.as_view(), name="account_set_password"),
    path("password/reset/", limited_views.PasswordResetView.as_view(), name="account_reset_password"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        limited_views.NewPasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("profile/", views.profile, name="profile"),
    path("language/", views.choose_language, name="language"),
]
