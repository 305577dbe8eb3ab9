"""Learn: every card is short, and says nothing that it can't show where it has from."""

from __future__ import annotations

import html
import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from django.urls import NoReverseMatch, reverse

from secondvoice.learn.cards import LONGEST, cards
from secondvoice.learn.evidence import bibliography, csl, evidence
from secondvoice.records.ids import make_id
from secondvoice.texts import texts

if TYPE_CHECKING:
    from django.test import Client

    from secondvoice.learn.cards import Card
    from tests.cast import Someone

CARDS = cards()
every_card = pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.id)

A_FIGURE = re.compile(
    r"\d|%|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|hundred"
    r"|thousand|twice|half|per ?cent|most people|majority)\b",
    re.IGNORECASE,
)
A_FINDING = re.compile(
    r"\b(?:research\w*|stud(?:y|ies)|trials?|experiments?|surveys?|scientists?|psychologists?"
    r"|evidence|proven|proves?|on average|questionnaires?|(?:teachers|therapists) "
    r"|(?:people|students) with more|people were asked|goes together with)\b",
    re.IGNORECASE,
)


def page(client: Client, address: str) -> str:
    response = client.get(address, headers={"Accept-Encoding": "identity"})
    assert response.status_code == 200
    return html.unescape(response.content.decode())


@every_card
def test_it_can_be_read_in_a_hard_minute(card: Card) -> None:
    assert card.words <= LONGEST
    assert len(card.paragraphs) == 3
    assert card.attempt
    assert card.sure
    assert card.rests_on


@every_card
def test_what_was_found_names_where(card: Card) -> None:
    for said in card.sayings():
        plain = said.say.replace("’", "'")
        if A_FIGURE.search(plain) or A_FINDING.search(plain):
            assert said.rests_on, plain


def test_the_check_itself_meets_a_claim() -> None:
    for claim in ("Research shows that it helps.", "In 3 of 4 it helps.", "Studies agree."):
        assert A_FIGURE.search(claim) or A_FINDING.search(claim)


def test_no_evidence_and_no_source_lies_unused() -> None:
    used = {claim.id for card in CARDS.values() for claim in card.rests_on}
    assert set(evidence()) == used
    read_in = tomllib.loads(files("secondvoice.learn").joinpath("evidence.toml").read_text("utf-8"))
    assert {entry["source"] for entry in read_in["evidence"].values()} == set(bibliography())


@every_card
def test_it_opens_for_anybody_without_unlocking(card: Card, client: Client) -> None:
    seen = page(client, f"/learn/{card.id}/")
    assert f"<h1>{card.title}</h1>" in seen
    assert card.attempt in seen
    for claim in card.rests_on:
        assert claim.claim in seen
        assert claim.source.short in seen


def test_it_opens_while_the_diary_is_locked(locked_alice: Someone) -> None:
    listed = page(locked_alice.client, "/learn/")
    for card in CARDS.values():
        assert f'href="/learn/{card.id}/"' in listed
        assert card.title in listed


def test_what_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/learn/xylophone/").status_code == 404


def test_one_card_leads_to_the_next(client: Client) -> None:
    seen = page(client, "/learn/critic/")
    assert re.search(r'href="/learn/three-parts/" rel="prev"', seen)
    assert re.search(r'href="/learn/three-systems/" rel="next"', seen)
    assert 'rel="prev"' not in page(client, f"/learn/{next(iter(CARDS))}/")


@every_card
def test_what_there_is_to_try_can_be_done_where_it_says(card: Card) -> None:
    assert bool(card.to) == bool(card.link)
    if card.to:
        try:
            reverse(card.to)
        except NoReverseMatch:
            pytest.fail(f"{card.id} leads to {card.to}, which is no page.")


@pytest.mark.parametrize("myth", ["pity", "indulgence", "motivation", "weak"])
def test_a_myth_can_be_tried_on_oneself(myth: str) -> None:
    assert CARDS[f"myth-{myth}"].attempt.startswith("Try it for one ")


def test_a_figure_from_memory_is_not_shown(client: Client) -> None:
    seen = page(client, "/learn/practice/")
    claim = evidence()["neff-germer-2013"]
    assert not claim.verified
    assert claim.effects == ()
    assert "not verified yet" in seen
    assert "1.70" not in seen
    # The gain in hours of study that is quoted from memory.
    assert not re.search(r"\b25 ?(?:%|per cent)", page(client, "/learn/after-failure/"))


def test_what_is_only_clinical_experience_says_so(client: Client) -> None:
    assert "known from clinical experience only" in page(client, "/learn/backdraft/")
    assert "How often it happens, nobody has counted." in page(client, "/learn/backdraft/")


def test_the_claims_that_go_too_far_are_not_made() -> None:
    said = " ".join(each.say for card in CARDS.values() for each in card.sayings())
    said += " ".join(f"{claim.claim} {claim.caveat}" for claim in evidence().values())
    for too_far in (
        "77,000",
        "most powerful",
        "proven",
        "without the negatives",
        "more effective",
        "treats",
        "research has identified",
        "oxytocin",
        "as effective as therapy",
    ):
        assert too_far not in said.lower()
    assert "does not seem to lower motivation" in said.replace("doesn’t", "does not")


def test_what_nobody_looked_up_says_so(client: Client) -> None:
    seen = page(client, "/learn/not-excusing/")
    assert "Not looked up yet: title, journal." in seen
    assert "https://doi.org/10.1177/0146167212445599" in seen


@every_card
def test_a_link_outside_tells_the_other_side_nothing(card: Card, client: Client) -> None:
    for link in re.findall(r'<a href="https://[^>]+>', page(client, f"/learn/{card.id}/")):
        assert "noreferrer" in link


@pytest.mark.parametrize("address", ["/", "/support/"])
def test_a_quiet_link_leads_there(alice: Someone, address: str) -> None:
    assert 'href="/learn/"' in page(alice.client, address)


def test_the_bibliography_has_every_id_once() -> None:
    ids = [item["id"] for item in csl()]
    assert len(ids) == len(set(ids))


def test_every_card_is_linked_from_a_place_where_it_is_needed(alice: Someone) -> None:
    lines = texts("secondvoice.practices", "hindrances.toml")["lines"]
    alice.client.post("/kindness/", {"line": [line["id"] for line in lines]})
    made = make_id()
    alice.client.post(f"/moments/{made}/notice/", {"voice": "You forgot the milk, idiot."})
    places = [
        *("/kindness/?kept=1", "/backdraft/", "/practices/", "/practices/critic/"),
        *("/measures/beside/", f"/moments/{made}/right/"),
    ]
    seen = "".join(page(alice.client, place) for place in places)
    linked = set(re.findall(r'href="/learn/([\w-]+)/"', seen))
    # How it is measured: below a result.
    result = files("secondvoice.measures").joinpath("templates/measures/result.html").read_text()
    assert '{% card "measured" %}' in result
    assert set(CARDS) - linked == {"measured"}


def test_a_doubt_that_is_ticked_leads_to_its_card(alice: Someone) -> None:
    for line, card in (("sloppy", "myth-indulgence"), ("soft", "myth-weak")):
        alice.client.post("/kindness/", {"line": [line]})
        seen = page(alice.client, "/kindness/?kept=1")
        assert re.findall(r'href="/learn/([\w-]+)/"', seen) == [card]


def test_all_of_them_come_in_one_piece_for_the_time_without_a_network(
    alice: Someone, client: Client
) -> None:
    answer = client.get("/learn/pages/")
    assert answer["Cache-Control"] == "no-cache"
    assert answer.content == alice.client.get("/learn/pages/").content
    pages = answer.json()
    assert set(pages) == {"/learn/", *(f"/learn/{id_}/" for id_ in CARDS)}
    for address, found in pages.items():
        assert html.unescape(found) == page(client, address)
