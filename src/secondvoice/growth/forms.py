"""The forms of the room: planning an experiment, and the number of a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from secondvoice.growth.helps import NOTHING
from secondvoice.growth.names import words_of
from secondvoice.growth.record import Critic, Subject
from secondvoice.growth.trials import FURTHEST, SIZES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from secondvoice.practices.catalogue import Practice

MOST_SUBJECTS = 8
"""Subjects of one's own at most."""


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


class CriticForm(forms.Form):
    """A name, what it may be afraid of, and some subjects, each with words that tell of it."""

    called = forms.CharField(
        required=False, max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    afraid = forms.CharField(
        required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, critic: Critic, data: Any = None) -> None:
        rows = min(len(critic.subjects) + 2, MOST_SUBJECTS)
        initial = {"called": critic.name, "afraid": critic.afraid}
        for at, subject in enumerate(critic.subjects):
            initial |= {f"subject_{at}": subject.name, f"words_{at}": ", ".join(subject.words)}
        super().__init__(data, initial=initial)
        for at in range(rows):
            self.fields[f"subject_{at}"] = forms.CharField(required=False, max_length=60)
            self.fields[f"words_{at}"] = forms.CharField(required=False, max_length=300)
            for name in (f"subject_{at}", f"words_{at}"):
                self.fields[name].widget.attrs["autocomplete"] = "off"
        self.rows = [(self[f"subject_{at}"], self[f"words_{at}"]) for at in range(rows)]

    @property
    def critic(self) -> Critic:
        """What was said, once the form is valid."""
        said = self.cleaned_data
        subjects = []
        for at in range(len(self.rows)):
            words = [" ".join(word.split()) for word in said[f"words_{at}"].split(",")]
            name = said[f"subject_{at}"] or next((word for word in words if word), "")
            if name:
                subjects.append(Subject(name, tuple(dict.fromkeys(word for word in words if word))))
        return Critic(said["called"], said["afraid"], tuple(subjects))
