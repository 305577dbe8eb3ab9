"""The word lists of ``data/turning.toml``."""

from __future__ import annotations

from secondvoice.reader.datafiles import load


def listed(name: str) -> frozenset[str]:
    """A list of words."""
    return frozenset(load("turning")[name].split())


def phrases(name: str) -> frozenset[tuple[str, ...]]:
    """A list of phrases, each as its words."""
    return frozenset(tuple(phrase.split()) for phrase in load("turning")[name])
