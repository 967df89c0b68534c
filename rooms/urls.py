"""Paths of the home page, rooms and meetings."""

from __future__ import annotations

from django.urls import path

from rooms import views

urlpatterns = [
    path("", views.home, name="home"),
    path("join/", views.join, name="join"),
    path("new/", views.room_new, name="room_new"),
    path("rooms/", views.rooms, name="rooms"),
    path("rooms/create/", views.room_create, name="room_create"),
    path("rooms/<slug:slug>/", views.room_edit, name="room_edit"),
    path("rooms/<slug:slug>/close/", views.room_close, name="room_close"),
    path("rooms/<slug:slug>/reopen/", views.room_reopen, name="room_reopen"),
    path("rooms/<slug:slug>/delete/", views.room_delete, name="room_delete"),
    path("r/<slug:slug>/", views.room, name="room"),
]
