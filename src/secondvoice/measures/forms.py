"""The forms of the measures: an answer, all answers, a score from elsewhere, a check-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from secondvoice.measures.change import overridden
from secondvoice.measures.record import WEEKS, CheckIn, OwnFigures
from secondvoice.tongues import figure, say

if TYPE_CHECKING:
    from datetime import date

    from secondvoice.measures.instrument import Elsewhere, Instrument, Precision

RATHER_NOT = "pass"
"""What a form sends for "I would rather not answer"."""


def read_answer(instrument: Instrument, sent: str) -> tuple[bool, int | None]:
    """One answer of a form: whether there is one, and its value (None: rather not).

    Anything that is not on the scale is no answer.
    """
    if sent == RATHER_NOT:
        return True, None
    values = {str(option.value): option.value for option in instrument.answers.options}
    return sent in values, values.get(sent)


class NumberField(forms.IntegerField):
    """0 to 10, or left out."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            min_value=0,
            max_value=10,
            widget=forms.Select(
                choices=[("", _("I would rather not say")), *((n, str(n)) for n in range(11))]
            ),
        )


class CheckInForm(forms.Form):
    """One day in three numbers."""

    day = NumberField()
    hard = NumberField()
    kind = NumberField()

    @property
    def check_in(self) -> CheckIn:
        """What was said, once the form is valid."""
        return CheckIn(**self.cleaned_data)


class FigureField(forms.FloatField):
    """A number that may have decimals, left out or written with a point or a comma.

    A field of the browser's own for numbers takes only the sign that the browser is set to, and
    sends nothing at all for the other one.
    """

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        """The number; one comma and no point: the comma stands before the decimals."""
        if isinstance(value, str) and value.count(",") == 1 and "." not in value:
            value = value.replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """As it is written in the language of the page."""
        return figure(f"{value:.12g}") if isinstance(value, float) else value


class ScoreForm(forms.Form):
    """Scores of a measure that was taken elsewhere, and the day."""

    on = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={
            "required": _("Write the day on which it was taken."),
            "invalid": _("Write the day as year, month, day, like 2026-03-02."),
        },
    )

    def __init__(self, known: tuple[Elsewhere, ...], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.known = known
        for entry in known:
            outside = _("That lies outside of what this score can be.")
            self.fields[entry.id] = FigureField(
                label=say(entry.title),
                min_value=entry.least,
                max_value=entry.most,
                error_messages={
                    "invalid": _("A score is a number, like 2.5 or 17."),
                    "min_value": outside,
                    "max_value": outside,
                },
            )

    def clean_on(self) -> date:
        """Not in the future, not before 1900."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("That is still to come. Choose a day that has passed."))
        if on.year < 1900:
            raise forms.ValidationError(_("Choose a day after the year 1900."))
        return on

    def clean(self) -> dict[str, Any]:
        """One score at least."""
        cleaned = super().clean() or {}
        if not self.errors and not self.scores(cleaned):
            raise forms.ValidationError(_("One score is enough; there is none yet."))
        return cleaned

    def scores(self, cleaned: dict[str, Any]) -> dict[str, float]:
        """Those that were given."""
        given = {entry.id: cleaned.get(entry.id) for entry in self.known}
        return {name: value for name, value in given.items() if value is not None}


def _how_often() -> list[tuple[int, str]]:
    said = [
        (weeks, ngettext("Every week", "Every {weeks} weeks", weeks).format(weeks=weeks))
        for weeks in WEEKS[:-1]
    ]
    return [*said, (0, gettext("Never"))]


class ChoicesForm(forms.Form):
    """When the next one may be due, and whether the further questions are shown."""

    weeks = forms.TypedChoiceField(
        coerce=int,
        choices=_how_often,
    )
    asked_for = forms.BooleanField(required=False)


class FiguresForm(forms.Form):
    """The person's own r and SD of one score; both empty: the published ones."""

    r = FigureField(error_messages={"invalid": _("That is not a number.")})
    sd = FigureField(error_messages={"invalid": _("That is not a number.")})

    def __init__(self, precision: Precision, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.precision = precision

    def clean(self) -> dict[str, Any]:
        """Each in its range, and both where the other is not known."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                overridden(self.precision, r=cleaned.get("r"), sd=cleaned.get("sd"))
            except ValueError as error:
                raise forms.ValidationError(str(error)) from None
        return cleaned

    @property
    def own(self) -> OwnFigures | None:
        """What was set, once the form is valid; None where nothing was."""
        own = OwnFigures(self.cleaned_data["r"], self.cleaned_data["sd"])
        return None if own == OwnFigures() else own
