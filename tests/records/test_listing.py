"""Lists come newest first, page by page, nothing twice and nothing left out, at any length."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondvoice.records import Cursor, make_id
from secondvoice.records.models import Door, Record, rebuild_heads
from tests.partitioned.parts import index_and_parts, lie_together
from tests.records.conftest import new_door
from tests.records.notes import Letter, Note

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DEEP = NOON - timedelta(minutes=125)


def pages_down(door: Door, limit: int) -> list[list[Any]]:
    pages, before = [], None
    while True:
        page = door.page("test_note", before=before, limit=limit)
        pages.append(page.items)
        if page.next is None:
            return pages
        before = Cursor.parse(str(page.next))


def pages_up(door: Door, limit: int, after: Cursor) -> list[list[Any]]:
    pages: list[list[Any]] = []
    place: Cursor | None = after
    while place is not None:
        page = door.page("test_note", after=place, limit=limit)
        pages.insert(0, page.items)
        place = page.previous
    return pages


def test_equal_times_and_backdating_page_without_gap_or_double(door: Door) -> None:
    # Several a day at the same minute, saved out of order.
    hours = [5, 0, 3, 3, 3, 0, 9, 3, 5, 3, 0, 1]
    kept = [door.keep(Note(str(h)), happened_at=NOON - timedelta(hours=h)) for h in hours]
    door.keep(Letter("not a note"), happened_at=NOON)
    wanted = sorted(kept, key=lambda one: (one.happened_at, one.thing), reverse=True)
    for limit in (1, 2, 3, 5, 11, 12, 13):
        pages = pages_down(door, limit)
        assert [item for page in pages for item in page] == wanted
        assert all(len(page) == limit for page in pages[:-1])
        assert pages[-1]
    assert list(door.all("test_note")) == wanted


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.integers(0, 4), max_size=12), st.integers(1, 5))
def test_paging_down_and_up_again_shows_the_same(door: Door, days: list[int], limit: int) -> None:
    for item in list(door.all("test_note")):
        door.delete(item.thing, "test_note")
    for day in days:
        door.keep(Note(str(day)), happened_at=NOON - timedelta(days=day))
    down = pages_down(door, limit)
    flat = [item for page in down for item in page]
    assert len(flat) == len(days)
    if flat:
        last = Cursor(flat[-1].happened_at, flat[-1].thing)
        up = [item for page in pages_up(door, limit, last) for item in page]
        assert [*up, flat[-1]] == flat


def test_an_empty_list_has_no_other_pages(door: Door) -> None:
    page = door.page("test_note")
    assert (page.items, page.next, page.previous) == ([], None, None)


def test_the_first_page_has_nothing_newer_and_the_last_nothing_older(door: Door) -> None:
    for hour in range(5):
        door.keep(Note(str(hour)), happened_at=NOON - timedelta(hours=hour))
    first = door.page("test_note", limit=2)
    assert first.previous is None
    second = door.page("test_note", before=first.next, limit=2)
    assert second.previous is not None
    third = door.page("test_note", before=second.next, limit=2)
    assert third.next is None
    back = door.page("test_note", after=third.previous, limit=2)
    assert back.items == second.items
    assert back.next is not None


def test_a_page_holds_its_place_while_new_things_come(door: Door) -> None:
    for hour in range(4):
        door.keep(Note(str(hour)), happened_at=NOON - timedelta(hours=hour))
    first = door.page("test_note", limit=2)
    door.keep(Note("newer"), happened_at=NOON + timedelta(hours=1))
    second = door.page("test_note", before=first.next, limit=2)
    assert [item.value.text for item in second.items] == ["2", "3"]


@pytest.fixture
def many(door: Door) -> Door:
    """A door with 10,000 notes, of which many happened at the same minute."""
    happened = [NOON - timedelta(minutes=number // 40) for number in range(10_000)]
    pattern = door.keep(Note("pattern"), happened_at=NOON - timedelta(days=900))
    sealed = Record.objects.model._base_manager.get(id=pattern.id).sealed
    rows = []
    for when in happened:
        made = make_id()
        rows.append(
            Record(
                person_id=door.person, id=made, thing=made, kind="test_note", version=1,
                happened_at=when, sealed=bytes(sealed),
            )
        )  # fmt: skip
    Record.objects.bulk_create(rows, batch_size=500)
    assert rebuild_heads(door.person) == 10_001
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE records_head")
            cursor.execute("ANALYZE records_record")
    return door


def plan(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            (found,) = cursor.fetchone()
            return json.dumps(found if not isinstance(found, str) else json.loads(found))
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return " | ".join(row[3] for row in cursor.fetchall())


def test_ten_thousand_are_read_by_the_index_and_never_sorted(many: Door) -> None:
    middle = Cursor(DEEP, make_id())
    with CaptureQueriesContext(connection) as queries:
        many.page("test_note")
        many.page("test_note", before=middle)
        many.page("test_note", after=middle)
        many.latest("test_note")
    assert len(queries) >= 4
    names = index_and_parts("head_live")
    for query in [one["sql"] for one in queries]:
        steps = plan(query)
        assert any(name in steps for name in names)
        assert "Sort" not in steps
        assert "TEMP B-TREE" not in steps
        assert "Seq Scan" not in steps
        assert "SCAN" not in steps


@pytest.fixture
def neighbour(many: Door) -> Door:
    """Somebody whose rows lie in the same tree of the index as theirs."""
    doors = iter(new_door, None)
    return next(door for door in doors if lie_together(many.person, door.person, "records_head"))


def test_a_page_of_ten_thousand_costs_what_a_page_of_thirty_costs(
    many: Door, neighbour: Door
) -> None:
    for minute in range(30):
        neighbour.keep(Note("x"), happened_at=NOON - timedelta(minutes=minute))
    assert work(lambda: many.page("test_note")) <= work(lambda: neighbour.page("test_note")) * 1.2
    # Well inside both lists, with a full page on either side.
    few, deep = Cursor(NOON - timedelta(minutes=3), make_id()), Cursor(DEEP, make_id())
    older = work(lambda: neighbour.page("test_note", before=few))
    assert work(lambda: many.page("test_note", before=deep)) <= older * 1.2
    few = Cursor(NOON - timedelta(minutes=27), make_id())
    newer = work(lambda: neighbour.page("test_note", after=few))
    assert work(lambda: many.page("test_note", after=deep)) <= newer * 1.2


def work(read: Any) -> int:
    """What the database does for one read: steps of SQLite's machine, pages for PostgreSQL."""
    read()
    if connection.vendor == "postgresql":
        with CaptureQueriesContext(connection) as queries:
            read()
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {queries[0]['sql']}")
            (found,) = cursor.fetchone()
        top = (found if not isinstance(found, str) else json.loads(found))[0]["Plan"]
        return int(top["Shared Hit Blocks"] + top["Shared Read Blocks"])
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.connection.set_progress_handler(step, 1)
    try:
        read()
    finally:
        connection.connection.set_progress_handler(None, 1)
    return steps
