"""The library: what is in it holds together, and a mistake in a file is told in a sentence."""

from __future__ import annotations

import copy
import subprocess
import sys
from typing import Any

import pytest
from django.utils import translation

from secondvoice.practices.catalogue import (
    LibraryError,
    UnknownPractice,
    library_tables,
    practice,
    practices,
    read_library,
    sources,
)

PARTS = {"self_kindness", "common_humanity", "mindfulness"}


def one(**changed: Any) -> dict[str, Any]:
    """A sound practice, with some of it changed."""
    step = {"say": "Feel the floor.", "seconds": 20}
    sound = {
        "id": "one",
        "title": "One",
        "line": "For a test.",
        "kind": "informal",
        "components": ["mindfulness"],
        "intensity": 1,
        "opens": False,
        "not_now": "",
        "instead": [],
        "posture": "any",
        "eyes": "open",
        "needs": "",
        "basis": "Ours.",
        "sources": [],
        "known": "own",
        "forms": [{"form": "twenty", "steps": [step]}],
    }
    return {**copy.deepcopy(sound), **changed}


def told(**changed: Any) -> list[str]:
    """What is said of a library with that practice in it."""
    with pytest.raises(LibraryError) as caught:
        read_library({"one": one(**changed)}, {})
    return caught.value.problems


def test_every_practice_is_there_without_a_web_framework() -> None:
    code = (
        "import sys; from secondvoice.practices.catalogue import practices;"
        "print(len(practices()), 'django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["36", "False"]


def test_shame_and_unmet_needs_are_not_in_it() -> None:
    assert not {"shame", "needs"} & set(practices())


def test_a_practice_has_what_its_file_says() -> None:
    soles = practice("soles")
    assert (soles.title, soles.intensity, soles.opens) == ("Soles of the feet", 1, False)
    assert [form.form for form in soles.forms] == ["twenty", "short", "full"]
    assert soles.shortest.length == "20 seconds"
    assert soles.form("short").steps[0].seconds > 0


def test_the_friend_is_named_only_to_whoever_named_one() -> None:
    (step,) = [step for step in practice("best").form("short").steps if "{friend}" in step.say]
    assert "encourage Ottilie" in step.said("Ottilie")
    assert "encourage a friend" in step.said()


def test_every_practice_that_opens_offers_an_easier_one_that_is_there() -> None:
    for each in practices().values():
        easier = [practice(other) for other in each.instead]
        assert all(other.intensity <= each.intensity for other in easier)
        if each.intensity > 2:
            assert min(other.intensity for other in easier) < each.intensity, each.id


def test_every_part_of_self_compassion_has_something_mild() -> None:
    mild = {
        part for each in practices().values() if each.intensity <= 2 for part in each.components
    }
    assert mild == PARTS


def test_every_form_ends_on_purpose_and_none_asks_to_write_last() -> None:
    for each in practices().values():
        for form in each.forms:
            assert not form.steps[-1].skip_to, each.id
            assert not form.steps[-1].write, each.id


def test_nobody_is_asked_to_close_their_eyes_or_to_hold_the_breath() -> None:
    for each in practices().values():
        said = " ".join(step.say for form in each.forms for step in form.steps).casefold()
        assert "hold your breath" not in said
        assert "close your eyes" not in said or "open" in said, each.id


def test_what_a_practice_is_after_has_a_title() -> None:
    for each in practices().values():
        assert all(sources()[name].title for name in each.sources)
    assert sources()["susman-2024"].mem
    assert not sources()["neff-backdraft"].mem


def test_what_is_not_there_is_told_with_what_is() -> None:
    with pytest.raises(UnknownPractice, match=r"There is no practice called shame.*soles"):
        practice("shame")
    with pytest.raises(UnknownPractice, match="twenty, short, full"):
        practice("soles").form("long")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"id": "two"}, "id is 'two'; it has to be the name of the file, 'one'."),
        ({"eyes": "closed"}, "eyes is 'closed'; it has to be one of open, either."),
        ({"intensity": "1"}, "intensity has to be a whole number."),
        ({"colour": "blue"}, "colour is not a field of a practice; is it misspelt?"),
        ({"line": "x" * 91}, "line has to be one sentence of at most 90 characters."),
        ({"components": ["isolation"]}, "components has 'isolation'"),
        ({"sources": ["nobody"]}, "sources has 'nobody', which is not in sources.toml."),
        ({"instead": ["one"]}, "instead has 'one', which is no other practice of the library."),
        ({"intensity": 2}, "instead has to name at least one easier practice."),
        ({"known": "source"}, "sources has to name what this is after"),
        ({"intensity": 3}, "opens has to be true for a practice of this intensity."),
        ({"intensity": 4}, "not_now has to say when a practice of this intensity"),
        ({"forms": []}, "forms have to be some of twenty, short, full"),
        ({"forms": [{"form": "twenty"}]}, "forms.twenty: a form has a name and steps"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_practice_is_told_with_its_place(
    changed: dict[str, Any], sentence: str
) -> None:
    assert any(f"library/one.toml: {sentence}" in problem for problem in told(**changed))


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ({"say": ""}, "step 1 has to say something"),
        ({"seconds": 90}, "forms.twenty has to take 18 to 30 seconds."),
        ({"seconds": True}, "seconds has to be a whole number."),
        ({"say": "Tell {friend}."}, "say names the friend, so say_unnamed is needed."),
        ({"write": "To {friend}"}, "write names the friend, so write_unnamed is needed."),
        ({"skip_to": "end", "skip_label": "On"}, "skip_to is 'end', and no later step has that id"),
        ({"skip_label": "On"}, "skip_to and skip_label go together."),
        ({"bel": True}, "bel is not a field"),
    ],
)
def test_a_mistake_in_a_step_is_told_with_its_place(step: dict[str, Any], sentence: str) -> None:
    whole = {"say": "Feel the floor.", "seconds": 20, **step}
    problems = told(forms=[{"form": "twenty", "steps": [whole]}])
    assert any("library/one.toml: forms.twenty" in p and sentence in p for p in problems), problems


def test_all_mistakes_are_told_at_once() -> None:
    assert len(told(eyes="closed", posture="flying", line="")) == 3


@pytest.mark.parametrize("language", ["de", "es"])
def test_the_library_is_sound_in_every_language(language: str) -> None:
    with translation.override(language):
        assert read_library(library_tables(), sources()).keys() == practices().keys()
