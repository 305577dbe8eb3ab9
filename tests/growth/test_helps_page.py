"""What helps me, as a page: what it says, what it offers, and when it says less."""

from __future__ import annotations

import html as entities
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from secondvoice import practices as room
from secondvoice.growth.helps import Occasion
from secondvoice.growth.occasions import OWN_ANSWER, SEVERAL, occasions
from secondvoice.moments.record import Moment, Step
from secondvoice.practices.catalogue import practices
from secondvoice.practices.pace import GROUNDING
from secondvoice.practices.record import Practice
from tests.growth.life import live

if TYPE_CHECKING:
    from tests.cast import Someone

PAGE = "/growth/helps/"


def shown(someone: Someone, path: str = PAGE) -> str:
    response = someone.client.get(path, headers={"Accept-Encoding": "identity"})
    assert response.status_code == 200
    return entities.unescape(response.content.decode())


def suggested(someone: Someone) -> str:
    found = re.search(r'class="following__what"><a href="/practices/([\w-]+)/"', shown(someone))
    assert found
    return found[1]


def test_what_was_kept_becomes_occasions(alice: Someone) -> None:
    when = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    kept: tuple[Moment | Practice, ...] = (
        Moment(voice="a", before=7, after=4, kind_words="x", parts=("self_kindness",)),
        Moment(voice="b", before=7, after=6, kind_words="well", marks=("isolation",)),
        Moment(voice="c", before=5, after=5, marks=("isolation", "self_judgment")),
        Moment(voice="d", before=5),
        Moment(voice="e", before=8, kind_words="x", parts=("self_kindness",)),
        Moment(voice="f", before=4, step=Step.DONE),
        Practice("soles", after=6),
        Practice("soles", before=6, after=4),
        Practice("soles", before=6),
        Practice("hands", before=6, after=4, half=True),
    )
    for value in kept:
        alice.door.keep(value, happened_at=when)
    found = set(occasions(alice.door.all("moment"), alice.door.all("practice"), UTC))
    assert found == {
        Occasion(when, "answer:self_kindness", "", 7, 4),
        Occasion(when, OWN_ANSWER, "isolation", 7, 6),
        Occasion(when, "", SEVERAL, 5, 5),
        Occasion(when, "soles", "", 6, 4),
        # What was done and not rated afterwards is seen, too. A moment broken off is none.
        Occasion(when, "answer:self_kindness", "", 8, None),
        Occasion(when, "", "", 4, None),
        Occasion(when, "soles", "", 6, None),
    }


def test_in_the_beginning_it_says_that_it_is_too_early(alice: Someone) -> None:
    page = shown(alice)
    assert "too little yet to say" in page
    assert '<svg class="dots"' not in page
    alice.door.keep(Practice("soles", before=7, after=1))
    page = shown(alice)
    assert "Soles of the feet" in page
    assert "probably helps" not in page.lower()


def test_what_helps_is_told_in_words_and_beside_it_in_figures(alice: Someone) -> None:
    live(alice.door, datetime.now(UTC).date(), 300)
    page = shown(alice)
    told = re.findall(r'told__what">([^<]+)</p><p>([^<]+)</p>', page)
    said = dict(told)
    assert re.fullmatch(
        r"Probably helps you, by about [\d½]+ to [\d½]+ points? of 10; \d+ times so far\.",
        said["A self-compassion break"],
    )
    table = re.findall(r'<tr><th scope="row">([^<]+)</th><td>(\d+)</td>', page)
    assert dict(table)["A self-compassion break"] in said["A self-compassion break"]
    assert page.count('class="dots__line"') == len(table)


def test_where_nothing_does_anything_nothing_is_said_to_help(alice: Someone) -> None:
    live(alice.door, datetime.now(UTC).date(), 200, helps=False)
    assert "Probably helps" not in shown(alice)


def test_the_suggestion_stays_for_the_day_and_says_why(alice: Someone) -> None:
    first = suggested(alice)
    assert first in practices()
    assert suggested(alice) == first
    assert "may be worth a try" in shown(alice)


def test_what_is_refused_does_not_come_back_until_it_is_wanted(alice: Someone) -> None:
    name = suggested(alice)
    alice.client.post("/growth/helps/refuse/", {"practice": name})
    assert suggested(alice) != name
    assert practices()[name].title in shown(alice)
    alice.client.post("/growth/helps/refuse/", {"practice": name, "bring_back": "on"})
    assert suggested(alice) == name
    assert len(list(alice.door.all("refused"))) == 1


def test_a_practice_that_is_not_there_cannot_be_refused(alice: Someone) -> None:
    response = alice.client.post("/growth/helps/refuse/", {"practice": "nothing-of-ours"})
    assert response.status_code == 404
    assert list(alice.door.all("refused")) == []


def test_at_a_small_pace_only_small_things_are_suggested(alice: Someone) -> None:
    live(alice.door, datetime.now(UTC).date(), 120)
    here = {"Sec-Fetch-Site": "same-origin"}
    alice.client.post("/practices/pace/", {"pace": "small"}, headers=here)
    found = practices()[suggested(alice)]
    assert (found.intensity, found.opens) == (1, False)


def test_on_a_very_hard_day_there_are_people_and_the_floor(alice: Someone) -> None:
    live(alice.door, datetime.now(UTC).date(), 60)
    room.noted_how_hard(alice.door, 9)
    page = shown(alice)
    assert 'href="/support/"' in page
    assert "told__what" not in page
    assert not any(f"/practices/{name}/" in page for name in practices() if name not in GROUNDING)


def test_after_words_of_danger_nothing_is_counted(alice: Someone) -> None:
    room.heard_danger(alice.door)
    assert "following__what" not in shown(alice)
    assert 'href="/support/"' in shown(alice)


def test_it_is_behind_the_lock(locked_alice: Someone) -> None:
    response = locked_alice.client.get(PAGE)
    assert b"passphrase" in response.content


def test_life_is_the_same_each_time(alice: Someone) -> None:
    until = date(2026, 1, 1)
    lived = live(alice.door, until, 20)
    first = alice.door.page("moment", limit=1).items[0]
    assert first.happened_at.date() >= until - timedelta(days=20)
    assert lived.moments > 3
