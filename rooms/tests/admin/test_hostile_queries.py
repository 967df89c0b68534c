"""No address of the admin, however it was made up, answers with 500: not its filters, dates, pages and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib import admin as site_admin
from django.test import Client
from django.urls import reverse

from rooms.models import Room
from rooms.tests.admin.test_admin import active_seat, admin, chat_message, plain_static_files  # noqa: F401

HUGE = "99999999999999999999"
NUMBERS = [HUGE, "9223372036854775807", "nan", "\0"]
DATES = ["0000-00-00", "9999-12-31T23:59:59-12:00", "294277-01-01", HUGE]
TEXTS = ["", "a\0b", "\ud800", HUGE]
LOOKUPS = {"": NUMBERS, "__exact": TEXTS, "__in": NUMBERS, "__gte": DATES, "__year": NUMBERS, "__id__exact": NUMBERS}
# Names of the admin itself.
OWN = ["p", "o", "q", "all", "e", "_facets", "_popup", "_to_field", "_changelist_filters", "state", "live", "no_such"]
OF_ONE = ["_to_field", "_changelist_filters", "_popup", "p"]
ALL = [*NUMBERS, *DATES[:3], *TEXTS[:3]]
MODELS = sorted(site_admin.site._registry, key=lambda model: model._meta.label)


def name_of(model: Any, page: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"


def query(name: str, value: str) -> str:
    return f"{quote(name)}={quote(value.encode('utf-8', 'surrogatepass'))}"


def looked_up(model: Any) -> list[str]:
    """The fields that a list filters by or links to, and every id."""
    own = site_admin.site._registry[model]
    filters = [one for one in own.list_filter if isinstance(one, str)]
    related = [field.name for field in model._meta.concrete_fields if field.is_relation]
    return sorted({"id", "pk", *filters, *related, *([own.date_hierarchy] if own.date_hierarchy else [])})


def queries(model: Any) -> Iterator[str]:
    for field in looked_up(model):
        for lookup, values in LOOKUPS.items():
            yield from (query(field + lookup, value) for value in values)
    for name in OWN:
        yield from (query(name, value) for value in TEXTS)


@pytest.fixture
def careless(admin: Client, room: Room) -> Client:  # noqa: F811
    """An admin, who gets the page of an error instead of the exception."""
    chat_message(active_seat(room, "Ada"), "Hello")
    admin.raise_request_exception = False
    return admin


def failures(client: Client, addresses: Iterator[str]) -> list[str]:
    return [address for address in addresses if client.get(address).status_code >= 500]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_no_list_fails(careless, model):
    page = reverse(name_of(model, "changelist"))
    assert failures(careless, (f"{page}?{one}" for one in queries(model))) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_no_page_of_one_thing_fails(careless, model):
    page = reverse(name_of(model, "changelist"))
    ids = [quote(value.encode("utf-8", "surrogatepass"), safe="") for value in NUMBERS]
    addresses = [f"{page}{one}/{tail}" for one in ids for tail in ("change/", "history/", "delete/", "password/", "")]
    one = model.objects.first().pk if model.objects.exists() else 1
    addresses += [
        f"{page}{one}/{tail}?{query(name, value)}"
        for tail in ("change/", "history/")
        for name in OF_ONE
        for value in TEXTS
    ]
    addresses += [
        f"{page}add/?{query(field.name, value)}"
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        for value in (HUGE, "1e5", "\0")
    ]
    assert failures(careless, iter(addresses)) == []


def test_no_search_and_no_link_fails(careless):
    usual = {"app_label": "rooms", "model_name": "room", "field_name": "owner", "term": "a", "p": "1"}
    searches = (
        reverse("admin:autocomplete") + "?" + "&".join(query(*one) for one in {**usual, name: value}.items())
        for name in usual
        for value in ALL
    )
    assert failures(careless, searches) == []
    ids = [quote(value.encode("utf-8", "surrogatepass"), safe="") for value in ALL if value]
    links = [f"/admin/r/{one}/1/" for one in ids] + [f"/admin/r/1/{one}/" for one in ids]
    assert failures(careless, iter([*links, *(f"/admin/{one}/" for one in ids)])) == []
