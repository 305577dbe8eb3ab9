"""The forms of first run, unlocking and settings, and the field for words of all rooms."""

from __future__ import annotations

import unicodedata
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.utils.translation import gettext_lazy as _

from secondvoice.people.keys import SHORTEST_PASSPHRASE
from secondvoice.people.record import LOCK_CHOICES
from secondvoice.people.strength import ASKED_ABOUT, strength
from secondvoice.people.views.words import sentence_of, words_of
from secondvoice.vault.recovery import MistypedCode, parse_recovery_code

LONGEST_NAME = 60
LONGEST_PASSPHRASE = 1024
LONGEST_TEXT = 1_000_000
TOO_LONG = _(
    "That is more than a million characters. Nothing is lost: it is still here. "
    "Keep a part of it, and save again."
)


class WordsField(forms.CharField):
    """A person's own words: optional, several lines, kept exactly as they were written."""

    def __init__(self, *, rows: int = 3, **attrs: str) -> None:
        super().__init__(
            required=False,
            strip=False,
            max_length=LONGEST_TEXT,
            error_messages={"max_length": TOO_LONG},
            widget=forms.Textarea(attrs={"rows": str(rows), "autocomplete": "off", **attrs}),
        )
        # The browser would cut a paste at maxlength without a word.
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: Any) -> str:
        """Line ends as the person sees them, on every system."""
        text: str = super().clean(value)
        return text.replace("\r\n", "\n").replace("\r", "\n")


class PassphraseField(forms.CharField):
    """A passphrase: never stripped, never shown again."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        super().__init__(
            strip=False,
            max_length=LONGEST_PASSPHRASE,
            widget=forms.PasswordInput(
                attrs={
                    "autocomplete": autocomplete,
                    "autocapitalize": "none",
                    "spellcheck": "false",
                }
            ),
            **kwargs,
        )


class NewPassphraseForm(forms.Form):
    """A new passphrase, typed twice."""

    passphrase = PassphraseField(
        autocomplete="new-password",
        error_messages={"required": _("Choose a passphrase, or this computer's account.")},
    )
    again = PassphraseField(
        autocomplete="new-password", error_messages={"required": _("Type it once more here.")}
    )
    # Asked only about one that is easily guessed.
    anyway = forms.BooleanField(required=False)

    @property
    def asks(self) -> bool:
        """Whether the page has to ask if an easily guessed passphrase is meant."""
        return bool(self.errors.get("passphrase") and self.has_error("passphrase", "easy"))

    @property
    def anyway_words(self) -> str:
        """What stands beside the tick."""
        return str(words_of("strength")["anyway"])

    def clean_passphrase(self) -> str:
        """Refuse what is too short to protect anything."""
        passphrase: str = self.cleaned_data["passphrase"]
        length = len(unicodedata.normalize("NFKC", passphrase).strip())
        if length < SHORTEST_PASSPHRASE:
            raise forms.ValidationError(
                _(
                    "That is {length} characters; {least} or more keep it safe. "
                    "A few unrelated words are easy to remember."
                ).format(length=length, least=SHORTEST_PASSPHRASE)
            )
        level = strength(passphrase)
        if level in ASKED_ABOUT and not self.data.get("anyway"):
            words = words_of("strength")
            raise forms.ValidationError(f"{words[level]} {words['again']}", code="easy")
        return passphrase

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("passphrase"), cleaned.get("again")
        if first is not None and second is not None and first != second:
            self.add_error("again", _("The two are not the same. Type the passphrase once more."))
        return cleaned


class KeptCodeForm(forms.Form):
    """A recovery code that was shown, and whether it is kept."""

    code = forms.CharField(widget=forms.HiddenInput)
    kept = forms.BooleanField(
        error_messages={"required": _("Put the code somewhere safe first, then tick this.")}
    )

    def clean_code(self) -> str:
        """The code travels through the page; its check group shows whether it came whole."""
        code: str = self.cleaned_data["code"]
        try:
            parse_recovery_code(code)
        except MistypedCode as error:
            raise forms.ValidationError(sentence_of(error)) from None
        return code


class FirstPassphraseForm(KeptCodeForm, NewPassphraseForm):
    """First run: the passphrase, and the recovery code that was shown beside it."""


class FriendForm(forms.Form):
    """The name of somebody they would never speak harshly to."""

    friend = forms.CharField(
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    zone = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean_friend(self) -> str:
        """One line, white space folded."""
        return " ".join(str(self.cleaned_data["friend"]).split())

    def clean_zone(self) -> str:
        """An IANA name, or empty for this computer's own zone."""
        return known_zone(str(self.cleaned_data["zone"]))


class UnlockForm(forms.Form):
    """The passphrase."""

    passphrase = PassphraseField(
        autocomplete="current-password", error_messages={"required": _("Type your passphrase.")}
    )


class RecoveryForm(forms.Form):
    """The recovery code."""

    code = forms.CharField(
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code that you kept.")},
    )


class ChoicesForm(FriendForm):
    """A person's settings."""

    lock_after = forms.TypedChoiceField(
        coerce=int, choices=[(minutes, str(minutes)) for minutes in LOCK_CHOICES]
    )
    look = forms.ChoiceField(
        choices=[("auto", _("As this device")), ("light", _("Light")), ("dark", _("Dark"))]
    )


def known_zone(name: str) -> str:
    """``name`` if it is a time zone this computer knows, else empty."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
    return name
