"""Template tags for all templates: facts about this server, icons, form fields."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from config.assets.js_catalog import static_path

register = template.Library()


@register.simple_tag
def signup_open() -> bool:
    """Return whether visitors can create an account."""
    return settings.LANAI_SIGNUP


@register.simple_tag
def sends_email() -> bool:
    """Return whether a mail server is configured."""
    return bool(settings.EMAIL_URL)


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Return (code, name) of all languages; each name is in the language itself."""
    return list(settings.LANGUAGES)


@register.simple_tag
def words() -> SafeString:
    """Return the tag that loads the translations for the scripts, before the scripts; none for English, their own."""
    path = static_path(get_language() or settings.LANGUAGE_CODE)
    return format_html('<script defer src="{}"></script>', static(path)) if path else SafeString()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon of static/vendor/lucide/sprite.svg, hidden from screen readers: it needs text beside it."""
    sprite = static("vendor/lucide/sprite.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.inclusion_tag("forms/field.html")
def field(bound: BoundField, *, label: str | None = None, hint: str | None = None) -> dict[str, Any]:
    """Render a field with label, hint and errors, without a placeholder: it would repeat the label, then vanish."""
    if label is not None:
        bound.label = label
    if hint is not None:
        bound.help_text = bound.field.help_text = hint
    return {"field": bound, "control": bound.as_widget(attrs={"placeholder": False})}
