"""The forms of the room: planning an experiment, and the number of a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from secondvoice.growth.helps import NOTHING
from secondvoice.growth.names import words_of
from secondvoice.growth.trials import FURTHEST, SIZES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from secondvoice.practices.catalogue import Practice


class PlanForm(forms.Form):
    """What is compared, from when, and for how long."""

    one = forms.ChoiceField()
    other = forms.ChoiceField(required=False)
    start = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    size = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, practices: Iterable[Practice], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        t = words_of("trying")
        choices = [(one.id, one.title) for one in practices]
        self.fields["one"].choices = choices  # type: ignore[attr-defined]  # of a ChoiceField
        self.fields["other"].choices = [(NOTHING, t["no_other"]), *choices]  # type: ignore[attr-defined]  # the same
        self.fields["size"].choices = [(name, t["sizes"][name]) for name in SIZES]  # type: ignore[attr-defined]  # the same
        wrong = {"required": t["wrong_day"], "invalid": t["wrong_day"]}
        self.fields["start"].error_messages.update(wrong)
        for name in ("one", "size"):
            self.fields[name].error_messages.update(
                required=t["wrong_choice"], invalid_choice=t["wrong_choice"]
            )

    def clean_start(self) -> date:
        """Not before tomorrow, so that the plan is there before the first day."""
        start: date = self.cleaned_data["start"]
        today = timezone.localdate()
        if not today < start <= today + timedelta(days=FURTHEST):
            raise forms.ValidationError(words_of("trying")["wrong_day"])
        return start

    def clean(self) -> dict[str, Any]:
        """Two that differ."""
        cleaned = super().clean() or {}
        if not self.errors and cleaned["one"] == cleaned["other"]:
            self.add_error("other", words_of("trying")["wrong_same"])
        return cleaned


class DayForm(forms.Form):
    """How hard a day was, and whether what was planned was done."""

    hard = forms.IntegerField(required=False, min_value=0, max_value=10)
    done = forms.TypedChoiceField(
        required=False,
        choices=[("yes", "yes"), ("no", "no")],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        t = words_of("trying")
        numbers = [("", t["not_said"]), *((n, str(n)) for n in range(11))]
        self.fields["hard"].widget = forms.Select(choices=numbers)
