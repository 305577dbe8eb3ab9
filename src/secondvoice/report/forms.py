"""The form of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from secondvoice.report.gathering import WEEKS

if TYPE_CHECKING:
    from datetime import date

EARLIEST = 1900


class WeeksForm(forms.Form):
    """Which weeks."""

    weeks = forms.TypedChoiceField(
        coerce=int,
        choices=[(weeks, f"{weeks} week{'s' if weeks > 1 else ''}") for weeks in WEEKS],
    )
    last = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choose the last day.",
            "invalid": "Write the day like 2026-03-31.",
        },
    )

    def clean_last(self) -> date:
        """Refuse what has no year before it."""
        last: date = self.cleaned_data["last"]
        if last.year < EARLIEST:
            raise forms.ValidationError("Choose a later day.")
        return last
