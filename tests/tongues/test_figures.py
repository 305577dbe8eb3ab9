"""Figures with decimals: read as they are written, and written as they are read."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from secondvoice.measures import instruments
from secondvoice.measures.forms import FigureField
from secondvoice.measures.record import Taking
from tests.tongues.test_reminded import choose
from tests.tongues.test_wrapped import PAGES, path_of

if TYPE_CHECKING:
    from tests.cast import Someone
    from tests.site.addresses import Address

CARD = next(one for one in instruments().values() if one.kind == "card" and one.elsewhere)
SCORE = CARD.elsewhere[0]
WORDS = {
    "aria-label",
    "aria-description",
    "aria-valuetext",
    "title",
    "alt",
    "content",
    "placeholder",
}


@pytest.mark.parametrize("written", ["2.5", "2,5", " 2,5 "])
@pytest.mark.parametrize("language", ["en-gb", "de", "es"])
def test_a_point_and_a_comma_are_the_same_in_every_language(
    alice: Someone, language: str, written: str
) -> None:
    choose(alice, language)
    sent = {"on": f"{timezone.localdate()}", SCORE.id: written}
    page = alice.client.post(reverse("enter_score", args=[CARD.id]), sent)
    assert page.status_code == 302
    kept = alice.door.latest("taking")
    assert kept is not None
    assert isinstance(kept.value, Taking)
    assert kept.value.scores == {SCORE.id: 2.5}


@pytest.mark.parametrize("written", ["zwei", "2,5,1", "1.000,5", "1e999", "nan"])
def test_what_is_no_number_is_said_so_in_the_language_of_the_page(
    alice: Someone, written: str
) -> None:
    choose(alice, "de")
    sent = {"on": f"{timezone.localdate()}", SCORE.id: written}
    page = alice.client.post(reverse("enter_score", args=[CARD.id]), sent).content.decode()
    assert "Ein Wert ist eine Zahl, etwa 2,5 oder 17." in page


def test_a_day_may_be_written_as_in_german(alice: Someone) -> None:
    sent = {"on": "2.3.2026", SCORE.id: "2"}
    assert alice.client.post(reverse("enter_score", args=[CARD.id]), sent).status_code == 302


@pytest.mark.parametrize(("language", "shown"), [("en-gb", "0.8"), ("de", "0,8"), ("es", "0,8")])
def test_a_figure_stands_in_its_field_again_as_it_is_written_there(
    alice: Someone, language: str, shown: str
) -> None:
    choose(alice, language)
    address = reverse("measure_figures", args=["scs-sf"])
    assert alice.client.post(address, {"r": "0,8", "sd": ""}).status_code == 302
    assert f'name="r" value="{shown}"' in alice.client.get(address).content.decode()


def test_a_figure_that_is_written_again_is_the_same_one() -> None:
    with translation.override("de"):
        for figure in (2.5, -0.125, 17.0, 1234567.25):
            assert FigureField().to_python(FigureField().prepare_value(figure)) == figure


@pytest.mark.parametrize(
    ("language", "shown"), [("en-gb", "100,001"), ("de", "100.001"), ("es", "100\xa0001")]
)
def test_thousands_are_set_apart_as_they_are_there(
    alice: Someone, language: str, shown: str
) -> None:
    choose(alice, language)
    page = alice.client.post(reverse("reader"), {"text": "a" * 100_001}).content.decode()
    assert shown in page


class Attributes(HTMLParser):
    """Collects what a machine reads of a page: attributes that hold no words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name not in WORDS and re.fullmatch(r"-?\d+,\d+", value or ""):
                self.found.append(f"<{tag} {name}={value}>")


@pytest.mark.parametrize("language", ["de", "es"])
@pytest.mark.parametrize("page", PAGES, ids=lambda each: each.name)
def test_a_page_opens_and_what_a_machine_reads_of_it_keeps_its_point(
    alice: Someone, page: Address, language: str
) -> None:
    choose(alice, language)
    response = alice.client.get(path_of(page))
    assert response.status_code < 500
    if response.headers.get("Content-Type", "").startswith("text/html"):
        read = Attributes()
        read.feed(response.content.decode())
        assert read.found == []
