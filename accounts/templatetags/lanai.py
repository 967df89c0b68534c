"""What templates share: facts about this server, icons, fields of forms."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from config.ground.js_catalog import static_path

register = template.Library()


@register.simple_tag
def signup_open() -> bool:
    return settings.LANAI_SIGNUP


@register.simple_tag
def sends_email() -> bool:
    return bool(settings.EMAIL_URL)


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Each with its name as those say it who read it."""
    return list(settings.LANGUAGES)


@register.simple_tag
def words() -> SafeString:
    """What the page's scripts say, in the page's language; before the scripts. English is in them."""
    path = static_path(get_language() or settings.LANGUAGE_CODE)
    return format_html('<script defer src="{}"></script>', static(path)) if path else SafeString()


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of the icons of static/vendor/lucide/sprite.svg; the words beside it say what it means."""
    sprite = static("vendor/lucide/sprite.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.inclusion_tag("forms/field.html")
def field(bound: BoundField, *, label: str | None = None, hint: str | None = None) -> dict[str, Any]:
    """A field with its label, hint and errors. A placeholder would repeat the label and then vanish."""
    if label is not None:
        bound.label = label
    if hint is not None:
        bound.help_text = bound.field.help_text = hint
    return {"field": bound, "control": bound.as_widget(attrs={"placeholder": False})}
