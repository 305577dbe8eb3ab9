"""The forms of reminders: one of them, the hours and pauses, a browser, an address."""

from __future__ import annotations

import base64
import binascii
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID  # noqa: TC003 (a dataclass's field)

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from secondvoice.people.forms import known_zone
from secondvoice.reminders.clock import wall
from secondvoice.reminders.endpoints import LONGEST, BadEndpoint, parse
from secondvoice.reminders.rules import MOST_TIMES, Plan, Quiet, Reminder, never_arrives
from secondvoice.reminders.words import says
from secondvoice.vault import UnusableSecret
from secondvoice.vault.push import check_browser_keys

LONGEST_PAUSE = timedelta(days=365)


class ClockField(forms.TimeField):
    """A time of day to the minute; its value is minutes after midnight, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H:%M:%S", "%H.%M", "%H"],
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "autocomplete": "off"}),
            error_messages={
                "required": _("Write a time of day, like 08:30."),
                "invalid": _("Write the time as hours and minutes, like 08:30."),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """Minutes after midnight, or None."""
        found: time | None = super().clean(value)
        return None if found is None else found.hour * 60 + found.minute


class ReminderForm(forms.Form):
    """One reminder."""

    start = ClockField()
    end = ClockField(required=False)
    times = forms.TypedChoiceField(
        coerce=int, choices=[(1, _("Once")), (2, _("Twice")), (MOST_TIMES, _("Three times"))]
    )
    days = forms.TypedMultipleChoiceField(
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one day at least.")},
    )
    text = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, id_: UUID, quiet: Quiet | None, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.id = id_
        self.quiet = quiet
        self.fields["text"].choices = list(says().items())  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """It must be able to arrive."""
        cleaned = super().clean() or {}
        if not self.errors and never_arrives(self.made(cleaned), self.quiet):
            self.add_error("start", _("That is all within your quiet hours. Choose another time."))
        return cleaned

    @property
    def reminder(self) -> Reminder:
        """What was asked for, once the form is valid."""
        return self.made(self.cleaned_data)

    def made(self, cleaned: dict[str, Any]) -> Reminder:
        """The reminder of these values."""
        window = cleaned["end"] is not None
        return Reminder(
            id=self.id,
            days=tuple(sorted(cleaned["days"])),
            start=cleaned["start"],
            end=cleaned["end"],
            times=cleaned["times"] if window else 1,
            text=cleaned["text"],
        )


def values_of(reminder: Reminder) -> dict[str, Any]:
    """A reminder as the form shows it."""
    return {
        "start": wall(reminder.start),
        "end": None if reminder.end is None else wall(reminder.end),
        "times": reminder.times,
        "days": list(reminder.days),
        "text": reminder.text,
    }


class HoursForm(forms.Form):
    """Quiet hours, the time zone, a pause."""

    quiet_start = ClockField(required=False)
    quiet_end = ClockField(required=False)
    zone = forms.CharField(
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write a time zone, like Europe/London.")},
    )
    paused = forms.BooleanField(required=False)
    back_on = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as year, month, day, like 2027-03-02.")},
    )

    def clean_zone(self) -> str:
        """An IANA name."""
        zone = known_zone(str(self.cleaned_data["zone"]).strip())
        if not zone:
            raise forms.ValidationError(
                _("That zone is not known here. Names look like Europe/London or Asia/Kolkata.")
            )
        return zone

    def clean_back_on(self) -> date | None:
        """Still to come, and within a year."""
        day: date | None = self.cleaned_data["back_on"]
        if (
            day is not None
            and not timezone.localdate() < day <= timezone.localdate() + LONGEST_PAUSE
        ):
            raise forms.ValidationError(_("Choose a day that is still to come, within a year."))
        return day

    def clean(self) -> dict[str, Any]:
        """Quiet hours have two ends."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("quiet_start"), cleaned.get("quiet_end")
        if not self.errors and (start is None) != (end is None):
            missing = "quiet_start" if start is None else "quiet_end"
            self.add_error(missing, _("Quiet hours need both ends. Leave both empty for none."))
        return cleaned

    def applied_to(self, plan: Plan) -> Plan:
        """``plan`` with what was chosen, once the form is valid."""
        chosen = self.cleaned_data
        start, end = chosen["quiet_start"], chosen["quiet_end"]
        return Plan(
            zone=chosen["zone"],
            reminders=plan.reminders,
            quiet=None if start is None else Quiet(start, end),
            paused=chosen["paused"],
            back_on=chosen["back_on"] if chosen["paused"] else None,
        )


class DeviceForm(forms.Form):
    """What a browser gives for being sent notices."""

    endpoint = forms.CharField(max_length=LONGEST)
    public_key = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=100)

    def __init__(self, also: frozenset[str], data: Any) -> None:
        super().__init__(data)
        self.also = also

    def clean_endpoint(self) -> str:
        """An address that something may be sent to, as far as it can be told without asking."""
        address = str(self.cleaned_data["endpoint"])
        try:
            parse(address, self.also)
        except BadEndpoint as error:
            raise forms.ValidationError(str(error)) from None
        return address

    def clean(self) -> dict[str, Any]:
        """Keys of the form that browsers have."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                for name in ("public_key", "auth"):
                    text = str(cleaned[name])
                    cleaned[name] = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
                check_browser_keys(cleaned["public_key"], cleaned["auth"])
            except (UnusableSecret, binascii.Error, ValueError):
                raise forms.ValidationError(_("The browser's keys cannot be read.")) from None
        return cleaned


class AddressForm(forms.Form):
    """Where letters should go."""

    address = forms.EmailField(
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your address."),
            "invalid": _("That is no e-mail address. It looks like name@place.org."),
        },
    )


class CodeForm(forms.Form):
    """The code from the letter."""

    code = forms.CharField(
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Write the code from the letter.")},
    )

    def clean_code(self) -> str:
        """Its digits."""
        return "".join(sign for sign in str(self.cleaned_data["code"]) if sign.isdigit())
