"""What the reader is measured against: VADER, a plain list of words, TF-IDF with regression."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpus_format import Line

HARSH_WORDS: Final = re.compile(
    r"\b(stupid|idiot|useless|worthless|pathetic|failure|loser|lazy|ugly|disgusting|hopeless|hate "
    r"myself|fault|ashamed|weak|incompetent|inadequate|fraud|burden|alone|never good enough|"
    r"should have|ruin(?:ed)?|terrible|awful|disappointment)\b",
    re.IGNORECASE,
)
KIND_WORDS: Final = re.compile(
    r"\b(kind|gentle|forgive|proud|okay|ok|enough|deserve|best|love|rest|allowed|understandable|"
    r"human|everyone|breathe|calm|help|strong|brave|patient)\b",
    re.IGNORECASE,
)

Scored = tuple[Any, float]


@cache
def _vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _compound(texts: Sequence[str]) -> Any:
    return np.array([_vader().polarity_scores(text)["compound"] for text in texts])


def _listed(words: re.Pattern[str], texts: Sequence[str]) -> Any:
    return np.array([float(len(words.findall(text))) for text in texts])


def _regression(learned: Sequence[Line], wanted: Sequence[bool]) -> Any:
    pipe = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(C=10, max_iter=1000),
    )
    return pipe.fit([line.text for line in learned], list(wanted))


def scores(
    texts: Sequence[str], learned: Sequence[Line]
) -> Iterator[tuple[str, tuple[Scored, Scored]]]:
    """For each baseline, the scores for hard and for kind words with the least that counts.

    Args:
        texts: What is measured.
        learned: What a baseline may be fitted on.
    """
    compound = _compound(texts)
    # -0.05 and 0.05 are the bounds that VADER's authors advise.
    yield "VADER", ((-compound, 0.05), (compound, 0.05))
    yield "a list of words", ((_listed(HARSH_WORDS, texts), 1.0), (_listed(KIND_WORDS, texts), 1.0))
    sure = [line for line in learned if line.sure]
    both = []
    for wanted in ([bool(x.hard_poles) for x in sure], [bool(x.kind_poles) for x in sure]):
        fitted = _regression(sure, wanted)
        both.append((fitted.predict_proba(texts)[:, 1], 0.5))
    yield "TF-IDF and regression", (both[0], both[1])


def harsh(learned: Sequence[Line]) -> list[tuple[str, Callable[[list[str]], Any], float]]:
    """The baselines as functions that score texts for hard words, with the least that counts."""
    sure = [line for line in learned if line.sure]
    fitted = _regression(sure, [bool(line.hard_poles) for line in sure])
    return [
        ("VADER", lambda texts: -_compound(texts), 0.05),
        ("a list of words", lambda texts: _listed(HARSH_WORDS, texts), 1.0),
        ("TF-IDF and regression", lambda texts: fitted.predict_proba(texts)[:, 1], 0.5),
    ]
