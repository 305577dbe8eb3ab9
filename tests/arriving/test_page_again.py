"""Pages of an import that are opened again, sent twice, or show what nobody meant to write."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from secondvoice.moments.record import Moment
from secondvoice.people.record import Settings
from secondvoice.records.models import undo_last_import
from tests.arriving.test_page import choose, kinds, take_back, words

if TYPE_CHECKING:
    from tests.cast import Someone

ANOTHER = "has been taken back already, or is no longer the last"
TABLE = "Date,Note,Note,,,Bad,Bad\n2024-07-01,first words,second words,a,b,3,9\n"


def brought(alice: Someone, text: str) -> str:
    """The page after a file was brought in."""
    choose(alice, text)
    return alice.client.post("/settings/import/bring/").content.decode()


def writes_of_a_look(alice: Someone) -> int:
    with CaptureQueriesContext(
        connection,
    ) as said:
        assert alice.client.get("/settings/import/look/").status_code == 200
    return sum(query["sql"].startswith("INSERT INTO records_record") for query in said)


def own(number: int, **more: object) -> str:
    """An export of our own with so many moments."""
    lines: list[object] = [{"format": "secondvoice-export", "version": 1}]
    lines += [
        {
            "thing": f"00000000-0000-7000-8000-{place:012}",
            "id": f"018dfc23-7a40-71b3-9ea5-{place:012}",
            "kind": "moment",
            "version": 1,
            "happened_at": "2024-07-01T09:00:00+00:00",
            "value": {"happened": f"Number {place}."},
        }
        | more
        for place in range(1, number + 1)
    ]
    lines.append({"end": True, "records": number})
    return "\n".join(map(json.dumps, lines)) + "\n"


def test_taking_back_twice_does_not_take_the_import_before_it(alice: Someone) -> None:
    brought(alice, "[2024-07-01 09:00] A\n")
    page = brought(alice, "[2024-07-02 09:00] B\n")
    assert "Taken back: 1." in take_back(alice, page)
    assert ANOTHER in take_back(alice, page)
    assert words(alice) == ["A"]
    page = take_back(alice, alice.client.get("/settings/import/").content.decode())
    assert "Taken back: 1." in page
    assert "Take the last one back" not in page


def test_the_page_of_an_earlier_import_takes_back_no_later_one(alice: Someone) -> None:
    first = brought(alice, "[2024-07-01 09:00] A\n")
    brought(alice, "[2024-07-02 09:00] B\n")
    assert ANOTHER in take_back(alice, first)
    assert words(alice) == ["B", "A"]
    for sent in ({}, {"import": "x"}, {"import": "0" * 32}):
        page = alice.client.post("/settings/import/undo/", sent, follow=True).content.decode()
        assert ANOTHER in page
    assert words(alice) == ["B", "A"]
    # The command means whichever is the last.
    assert undo_last_import(alice.door) == (1, 0)
    assert undo_last_import(alice.door) == (1, 0)
    page = take_back(alice, first)
    assert "There is nothing to take back." in page


def test_looking_again_does_not_try_it_all_again_unless_something_is_another(
    alice: Someone,
) -> None:
    choose(alice, own(5))
    page = alice.client.get("/settings/import/look/").content.decode()
    assert "5 moments" in page
    assert writes_of_a_look(alice) == 0
    assert alice.client.get("/settings/import/look/").content.decode().count("5 moments") == 1
    # Something was written elsewhere, so that the look may be another: it is tried once more.
    kept = alice.door.keep(Moment(happened="Mine."))
    assert writes_of_a_look(alice) > 0
    assert writes_of_a_look(alice) == 0
    alice.door.delete(kept.thing, "moment")
    assert writes_of_a_look(alice) > 0
    alice.client.post("/settings/import/bring/")
    choose(alice, own(5))
    page = alice.client.get("/settings/import/look/").content.decode()
    assert "It is here already." in page
    undo_last_import(alice.door)
    page = alice.client.get("/settings/import/look/").content.decode()
    assert "It is here already." not in page
    assert "5 moments" in page


def test_the_first_entries_are_shown_at_each_look(alice: Someone) -> None:
    choose(alice, "".join(f"[2024-07-0{day} 09:00] Day {day}.\n" for day in range(1, 6)))
    pages = [alice.client.get("/settings/import/look/").content.decode() for _ in range(2)]
    for page in pages:
        assert re.findall(r"Day \d\.", page) == ["Day 1.", "Day 2.", "Day 3."]
        assert "5 moments" in page


def test_our_own_export_may_hold_more_than_another_programs_file(alice: Someone) -> None:
    page = choose(alice, own(2_501), "e.jsonl").content.decode()
    assert "2501 moments" in page


def test_a_table_is_no_longer_once_its_columns_are_told(alice: Someone) -> None:
    choose(alice, "When,Text\n" + "2024-07-01,Hello\n" * 2_501, "t.csv")
    asked = {"column": ["date", "happened"]}
    page = alice.client.post("/settings/import/look/", asked).content.decode()
    assert "There are more than 2,500 entries in it." in page
    assert "Bring it in" not in page
    alice.client.post("/settings/import/bring/")
    assert words(alice) == []


def test_an_export_that_was_cut_off_does_not_wait(alice: Someone) -> None:
    page = choose(alice, own(3).rsplit("{", 1)[0], "e.jsonl").content.decode()
    assert "That file ends too early: it was cut off." in page
    assert "import_waiting" not in kinds(alice)


def test_two_columns_of_one_name_both_come_in(alice: Someone) -> None:
    page = choose(alice, TABLE, "t.csv").content.decode()
    for name in ("Note", "Note (2)", "(4)", "(5)", "Bad", "Bad (2)"):
        assert f">{name}</label>" in page
    asked = {"column": ["date", "happened", "", "", "", "before", "before"]}
    page = alice.client.post("/settings/import/look/", asked).content.decode()
    assert "more than one column for “How hard before, 0 to 10”, which takes one." in page
    asked = {"column": ["date", "happened", "", "", "", "before", ""]}
    alice.client.post("/settings/import/look/", asked)
    alice.client.post("/settings/import/bring/")
    (moment,) = [item.value for item in alice.door.all("moment")]
    assert moment.happened == "first words\n\nNote (2): second words\n(4): a\n(5): b\nBad (2): 9"
    assert moment.before == 3


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_day_at_the_end_of_the_calendar_is_told_and_the_page_is_there(
    alice: Someone, zone: str
) -> None:
    alice.door.keep(Settings(zone=zone))
    entries = [
        {"text": "Then.", "creationDate": when}
        for when in ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2024-07-01T09:00:00Z")
    ]
    page = choose(alice, json.dumps({"metadata": {}, "entries": entries})).content.decode()
    assert "Its date cannot be read." in page
    assert "entry 1, 2" in page
    assert "1 moment" in page
    for when in ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z"):
        page = choose(alice, own(1, happened_at=when)).content.decode()
        assert "The line is no record." in page
