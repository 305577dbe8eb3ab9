"""How easily a passphrase would be guessed, by zxcvbn; in words, and with no rules of composition.

zxcvbn (Wheeler, *zxcvbn: low-budget password strength estimation*, USENIX Security 2016) estimates
how many guesses somebody needs who tries common words, names, dates, keyboard walks and repeats
first. It is an extra (``secondvoice[strength]``); without it nothing is said.

The bounds between the words are our own. A guess costs 256 MiB three times over, so a strong
graphics card makes some hundreds in a second (1.5 GB of memory moved for each, at about 1 TB a
second): 10^5 guesses take it minutes, 10^8 two days, 10^11 five years. That is an estimate, from no
measurement.
"""

from __future__ import annotations

import unicodedata
from importlib import import_module
from typing import Final, Literal

Level = Literal["common", "easy", "fair", "hard"]

LONGEST_LOOKED_AT: Final = 72
"""Characters. More can only be harder to guess, and would take longer to look at."""

_BOUNDS: Final[tuple[tuple[float, Level], ...]] = ((1e5, "common"), (1e8, "easy"), (1e11, "fair"))
# What somebody who knows which program it is would try first.
_NEAR: Final = ("second", "voice", "secondvoice", "diary", "compassion", "selfcompassion")

ASKED_ABOUT: Final[frozenset[Level]] = frozenset({"common", "easy"})
"""About these it is asked once whether they are meant."""


def strength(passphrase: str) -> Level | None:
    """How easily somebody with a copy of the records would find ``passphrase``.

    Args:
        passphrase: as it was typed; it is looked at as it is wrapped, normalised and stripped.

    Returns:
        ``common`` (among the first to be tried), ``easy`` (days for one strong machine), ``fair``
        (years for one, less for many), ``hard``; None where the extra is not installed or nothing
        was typed.
    """
    text = unicodedata.normalize("NFKC", passphrase).strip()[:LONGEST_LOOKED_AT]
    if not text:
        return None
    try:
        # Its lists of words take a sixth of a second and 20 MB to load: only when they are asked.
        look = import_module("zxcvbn").zxcvbn
    except ImportError:
        return None
    guesses = float(look(text, user_inputs=list(_NEAR), max_length=LONGEST_LOOKED_AT)["guesses"])
    return next((level for bound, level in _BOUNDS if guesses < bound), "hard")
