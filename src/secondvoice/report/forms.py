"""The form of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from secondvoice.report.gathering import WEEKS

if TYPE_CHECKING:
    from datetime import date

EARLIEST = 1900


def _how_many() -> list[tuple[int, str]]:
    return [
        (weeks, ngettext("{weeks} week", "{weeks} weeks", weeks).format(weeks=weeks))
        for weeks in WEEKS
    ]


class WeeksForm(forms.Form):
    """Which weeks."""

    weeks = forms.TypedChoiceField(
        coerce=int,
        choices=_how_many,
    )
    last = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the last day."),
            "invalid": _("Write the day like 2026-03-31."),
        },
    )

    def clean_last(self) -> date:
        """Refuse what has no year before it."""
        last: date = self.cleaned_data["last"]
        if last.year < EARLIEST:
            raise forms.ValidationError(_("Choose a later day."))
        return last
