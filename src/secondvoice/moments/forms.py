"""The forms of the loop. Each knows how to lay its fields into a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from secondvoice.people.forms import WordsField
from secondvoice.poles import COMPASSIONATE, UNCOMPASSIONATE

if TYPE_CHECKING:
    from secondvoice.moments.record import Moment


class HowHardField(forms.IntegerField):
    """How hard it is, 0 to 10, or left out."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            min_value=0,
            max_value=10,
            error_messages={
                "invalid": _("Choose a whole number from 0 to 10, or leave it out."),
                "min_value": _("The lowest is 0."),
                "max_value": _("The highest is 10."),
            },
            widget=forms.Select(
                choices=[("", _("I would rather not say")), *((n, str(n)) for n in range(11))]
            ),
        )


class StepForm(forms.Form):
    """A step of the loop."""

    FIELDS: tuple[str, ...] = ()

    @classmethod
    def of(cls, moment: Moment, data: Any = None) -> StepForm:
        """The form, filled with what the moment holds."""
        return cls(data, initial={name: getattr(moment, name) for name in cls.FIELDS})

    def laid_into(self, moment: Moment) -> Moment:
        """The moment with every field of this form that could be understood."""
        values = {
            name: self.cleaned_data[name] for name in self.FIELDS if name in self.cleaned_data
        }
        return replace(moment, **values)


class NoticeForm(StepForm):
    """What happened, what the voice said, and how hard it is."""

    FIELDS = ("happened", "voice", "before")
    happened = WordsField()
    voice = WordsField()
    before = HowHardField()

    def clean(self) -> dict[str, Any]:
        """One of the two is enough; none is nothing to go on with."""
        cleaned = super().clean() or {}
        if not self.errors and not (
            cleaned.get("happened", "").strip() or cleaned.get("voice", "").strip()
        ):
            raise forms.ValidationError(_("A few words in either field are enough to begin."))
        return cleaned


class HearForm(StepForm):
    """Would you say this to your friend, and why."""

    FIELDS = ("say_it", "why")
    say_it = forms.ChoiceField(
        required=False, choices=[("yes", _("Yes")), ("no", _("No")), ("unsure", _("I don't know"))]
    )
    why = WordsField(rows=2)


class AnswerForm(StepForm):
    """The second voice, in three short fields."""

    FIELDS = ("name_it", "not_alone", "kind_words")
    name_it = WordsField(rows=2)
    not_alone = WordsField(rows=2)
    kind_words = WordsField(rows=3)


class RightForm(StepForm):
    """Whether there is something to make right, and one small step."""

    FIELDS = ("right", "right_if", "right_then", "look_back_on")
    right = forms.TypedChoiceField(
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    right_if = WordsField(rows=2)
    right_then = WordsField(rows=2)
    look_back_on = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Choose a day as year, month, day, or leave it out.")},
    )

    @classmethod
    def of(cls, moment: Moment, data: Any = None) -> StepForm:
        """As any step; the yes or no is words in the form."""
        form = super().of(moment, data)
        form.initial["right"] = {True: "yes", False: "no", None: ""}[moment.right]
        return form

    def clean_look_back_on(self) -> date | None:
        """A day to come, within two years."""
        day: date | None = self.cleaned_data["look_back_on"]
        today = timezone.localdate()
        if day is not None and day == self.initial.get("look_back_on"):
            return day
        if day is not None and not today < day <= today + timedelta(days=731):
            raise forms.ValidationError(_("Choose a day after today, within two years."))
        return day


class SeeForm(StepForm):
    """How hard it is now."""

    FIELDS = ("after",)
    after = HowHardField()


class WhenForm(forms.Form):
    """When a moment happened, in the person's own time."""

    when = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Choose a day and a time."),
            "invalid": _("Choose a day and a time as the calendar gives them."),
        },
    )

    def clean_when(self) -> datetime:
        """Not in the future, not before 1900."""
        when: datetime = self.cleaned_data["when"]
        if when > timezone.now() + timedelta(minutes=1):
            raise forms.ValidationError(_("That is still to come. Choose a time that has passed."))
        if when.year < 1900:
            raise forms.ValidationError(_("Choose a day after the year 1900."))
        return when


def _poles() -> list[tuple[str, str]]:
    poles = ((pole.value, pole.label) for pole in (*UNCOMPASSIONATE, *COMPASSIONATE))
    return [("", gettext("Any")), *poles]


class SearchForm(forms.Form):
    """Words to look for, and a pole. Sent by POST: a search is a person's words too."""

    q = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    pole = forms.ChoiceField(
        required=False,
        choices=_poles,
    )
