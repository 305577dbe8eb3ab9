"""The shipped instruments are the ones agreed on, keyed as published, and honest about the rest."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from secondvoice import measures
from secondvoice.measures.checks import sound_loinc

if TYPE_CHECKING:
    from secondvoice.measures import Instrument

SHIPPED = {
    "scs": 26, "scs-sf": 12, "sscs-l": 18, "sscs-s": 6, "phq-4": 4, "phq-8": 8, "phq-9": 9,
    "gad-7": 7, "ipip-self-esteem": 10, "ceas-self": 13, "who-5": 5,
}  # fmt: skip
CARDS = {
    "scs-y", "bsci", "fcs", "fscrs", "rses", "csw", "rrs-brooding", "ptq", "pfai-s",
    "pisa-gfofail", "pss-4", "pss-10", "brs", "swemwbs", "ucla-3",
}  # fmt: skip

# As published, written here a second time by hand: SK, SJ, CH, I, M, OI.
KEYS = {
    "scs": "5,12,19,23,26 1,8,11,16,21 3,7,10,15 4,13,18,25 9,14,17,22 2,6,20,24",
    "scs-sf": "2,6 11,12 5,10 4,8 3,7 1,9",
    "sscs-l": "1,7,13 4,10,16 3,9,15 6,12,18 5,11,17 2,8,14",
    "sscs-s": "1 5 3 4 6 2",
}
POLES = (
    "self_kindness", "self_judgment", "common_humanity", "isolation", "mindfulness",
    "over_identification",
)  # fmt: skip
REVERSED = {
    "scs": {1, 2, 4, 6, 8, 11, 13, 16, 18, 20, 21, 24, 25},
    "scs-sf": {1, 4, 8, 9, 11, 12},
    "sscs-l": {2, 4, 6, 8, 10, 12, 14, 16, 18},
    "sscs-s": {2, 4, 5},
    "ipip-self-esteem": {6, 7, 8, 9, 10},
}


# The first 16 digits of the SHA-256 of the questions, a line each, as they were compared with the
# sources. To change a word is to say again, here, that it was compared.
WORDINGS = {
    "ceas-self": "282203377e0f18c1",
    "gad-7": "877a5a9154b20504",
    "ipip-self-esteem": "bbfc2a5d10bacb64",
    "phq-4": "aebc3f1b88c174d8",
    "phq-8": "d57e246a192309de",
    "phq-9": "cfa71066e162f42d",
    "scs": "4fc9819820013b88",
    "scs-sf": "5f747d199f473f80",
    "sscs-l": "8c8ea411ff5b9cc8",
    "sscs-s": "d37903b72fe7bc06",
    "who-5": "db1ca7621c3567dd",
}


def every() -> list[Instrument]:
    return list(measures.instruments().values())


def test_what_is_shipped_and_what_is_a_card() -> None:
    assert {i.id: len(i.items) for i in every() if i.kind == "items"} == SHIPPED
    assert {i.id for i in every() if i.kind == "card"} == CARDS


def test_a_measure_that_may_not_be_passed_on_has_no_question_here() -> None:
    for instrument in every():
        if not instrument.licence.verdict.ships:
            assert instrument.items == ()
            assert instrument.find
            assert instrument.elsewhere


@pytest.mark.parametrize("name", SHIPPED)
def test_no_word_of_a_question_has_changed(name: str) -> None:
    words = "\n".join(item.wording for item in measures.instrument(name).items)
    assert hashlib.sha256(words.encode()).hexdigest()[:16] == WORDINGS[name]


@pytest.mark.parametrize("name", KEYS)
def test_every_question_belongs_to_the_pole_that_is_published(name: str) -> None:
    instrument = measures.instrument(name)
    for pole, numbers in zip(POLES, KEYS[name].split(), strict=True):
        found = [item.number for item in instrument.items if item.pole == pole]
        assert found == [int(number) for number in numbers.split(",")]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_reversals_are_those_published(name: str) -> None:
    instrument = measures.instrument(name)
    found = {item.number for item in instrument.items if item.reversed}
    assert found == REVERSED.get(name, set())


def test_the_short_forms_ask_what_the_long_ones_ask() -> None:
    for short, long, count in (("sscs-s", "sscs-l", 6), ("phq-8", "phq-9", 8)):
        asked = {item.wording for item in measures.instrument(long).items}
        assert len({item.wording for item in measures.instrument(short).items} & asked) == count
    long_form = {item.wording: item.pole for item in measures.instrument("scs").items}
    for item in measures.instrument("scs-sf").items:
        assert long_form[item.wording] == item.pole


def test_item_ids_are_the_instruments_name_and_the_number_on_the_sheet() -> None:
    assert [item.id for item in measures.instrument("scs").items] == [
        f"scs_{number}" for number in range(1, 27)
    ]
    assert measures.instrument("scs-sf").items[0].id == "scs_sf_1"


def test_what_nobody_has_seen_in_the_original_is_marked() -> None:
    from secondvoice.measures.page import unverified

    marked = {name: unverified(measures.instrument(name)) for name in SHIPPED}
    assert any(line.startswith("licence: ") for line in marked["scs"])
    assert any(line.startswith("licence: ") for line in marked["sscs-s"])
    assert not any(line.startswith("licence: ") for line in marked["scs-sf"])
    assert any(line.startswith("instruction: ") for line in marked["sscs-l"])
    fillers = [line for line in marked["ceas-self"] if line.startswith("items[")]
    assert len(fillers) == 3
    assert all("from memory" in line for line in fillers)
    assert "missing: unverified: from memory" in marked["phq-9"]


def test_no_figure_is_called_read_that_names_no_copy_it_was_read_in() -> None:
    nowhere = {
        (i.id, type(figure).__name__, figure.score)
        for i in every()
        for figure in (*i.reliability, *i.norms, *i.bands, *i.important)
        if figure.mark is measures.Mark.READ
        and any(hint in figure.source for hint in ("reference notes", "no source", "no copy"))
    }
    assert nowhere == set()
    # Which of the six are turned was read for the long form alone.
    sscs = measures.instrument("sscs-s")
    assert sscs.key is not None
    assert sscs.key.mark is measures.Mark.COMPARE


def test_the_questions_for_a_professional_are_off_until_asked_for() -> None:
    off = {i.id for i in every() if i.on_request}
    assert off == {"phq-4", "phq-8", "phq-9", "gad-7"}
    assert {i.id for i in measures.offered(every(), asked_for=False)} == SHIPPED.keys() - off
    assert {i.id for i in measures.offered(every(), asked_for=True)} == SHIPPED.keys()


def test_the_state_scales_offer_that_nothing_is_difficult() -> None:
    assert {i.id for i in every() if i.calm} == {"sscs-l", "sscs-s"}
    assert measures.instrument("sscs-s").calm == "Nothing difficult right now"


def test_a_card_takes_a_score_from_elsewhere_within_its_range() -> None:
    fcs = measures.instrument("fcs")
    assert [(e.id, e.least, e.most) for e in fcs.elsewhere] == [
        ("self", 0, 60), ("others", 0, 40), ("from_others", 0, 52),
    ]  # fmt: skip


def test_the_notice_stands_beside_every_shipped_measure() -> None:
    for name in SHIPPED:
        assert measures.instrument(name).notice
    spitzer = "No permission required to reproduce, translate, display or\ndistribute."
    for name in ("phq-4", "phq-8", "phq-9", "gad-7"):
        assert spitzer in measures.instrument(name).notice
    assert "CC BY-NC-SA 3.0 IGO" in measures.instrument("who-5").notice


def test_loinc_codes_have_their_check_digit() -> None:
    assert sound_loinc("44249-1")
    assert not sound_loinc("44249-2")
    assert not sound_loinc("LL358-3")
    codes = {
        (i.id, code.of): code.code for i in every() for code in i.codes if code.system == "LOINC"
    }
    assert codes["phq-4", "total"] == "70272-0"
    assert "71969-0" not in codes.values()
    assert "70273-8" not in codes.values()
    assert ("who-5", "panel") not in codes


def test_a_name_that_is_not_here_is_told_with_those_that_are() -> None:
    with pytest.raises(measures.UnknownInstrument, match=r"no measure called pss.*There are: brs"):
        measures.instrument("pss")
