"""A slip in an instrument's file is found when it is read, with file, field and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from secondvoice.measures import InstrumentError, read_all, read_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.measures.conftest import Changing

SLIPS = {
    "a reversal is forgotten": (
        "scs-sf", 'wording = "When I fail at something important to me I become consumed by feelings of inadequacy.", pole = "over_identification", reversed = true',
        'wording = "When I fail at something important to me I become consumed by feelings of inadequacy.", pole = "over_identification"',
        "items[scs_sf_1].reversed does not fit the key: the item is turned in the total.",
    ),
    "an item is left out of its subscale": (
        "scs", 'of = ["scs_5", "scs_12", "scs_19", "scs_23", "scs_26"]', 'of = ["scs_5", "scs_12", "scs_19", "scs_23"]',
        "scores leave out the item scs_26.",
    ),
    "an item is keyed twice": (
        "scs", 'of = ["scs_3", "scs_7", "scs_10", "scs_15"]', 'of = ["scs_3", "scs_7", "scs_10", "scs_15", "scs_5"]',
        "scores count more than once the item scs_5.",
    ),
    "an item is in the wrong subscale": (
        "scs", 'of = ["scs_3", "scs_7", "scs_10", "scs_15"]', 'of = ["scs_3", "scs_7", "scs_10", "scs_9"]',
        "scores[common_humanity].of holds items of another pole.",
    ),
    "an item is named that is not there": (
        "scs-sf", 'of = ["scs_sf_2", "scs_sf_3"', 'of = ["scs_sf_22", "scs_sf_3"',
        "scores[compassionate].of names scs_sf_22, which is neither an item nor a score that stands before.",
    ),
    "a reversal lies outside the score": (
        "scs-sf", 'turned = ["scs_sf_1",', 'turned = ["scs_sf_99", "scs_sf_1",',
        "scores[total].turned names scs_sf_99, which is not in the score.",
    ),
    "an unscored question is scored": (
        "ceas-self", 'of = ["ceas_self_engagement_1",', 'of = ["ceas_self_engagement_3", "ceas_self_engagement_1",',
        "scores[engagement].of names ceas_self_engagement_3, which is not scored.",
    ),
    "two questions have one id": (
        "gad-7", 'id = "gad_7_2"', 'id = "gad_7_1"', "items have the same id 2 times: gad_7_1.",
    ),
    "the order of the sheet is lost": (
        "gad-7", "number = 2", "number = 4",
        "items have to be numbered 1, 2, 3 and on, in the order of the sheet.",
    ),
    "an answer has no place": (
        "phq-9", "{ value = 2,", "{ value = 4,", "scale.options have to be whole numbers in a row, each once.",
    ),
    "a field is not known": (
        "gad-7", "[instruction]", "[nothing]", "nothing is not a field that is known here.",
    ),
    "the range does not fit": (
        "who-5", "most = 100", "most = 25", "scores[total].least and most have to be 0 and 100.",
    ),
    "more may lack than there is": (
        "phq-9", "may_miss = 2", "may_miss = 9", "scores[total].may_miss has to be from 0 to 8.",
    ),
    "a number has no source": (
        "who-5", 'source = "Topp 2015"\n', "", "important[1].source is missing.",
    ),
    "a figure inside has no source": (
        "scs", '{ value = 0.92, source = "Spanish', '{ value = 0.92, sauce = "Spanish', "precision[1].r.source is missing.",
    ),
    "a source is empty": (
        "who-5", 'source = "Topp 2015"', 'source = " "', "important[1].source is there but empty; leave it out or fill it.",
    ),
    "a mark is made up": (
        "who-5", 'mark = "memory"', 'mark = "sure"',
        "missing.mark has to be one of: read, compare, memory, computed, ours.",
    ),
    "true is no number": (
        "phq-9", "may_miss = 2", "may_miss = true", "scores[total].may_miss has to be a whole number.",
    ),
    "a text is no number": (
        "who-5", "points = 10", 'points = "10"', "important[1].points has to be a number.",
    ),
    "infinity is no number": (
        "who-5", "points = 10", "points = inf", "important[1].points has to be a finite number.",
    ),
    "a figure is of a score that is not there": (
        "gad-7", '[[important]]\nscore = "total"', '[[important]]\nscore = "sum"', "important names the score sum, which is not there.",
    ),
    "nothing is said about the error of a score": (
        "ipip-self-esteem", '[[precision]]\nscore = "total"\nverdict = false\nwhy = "no retest value was found"\n', "",
        "precision has to say once what is known of total, even if it is nothing.",
    ),
    "a verdict without figures": (
        "phq-8", 'verdict = false\nwhy = "no retest value was found for this form"', "", "precision of total needs r and sd, or mdc95.",
    ),
    "no verdict and no reason": (
        "phq-8", 'why = "no retest value was found for this form"\n', "", "precision of total gives no verdict and has to say why.",
    ),
    "only one of two figures": (
        "rses", 'sd = { value = 5.8, source = "no source named", mark = "memory" }\n', "",
        "precision of total needs r and sd, or mdc95.",
    ),
    "a perfect retest": (
        "rses", "r = { value = 0.85,", "r = { value = 1,", "precision of total has an r that is not between 0 and 1.",
    ),
    "a spread of nothing": (
        "rses", "sd = { value = 5.8,", "sd = { value = 0,", "precision of total has a figure that is not above 0.",
    ),
    "a norm without spread": (
        "rses", "mean = 22.6\nsd = 5.8", "mean = 22.6\nsd = 0", "norms of total has a spread or a number of people that is not above 0.",
    ),
    "a reliability above 1": (
        "gad-7", "value = 0.92", "value = 9.2", "reliability of total has to lie from 0 to 1, within its interval.",
    ),
    "a value outside its interval": (
        "who-5", "low = 0.78", "low = 0.82", "reliability of total has to lie from 0 to 1, within its interval.",
    ),
    "a wrong code": (
        "gad-7", 'loinc = "69725-0"', 'loinc = "69725-1"', "items[gad_7_1].loinc has a wrong check digit.",
    ),
    "the key does not give what the vectors say": (
        "sscs-s", "expect = { total = 2.0 }", "expect = { total = 2.1 }", "vectors[1].expect.total is not what the key gives.",
    ),
    "a vector is too short": (
        "sscs-s", "answers = [2,4,3,5,4,2]", "answers = [2,4,3,5,4]", "vectors[1].answers have to be 6, one for each item.",
    ),
    "questions under a licence that forbids them": (
        "gad-7", 'verdict = "ship"', 'verdict = "link-only"', "licence.verdict does not allow the questions to be shipped; make it a card.",
    ),
    "care for a question that is not there": (
        "phq-9", '[[care]]\nitem = "phq_9_9"', '[[care]]\nitem = "phq_9_10"', "care names the item phq_9_10, which is not there.",
    ),
    "care that begins at no trouble at all": (
        "phq-9", "at = 1", "at = 0", "care begins at 0, which is not above the lowest answer.",
    ),
    "another version of the file": (
        "gad-7", "version = 1", "version = 2", "version is 2, and this program reads version 1.",
    ),
    "a card without a place to find it": (
        "brs", "find = ", 'short_find = ', "short_find is not a field that is known here.",
    ),
    "a date that is none": (
        "brs", "on = 2026-11-24", 'on = "soon"', "checked.on has to be a date.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_file_and_field(slip: str, changed: Changing) -> None:
    name, old, new, sentence = SLIPS[slip]
    with pytest.raises(InstrumentError) as caught:
        read_folder(changed(name, (old, new)))
    assert f"{name}/instrument.toml: {sentence}" in caught.value.problems


def test_a_card_with_questions_is_refused(changed: Changing) -> None:
    with pytest.raises(InstrumentError) as caught:
        read_folder(changed("gad-7", ('kind = "items"', 'kind = "card"')))
    assert "gad-7/instrument.toml: items does not belong on a card." in caught.value.problems
    assert any("find is missing" in problem for problem in caught.value.problems)


def test_without_its_notice_nothing_is_shipped(copies: Path) -> None:
    (copies / "scs" / "NOTICE").unlink()
    with pytest.raises(InstrumentError, match=r"the file NOTICE is missing"):
        read_folder(copies / "scs")


def test_a_folder_of_another_name_is_refused(copies: Path) -> None:
    moved = (copies / "scs").rename(copies / "self-compassion")
    with pytest.raises(InstrumentError, match=r"self-compassion/instrument.toml: id has to be"):
        read_folder(moved)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"version = ", "this is not TOML"),
        (b"\xff\xfe", "this file is not UTF-8 text"),
        (None, "this file is missing or cannot be read"),
        (b"", "version is missing"),
        (b"scale = []", "scale has to be a table"),
        (b"items = 3", "items has to be a list"),
        (b"[scale]\noptions = []\nsource = 'x'\nmark = 'read'", "licence is missing"),
    ],
)
def test_a_file_that_is_none_is_told(copies: Path, raw: bytes | None, sentence: str) -> None:
    path = copies / "scs" / "instrument.toml"
    path.unlink()
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(InstrumentError, match=sentence):
        read_folder(copies / "scs")


def test_a_scale_without_answers_is_told(copies: Path) -> None:
    path = copies / "sscs-s" / "instrument.toml"
    text = path.read_text("utf-8")
    start, end = text.index("options = ["), text.index("]\n", text.index("options = [")) + 2
    path.write_text(text[:start] + "options = []\n" + text[end:], "utf-8")
    with pytest.raises(InstrumentError, match=r"scale\.options are missing"):
        read_folder(copies / "sscs-s")


def test_the_problems_of_all_folders_are_told_together(copies: Path, changed: Changing) -> None:
    changed("gad-7", ("version = 1", "version = 2"))
    changed("scs", ("version = 1", "version = 3"))
    with pytest.raises(InstrumentError) as caught:
        read_all(copies)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("gone", ["who-5", "scs", "rses"])
def test_an_instrument_that_is_not_there_is_not_missed(copies: Path, gone: str) -> None:
    before = read_all(copies)
    for path in (copies / gone).iterdir():
        path.unlink()
    (copies / gone).rmdir()
    assert read_all(copies).keys() == before.keys() - {gone}
