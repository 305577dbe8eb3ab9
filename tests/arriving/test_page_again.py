"""Pages of an import that are opened again, sent twice, or show what nobody meant to write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from secondvoice.people.record import Settings
from tests.arriving.test_page import choose

if TYPE_CHECKING:
    from tests.cast import Someone

TABLE = "Date,Note,Note,,,Bad,Bad\n2024-07-01,first words,second words,a,b,3,9\n"


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
