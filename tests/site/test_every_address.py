"""Every address there is, asked for by Alice, by Bob and by nobody: what is Alice's stays Alice's.

Bob's diary is open, as on a host where both have one; nobody is at a browser that is let in and
locked, or at one that is not even let in. A new room is looked through without being named here; an
address with a part that is not known yet makes the test fail until it is given a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4, uuid5

import pytest
from django.conf import settings
from django.test import Client
from django_scopes import scope

from secondvoice.people.middleware import OPEN_PATHS
from secondvoice.people.record import Settings
from secondvoice.records import Kept
from secondvoice.records.ids import make_id
from secondvoice.records.kinds import plain
from secondvoice.records.models import Person, personal_models
from secondvoice.reminders.endpoints import Browser
from secondvoice.reminders.models import add_device
from tests.cast import Someone, browser_inside, move_in
from tests.site.addresses import (
    ENDS_THE_SESSION,
    SENT,
    addresses,
    fill_a_year,
    sit_down,
    things_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice_with_a_year(db: None) -> Someone:
    """Alice, and everything that a year leaves."""
    alice = move_in()
    alice.door.keep(Settings(friend="Zqottilie"))
    fill_a_year(alice)
    add_device(
        alice.person, Browser("https://relay.example/zq", b"point", b"auth", "https://a.example/")
    )
    sit_down(alice)
    return alice


@pytest.fixture
def bob(alice_with_a_year: Someone) -> Someone:
    """Bob, who lives here, too, and has written nothing."""
    bob = move_in()
    sit_down(bob)
    return bob


def words_of(alice: Someone) -> set[str]:
    """Everything that Alice wrote, and her friend's name."""

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield from (line for line in value.splitlines() if line.count(" ") >= 3)
        elif isinstance(value, dict):
            for each in value.values():
                yield from strings(each)
        elif isinstance(value, list):
            for each in value:
                yield from strings(each)

    found = {"Zqottilie"}
    for item in alice.door.log():
        if isinstance(item, Kept):
            found |= set(strings(plain(item.value)))
    return found


def one_of_each_kind(alice: Someone) -> list[UUID]:
    return list({kind: thing for thing, kind in things_of(alice).items()}.values())


def everything_of(alice: Someone) -> list[list[dict[str, Any]]]:
    """Every row of Alice's, but which of her browsers are open and when they were used."""
    found: list[list[dict[str, Any]]] = [list(Person.objects.filter(id=alice.person).values())]
    with scope(person=alice.person):
        for model in personal_models():
            rows = [
                {name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()}
                for row in model._default_manager.values()
            ]
            found.append(sorted(rows, key=str))
    return found


def seen(text: str, words: set[str], known: str = "") -> set[str]:
    """Which of ``words`` are on a page, and not on one that shows nobody's."""
    from html import unescape

    page, other = unescape(text), unescape(known)
    return {each for each in words if each in page and each not in other}


def ask(client: Client, path: str, sent: dict[str, str] | None = None) -> tuple[int, str]:
    headers = {"Accept-Encoding": "identity"}
    answer = (
        client.get(path, headers=headers)
        if sent is None
        else client.post(path, sent, headers=headers)
    )
    content = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, content.decode(errors="replace")


def refused(path: str) -> int:
    """What somebody gets who has no business here; where there are accounts, they can sign in."""
    if not settings.ACCOUNTS:
        return 403
    return Client().get(path).status_code if path.startswith("/account/") else 302


def nobodys_like(thing: UUID) -> UUID:
    """An id that nothing has, made in the same way: of a name, or of the time and chance."""
    return uuid5(uuid4(), "nobody's") if thing.version == 5 else make_id()


def test_every_address_gives_alices_words_to_alice_alone(
    alice_with_a_year: Someone, bob: Someone
) -> None:
    alice, nobody, stranger = alice_with_a_year, browser_inside(), Client()
    words, things = words_of(alice), one_of_each_kind(alice)
    assert len(words) > 100
    assert len(things) > 8
    all_of_them = list(addresses())
    assert len(all_of_them) > 100
    with_her_words = set()
    for address in all_of_them:
        if address.name in ENDS_THE_SESSION:
            continue
        asked = things if address.of_somebody else things[:1]
        known = {thing: ask(alice.client, address.at(thing)) for thing in asked}
        there = [thing for thing, (status, _) in known.items() if status == 200]
        for thing in (there or asked)[:2]:
            path = address.at(thing)
            _, nobodys = ask(nobody, path)
            status, shown = ask(bob.client, path)
            without = ask(bob.client, address.at(nobodys_like(thing)))
            if seen(known[thing][1], words, without[1]):
                with_her_words.add(address.name)
            assert seen(shown, words, without[1]) == set(), path
            if address.of_somebody:
                assert status == without[0], f"{path} tells Bob whether it is there"
            assert seen(nobodys, words, without[1]) == set(), path
            status, strangers = ask(stranger, path)
            assert seen(strangers, words, without[1]) == set(), path
            assert status == refused(path) or path.startswith(OPEN_PATHS), path
    # Else the search would find nothing anywhere.
    assert {"moment", "moments", "moment_answer", "settings"} <= with_her_words


def test_nothing_that_anybody_else_sends_changes_anything_of_alices(
    alice_with_a_year: Someone, bob: Someone
) -> None:
    alice, nobody, stranger = alice_with_a_year, browser_inside(), Client()
    things = one_of_each_kind(alice)
    before, words = everything_of(alice), words_of(alice)
    sent = 0
    for address in addresses():
        if address.name in ENDS_THE_SESSION:
            continue
        for thing in things if address.of_somebody else things[:1]:
            path = address.at(thing)
            for who in (bob.client, nobody, stranger) if thing == things[0] else (bob.client,):
                _, page = ask(who, path, SENT)
                assert seen(page, words & {"Zqottilie"}) == set(), path
                sent += 1
    assert sent > 500
    assert everything_of(alice) == before
    assert ask(bob.client, "/settings/")[0] == 200, "Bob's was open to the end"


def test_no_address_takes_what_is_neither_asked_for_nor_sent_by_a_form(
    alice_with_a_year: Someone,
) -> None:
    client, thing = alice_with_a_year.client, make_id()
    for address in addresses():
        for asked in (client.put, client.patch, client.delete):
            assert asked(address.at(thing)).status_code == 405, address.name
    assert ask(client, "/settings/")[0] == 200, "It was open to the end"
