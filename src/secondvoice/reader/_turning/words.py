"""What each word of the first person becomes, and the small words that several rules ask for."""

from __future__ import annotations

from typing import Final

from secondvoice.reader._turning.lists import listed

TURNED: Final = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "meself": "yourself",
    "i'm": "you're",
    "i'am": "you're",
    "im": "you're",
    "iam": "you are",
    "i've": "you've",
    "ive": "you've",
    "i'd": "you'd",
    "id": "you'd",
    "i'd've": "you'd've",
    "i'dve": "you'd've",
    "i'll": "you'll",
    "ill": "you'll",
    "i'll've": "you'll've",
    "i's": "you's",
    "imma": "you're gonna",
    "i'mma": "you're gonna",
    "i'ma": "you're gonna",
    "am": "are",
    "amn't": "aren't",
    "amnt": "aren't",
    "was": "were",
    "wasn't": "weren't",
    "wasnt": "weren't",
    "was'nt": "weren't",
}
"""What each word becomes, where a rule does not keep it."""

WAS: Final = frozenset({"was", "wasn't", "wasnt", "was'nt"})
I_WORDS: Final = frozenset(word for word in TURNED if word[0] == "i") - {"ill", "id"}
"""I as a subject, alone or with its verb."""

YOU: Final = listed("you")
WH: Final = listed("wh")
JOINING: Final = listed("joining")
SUBORDINATING: Final = listed("subordinating")
OTHERS: Final = listed("others")
EITHER: Final = listed("either")
THIRD: Final = listed("third")
AUXILIARIES: Final = listed("auxiliaries")
FINITE: Final = AUXILIARIES | THIRD | WAS | listed("finite")
TIMES: Final = listed("times")
