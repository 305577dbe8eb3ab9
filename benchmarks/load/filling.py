"""A database with many people in it: ``python -m benchmarks.load.filling PEOPLE RECORDS ACTIVE``.

It fills the database of ``DATABASE_URL`` by ``COPY`` and prints, as JSON, the visitors whose diary
is open. Every ``RECORDS`` rows belong to one person, and lie as they would after years: everybody's
first, then everybody's second, and so on, so that a page of somebody's list is spread over the
table. ``ACTIVE`` people, evenly among all, have words in their rows, sealed by the program's own
code; the rows of the others are random bytes of the same lengths.
"""

from __future__ import annotations

import base64
import json
import os
import random
import secrets
import struct
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Copy

SEED = 20_263
WORDS = 400
"""So many different moments are among those that have words."""
POOL = 1 << 24
_COPY_BEGINS = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_COPY_ENDS = b"\xff\xff"
_YEAR_2000 = datetime(2000, 1, 1, tzinfo=UTC)
_DAYS = 3_650
_CHUNK = 1 << 20


def fill(people: int, records: int, active: int) -> list[dict[str, str]]:
    """Fill the tables; the visitors."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    chance = random.Random(SEED)
    persons = [UUID(int=chance.getrandbits(128), version=4) for _ in range(people)]
    chosen = persons[:: max(1, people // active)][:active]
    keys = {person: chance.randbytes(32) for person in chosen}
    with connection.cursor() as cursor, connection_of(cursor) as raw:
        with without_indexes(raw, "records_record", "records_head"):
            _say(f"{people:,} people, {records:,} records each")
            raw.execute("TRUNCATE records_person, records_record, records_head CASCADE")
            with raw.copy(
                "COPY records_person (id, created_at) FROM STDIN (FORMAT binary, FREEZE)"
            ) as copy:
                write(copy, (row(p.bytes, at(_DAYS)) for p in persons))
            with raw.copy(
                "COPY records_record (person_id, id, thing, kind, version, happened_at, deleted, "
                "sealed) FROM STDIN (FORMAT binary, FREEZE)"
            ) as copy:
                write(copy, record_rows(persons, records, keys))
            _say("Where each thing stands")
            with raw.copy(
                "COPY records_head (person_id, thing, kind, happened_at, record_id, deleted_at) "
                "FROM STDIN (FORMAT binary, FREEZE)"
            ) as copy:
                write(copy, head_rows(persons, records))
            _say("Indexes")
        raw.execute("COMMIT")
        raw.execute("VACUUM ANALYZE records_person")
        raw.execute("ANALYZE records_record")
        raw.execute("ANALYZE records_head")
    visitors = [open_session(person, keys[person]) for person in chosen]
    look(chosen[0], keys[chosen[0]], records)
    return visitors


def look(person: UUID, data_key: bytes, records: int) -> None:
    """Make sure that what was filled in is what the program would have kept.

    Raises:
        RuntimeError: it does not open.
    """
    from secondvoice.records.models import examine

    report = examine(person, data_key)
    if report.unopened or not report.heads_ok or sum(report.counts.values()) != records:
        raise RuntimeError("What was filled in does not open.")


@contextmanager
def connection_of(cursor: Any) -> Iterator[Any]:
    """Psycopg's own cursor, in one transaction with much memory for sorting."""
    raw = cursor.cursor
    raw.execute("BEGIN")
    for name, value in (("maintenance_work_mem", "1GB"), ("synchronous_commit", "off")):
        raw.execute(f"SET {name} = '{value}'")
    yield raw


@contextmanager
def without_indexes(raw: Any, *tables: str) -> Iterator[None]:
    """Take indexes and constraints off ``tables``, and put them back when they are full."""
    raw.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('p', 'u', 'f') ORDER BY contype DESC",
        (list(tables),),
    )
    constraints = raw.fetchall()
    named = [name for _, name, _ in constraints]
    raw.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) "
        "AND indexname <> ALL(%s)",
        (list(tables), named),
    )
    indexes = raw.fetchall()
    for table, name, _ in constraints:
        raw.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
    for name, _ in indexes:
        raw.execute(f'DROP INDEX "{name}"')
    yield
    for table, name, definition in constraints:
        raw.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for _, definition in indexes:
        raw.execute(definition)


def write(copy: Copy, rows: Iterator[bytes]) -> None:
    """Send rows in PostgreSQL's binary form, a megabyte at a time."""
    held, size = [_COPY_BEGINS], 0
    for each in rows:
        held.append(each)
        size += len(each)
        if size > _CHUNK:
            copy.write(b"".join(held))
            held, size = [], 0
    copy.write(b"".join([*held, _COPY_ENDS]))


def row(*fields: bytes | None) -> bytes:
    """One row."""
    parts = [struct.pack(">h", len(fields))]
    for each in fields:
        parts += [b"\xff\xff\xff\xff"] if each is None else [struct.pack(">i", len(each)), each]
    return b"".join(parts)


def at(days_ago: float, now: datetime | None = None) -> bytes:
    """A time as the binary form has it: microseconds since 2000."""
    moment = (now or datetime.now(UTC)) - timedelta(days=days_ago)
    return struct.pack(">q", (moment - _YEAR_2000) // timedelta(microseconds=1))


def ids(persons: list[UUID], records: int) -> Iterator[tuple[int, int, bytes, datetime]]:
    """Round by round, each person's next id (a UUIDv7 of its time) and when it happened.

    The same each time that it is asked with the same people.
    """
    chance = random.Random(SEED + 1)
    now = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for number in range(records):
        when = now - timedelta(days=1 + _DAYS * (records - number) / records)
        stamp = (int(when.timestamp() * 1000)).to_bytes(6, "big")
        filling = chance.randbytes(10 * len(persons))
        for place in range(len(persons)):
            rest = filling[10 * place : 10 * place + 10]
            id_ = b"".join(
                (stamp, bytes((0x70 | rest[0] & 0x0F, rest[1], 0x80 | rest[2] & 0x3F)), rest[3:])
            )
            yield number, place, id_, when


def record_rows(persons: list[UUID], records: int, keys: dict[UUID, bytes]) -> Iterator[bytes]:
    """The log: each thing in one revision. The first of the active ones are their settings."""
    from secondvoice.records import kinds
    from secondvoice.vault import Header, seal

    said = [kinds.encode(moment) for moment in moments()]
    chosen = kinds.encode(settings())
    chance = random.Random(SEED + 2)
    pool, lengths = os.urandom(POOL), [sealed_length(len(data)) for data in said]
    kind, version, kept = field(b"moment"), field(b"\0\x01"), field(b"\0")
    prefixes = [struct.pack(">hi", 8, 16) + person.bytes + b"\0\0\0\x10" for person in persons]
    own = {place: keys[person] for place, person in enumerate(persons) if person in keys}
    before, begun = -1, time.monotonic()
    for number, place, id_, when in ids(persons, records):
        if number != before:
            before, happened = number, field(at(0, when))
            _progress(number, records, begun)
        key = own.get(place)
        if key is None:
            size = chance.choice(lengths)
            start = int(chance.random() * (POOL - size))
            sealed, what = pool[start : start + size], kind
        else:
            name = "settings" if number == 0 else "moment"
            header = Header(
                person=persons[place], id=UUID(bytes=id_), kind=name, version=1,
                thing=UUID(bytes=id_), happened_at_us=_since_1970(when),
            )  # fmt: skip
            data = chosen if number == 0 else said[chance.randrange(len(said))]
            sealed, what = seal(key, data, header), field(name.encode())
        yield b"".join(
            (prefixes[place], id_, b"\0\0\0\x10", id_, what, version, happened, kept,
             struct.pack(">i", len(sealed)), sealed)
        )  # fmt: skip


def head_rows(persons: list[UUID], records: int) -> Iterator[bytes]:
    """Where each thing stands."""
    prefixes = [struct.pack(">hi", 6, 16) + person.bytes + b"\0\0\0\x10" for person in persons]
    before = -1
    for number, place, id_, when in ids(persons, records):
        if number != before:
            before, happened = number, field(at(0, when))
            kind = field(b"settings" if number == 0 else b"moment")
        yield b"".join(
            (prefixes[place], id_, kind, happened, b"\0\0\0\x10", id_, b"\xff\xff\xff\xff")
        )


def field(data: bytes) -> bytes:
    """One field of a row."""
    return struct.pack(">i", len(data)) + data


def sealed_length(content: int) -> int:
    """How long contents of that length are when sealed (docs/storage.md)."""
    return 61 + (content // 64 + 1) * 64 + 16


def moments() -> list[Any]:
    """Moments with words of the made-up year."""
    from benchmarks.diary import moments as of_the_year

    return [moment for moment, _ in of_the_year(WORDS)]


def settings() -> Any:
    """Choices of somebody who does not lock the diary while the load runs."""
    from secondvoice.people.record import Settings

    return Settings(friend="Nadia", lock_after=240, zone="Europe/Lisbon")


def open_session(person: UUID, data_key: bytes) -> dict[str, str]:
    """Unlock the diary of ``person`` in a browser; its cookies, and what its forms carry."""
    from django.conf import settings as conf
    from django.middleware.csrf import CSRF_SECRET_LENGTH

    from secondvoice.people.middleware import KEY_COOKIE
    from secondvoice.people.models import note_opening
    from secondvoice.people.sessions import SessionStore
    from secondvoice.vault import split

    chosen = settings()
    session = SessionStore()
    session.create()
    note_opening(person, str(session.session_key))
    cookie, sealed = split(data_key, bound_to=f"{person}|{session.session_key}".encode())
    now = int(time.time())
    for name, value in {
        "browser": "Firefox on Linux",
        "person": str(person),
        "sealed": base64.b64encode(sealed).decode(),
        "began": now,
        "seen": now,
        "lock_after": chosen.lock_after,
        "zone": chosen.zone,
    }.items():
        session[name] = value
    session.save()
    token = secrets.token_hex(CSRF_SECRET_LENGTH // 2)
    cookies = {
        conf.SESSION_COOKIE_NAME: str(session.session_key),
        KEY_COOKIE: base64.urlsafe_b64encode(cookie).decode(),
        conf.CSRF_COOKIE_NAME: token,
    }
    return {"cookie": "; ".join(f"{k}={v}" for k, v in cookies.items()), "token": token}


def _since_1970(when: datetime) -> int:
    from secondvoice.records.ids import microseconds

    return microseconds(when)


def _progress(number: int, records: int, begun: float) -> None:
    if number and number % max(1, records // 10) == 0:
        _say(f"  {number} of {records} rounds after {time.monotonic() - begun:.0f} s")


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(fill(*map(int, sys.argv[1:4]))))
