"""Forms to join a meeting by its code, and to create and change a room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rooms import protocol
from rooms.models import Room
from rooms.models.codes import LINK_MAX, room_code

NOT_A_CODE = _("That is not a meeting code or link. A code looks like abc-defg-hjk.")

CAPACITY_HINT = _(
    "Picture and sound go straight between the people, so more people means less picture: "
    "full video up to 4, small video up to 6, sound only with 7 or 8."
)


def too_many_rooms(limit: int) -> str:
    """Return the sentence for a person who has as many rooms as they may have."""
    words = ngettext(
        "You can have %(count)d room here. Delete it if you no longer need it, or ask an admin for more.",
        "You can have %(count)d rooms here. Delete some that you no longer need, or ask an admin for more.",
        limit,
    )
    return words % {"count": limit}


class JoinForm(forms.Form):
    """A meeting's code or link; cleaned to the code. Whether such a room exists is not checked here."""

    code = forms.CharField(
        label=_("Meeting code or link"),
        max_length=LINK_MAX,
        widget=forms.TextInput(
            attrs={
                "class": "input",
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "placeholder": "abc-defg-hjk",
            }
        ),
        error_messages={"required": _("Type the code of a meeting, or paste its link.")},
    )

    def clean_code(self) -> str:
        code = room_code(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(NOT_A_CODE, code="not_a_code")
        return code


def _capacity_label(people: int) -> str:
    if people <= 4:
        label = ngettext("%(count)d person, full video", "%(count)d people, full video", people)
    elif people <= 6:
        label = ngettext("%(count)d person, small video", "%(count)d people, small video", people)
    else:
        label = ngettext("%(count)d person, sound only", "%(count)d people, sound only", people)
    return label % {"count": people}


def capacity_choices() -> list[tuple[int, str]]:
    """Return (capacity, label) for each capacity; the label says how much video it allows."""
    return [(people, _capacity_label(people)) for people in range(2, protocol.CAPACITY_MAX + 1)]


def chat_choices() -> list[tuple[bool, object]]:
    """Return (whether chat is kept, label); the label names the days."""
    days = settings.LANAI_RETENTION_DAYS
    kept = ngettext("Kept for %(count)d day", "Kept for %(count)d days", days) % {"count": days}
    return [(False, _("Deleted when everybody has left")), (True, kept)]


class RoomForm(forms.ModelForm):  # type: ignore[type-arg]
    """The settings of a room."""

    name = forms.CharField(
        label=_("Name"),
        max_length=protocol.ROOM_NAME_MAX,
        required=False,
        help_text=_("What this room is for. Without a name it goes by its code."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    capacity = forms.TypedChoiceField(
        label=_("How many people fit in"),
        choices=capacity_choices,
        coerce=int,
        initial=protocol.CAPACITY_DEFAULT,
        help_text=CAPACITY_HINT,
    )

    keeps_chat = forms.TypedChoiceField(
        label=_("Chat"),
        choices=chat_choices,
        coerce=lambda chosen: chosen == "True",
        initial=False,
        help_text=_(
            "What happens to messages. People who join later can read those that are kept. Everybody in a call is told."
        ),
    )

    class Meta:
        model = Room
        fields = ["name", "capacity", "keeps_chat"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["name"].widget.attrs["autofocus"] = True
