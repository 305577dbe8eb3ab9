"""The library, a practice, the player without scripts, the pace, and what was written."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from secondvoice.practices.catalogue import practice, practices
from secondvoice.practices.pace import (
    Pace,
    after_danger,
    after_how_hard,
    after_something_hard,
    pace_of,
    set_pace,
)
from secondvoice.practices.record import Written
from secondvoice.records.ids import make_id
from secondvoice.texts import texts

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone

HERE = {"Sec-Fetch-Site": "same-origin"}
JSON = {**HERE, "Accept": "application/json"}
BACKDRAFT = texts("secondvoice.practices", "backdraft.toml")
PLAYER = texts("secondvoice.practices", "player.toml")
DANGER = "I want to kill myself tonight."


def html(client: Client, path: str, **headers: str) -> str:
    response = client.get(path, headers={"Accept-Encoding": "identity", **headers})
    assert response.status_code == 200, path
    return response.content.decode()


def suits_now(page: str) -> list[str]:
    """The ids of what is offered under "What suits now"."""
    part = page.split('id="now"')[1].split("</ul>", maxsplit=1)[0]
    return re.findall(r"/practices/([a-z-]+)/", part)


def test_a_minute_comes_first_and_every_practice_is_there(client: Client) -> None:
    page = html(client, "/practices/")
    assert page.index('class="first" href="/minute/"') < page.index('href="/practices/soles/"')
    assert all(f'href="/practices/{name}/"' in page for name in practices())


def test_every_practice_stands_in_one_group_and_the_strong_ones_apart() -> None:
    groups = {group["id"]: group["practices"] for group in PLAYER["library"]["groups"]}
    placed = [name for group in groups.values() for name in group]
    assert sorted(placed) == sorted(practices())
    assert set(groups["strong"]) == {name for name, each in practices().items() if each.strong}


def test_why_two_are_not_here_is_said_with_where_to_go(client: Client) -> None:
    page = html(client, "/practices/")
    assert BACKDRAFT["not_here"]["title"] in page
    assert 'href="/support/therapist/"' in page


@pytest.mark.parametrize("name", sorted(practices()))
def test_the_page_of_a_practice_says_when_it_is_not_the_one_and_what_else(
    client: Client, name: str
) -> None:
    page = html(client, f"/practices/{name}/")
    each = practice(name)
    assert each.title in page
    assert not each.not_now or each.not_now in page
    if each.not_now:
        assert all(f'href="/practices/{other}/"' in page for other in each.instead)
    # Where it is said to whom it is not suited, people are one touch away, and not only in the frame.
    people = f'<a href="/support/">{BACKDRAFT["path"]["support_link"]}</a>'
    assert (people in page) == bool(each.opens and each.not_now)
    for form in each.forms:
        assert f'href="/practices/{name}/{form.form}/"' in page
        assert all(step.said() in page for step in form.steps)
    if any("mem" in source for source in each.sources):
        assert PLAYER["practice"]["mem"] in page


@pytest.mark.parametrize("name", sorted(practices()))
def test_the_player_is_the_same_for_everybody_and_whole_without_scripts(
    alice: Someone, client: Client, name: str
) -> None:
    for form in practice(name).forms:
        path = f"/practices/{name}/{form.form}/"
        page = html(client, path)
        assert page == html(alice.client, path)
        assert "csrfmiddlewaretoken" not in page
        assert "{friend}" not in page
        assert all(step.said() in page for step in form.steps)
        assert page.count("<textarea") == sum(1 for step in form.steps if step.write)
        assert f'action="/practices/{name}/{form.form}/landed/"' in page


def test_what_is_kept_for_offline_is_the_page_for_everybody(alice: Someone, client: Client) -> None:
    set_pace(alice.door, after_something_hard)
    assert html(alice.client, "/practices/", **{"X-Still": "1"}) == html(client, "/practices/")
    assert alice.client.get("/practices/").headers["Cache-Control"] == "no-store"


def test_backdraft_is_told_before_the_first_step_of_every_practice_that_opens(
    client: Client,
) -> None:
    for name, each in practices().items():
        page = html(client, f"/practices/{name}/{each.shortest.form}/")
        told = BACKDRAFT["before"]["sentences"][0] in page.split('id="steps"')[0]
        assert told == each.opens, name


@pytest.mark.parametrize("name", ["critic", "emotion"])
def test_a_strong_one_asks_first_and_opens_with_one_answer(alice: Someone, name: str) -> None:
    path = f"/practices/{name}/{practice(name).shortest.form}/"
    page = html(alice.client, path)
    assert BACKDRAFT["steady"]["statement"] in page.split('id="steps"')[0]
    response = alice.client.post(path + "steady/", {"steady": "no"}, headers=HERE)
    assert BACKDRAFT["steady"]["no_reply"] in response.content.decode()
    assert pace_of(alice.door).steady_at is None
    response = alice.client.post(path + "steady/", {"steady": "yes"}, headers=HERE)
    assert response["Location"] == path + "#begin"
    assert pace_of(alice.door).steady(datetime.now(UTC))


def test_there_is_a_way_round_the_thanks_in_every_form_of_the_critic() -> None:
    for form in practice("critic").forms:
        skips = [number for number, step in enumerate(form.steps) if step.skip_to]
        thanks = [number for number, step in enumerate(form.steps) if "thank" in step.say]
        assert skips
        assert min(skips) <= min(thanks)


def landed(someone: Someone, value: str, path: str = "/practices/soles/short/", **more: str) -> str:
    response = someone.client.post(path + "landed/", {"landed": value, **more}, headers=HERE)
    assert response.status_code == 200
    return response.content.decode()


def test_what_was_written_is_kept_and_can_be_read_and_deleted(alice: Someone) -> None:
    form = practice("critic").form("short")
    number = next(number for number, step in enumerate(form.steps) if step.write)
    page = landed(
        alice, "same", "/practices/critic/short/", **{f"w{number}": "unopened post", "before": "6"}
    )
    assert "Kept, and sealed." in page
    kept = alice.door.latest("practice")
    assert kept is not None
    assert kept.value.written == (Written(form.steps[number].write, "unopened post"),)
    assert (kept.value.before, kept.value.after, kept.value.form) == (6, None, "short")
    assert "unopened post" in html(alice.client, "/written/")
    alice.client.post(f"/written/{kept.thing}/delete/")
    assert "unopened post" not in html(alice.client, "/written/")
    assert alice.door.latest("practice") is None


def test_something_hard_leads_through_the_way_back_and_makes_the_pace_smaller(
    alice: Someone,
) -> None:
    page = landed(alice, "hard")
    places = [page.index(step["text"]) for step in BACKDRAFT["path"]["steps"]]
    assert places == sorted(places)
    assert BACKDRAFT["lowered"]["text"] in page
    assert pace_of(alice.door) == Pace(smaller=True, why="hard", hard=1)
    offered = suits_now(html(alice.client, "/practices/"))
    assert offered
    assert all(practice(name).intensity == 1 for name in offered)


def test_a_second_time_the_page_on_working_with_somebody_is_shown_and_nothing_is_locked(
    alice: Someone,
) -> None:
    landed(alice, "hard")
    page = landed(alice, "hard")
    assert BACKDRAFT["repeated"]["title"] in page
    assert 'href="/support/therapist/"' in page
    assert "data-start" in html(alice.client, "/practices/scan/short/")


def test_the_minute_lowers_the_pace_too(alice: Someone) -> None:
    response = alice.client.post("/minute/landed/", {"landed": "hard"}, headers=HERE)
    assert BACKDRAFT["lowered"]["text"] in response.content.decode()
    assert pace_of(alice.door).smaller


def test_the_person_puts_it_back_with_one_touch(alice: Someone) -> None:
    landed(alice, "hard")
    response = alice.client.post("/practices/pace/", {"pace": "usual"}, headers=HERE, follow=True)
    assert PLAYER["pace"]["made_usual"] in response.content.decode()
    assert not pace_of(alice.door).smaller


def test_another_site_cannot_change_the_pace(alice: Someone) -> None:
    other = {"Sec-Fetch-Site": "cross-site"}
    alice.client.post("/practices/pace/", {"pace": "small"}, headers=other)
    alice.client.post("/practices/soles/short/landed/", {"landed": "hard"}, headers=other)
    assert pace_of(alice.door) == Pace()


def test_after_a_very_hard_answer_only_the_floor_and_people_are_offered(alice: Someone) -> None:
    landed(alice, "same", before="9")
    page = html(alice.client, "/practices/")
    assert suits_now(page) == ["soles", "hands", "object"]
    assert PLAYER["library"]["people"] in page


def test_words_of_danger_in_a_practice_lead_to_people_and_leave_only_the_floor(
    alice: Someone,
) -> None:
    form = practice("friend").form("short")
    number = next(number for number, step in enumerate(form.steps) if step.write)
    page = landed(alice, "same", "/practices/friend/short/", **{f"w{number}": DANGER})
    assert "Are you safe right now?" in page
    assert page.index('class="button" href="/support/"') < page.index("Kept, and sealed.")
    assert alice.door.latest("practice") is not None
    assert suits_now(html(alice.client, "/practices/")) == ["soles", "hands", "object"]
    alice.client.post("/practices/pace/", {"pace": "passed"}, headers=HERE)
    assert len(suits_now(html(alice.client, "/practices/"))) == 3
    assert pace_of(alice.door).danger_at is None


def test_while_it_is_locked_words_of_danger_lead_to_people_too(locked_alice: Someone) -> None:
    form = practice("friend").form("short")
    number = next(number for number, step in enumerate(form.steps) if step.write)
    response = locked_alice.client.post(
        "/practices/friend/short/landed/", {"landed": "same", f"w{number}": DANGER}, headers=JSON
    )
    assert response.json() == {"kept": False, "problem": "", "pace": "", "care": "now"}


def test_sent_twice_it_is_kept_once_and_counted_once(alice: Someone) -> None:
    thing = str(make_id())
    for _ in range(2):
        landed(alice, "hard", thing=thing)
    assert [str(item.thing) for item in alice.door.all("practice")] == [thing]
    assert pace_of(alice.door).hard == 1


@pytest.mark.parametrize("thing", ["", "no id", "7a1f0f7e-3c55-4d0c-9c64-2b6f4c1d9e10"])
def test_an_id_that_cannot_be_used_loses_nothing(alice: Someone, thing: str) -> None:
    landed(alice, "lighter", thing=thing)
    assert len(list(alice.door.all("practice"))) == 1


def test_what_is_half_written_is_kept_while_typing_and_found_again(alice: Someone) -> None:
    form = practice("critic").form("short")
    number = next(number for number, step in enumerate(form.steps) if step.write)
    thing = str(make_id())
    fields = {"thing": thing, f"w{number}": "unopened po"}
    path = "/practices/critic/short/half/"
    assert alice.client.post(path, fields, headers=HERE).status_code == 204
    left = alice.client.get(f"/practices/left/{thing}/").json()
    assert left == {"written": [[form.steps[number].write, "unopened po"]]}
    landed(
        alice, "same", "/practices/critic/short/", thing=thing, **{f"w{number}": "unopened post"}
    )
    # What was typed before and arrives late does not take the place of what was said at the end.
    alice.client.post(path, fields, headers=HERE)
    (kept,) = alice.door.all("practice")
    assert kept.value.written[0].text == "unopened post"
    assert not kept.value.half


def test_half_written_words_are_kept_for_nobody_else(alice: Someone, locked_alice: Someone) -> None:
    thing = str(make_id())
    path = "/practices/critic/short/half/"
    fields = {"thing": thing, "w1": "mine"}
    assert alice.client.post(path, fields, headers={}).status_code == 403
    assert locked_alice.client.post(path, fields, headers=HERE).status_code == 423
    assert locked_alice.client.get(f"/practices/left/{thing}/").json() == {"written": []}


@pytest.mark.parametrize("number", ["11", "-1", "7.5", "much", "٣"])
def test_a_number_that_was_not_offered_is_left_out(alice: Someone, number: str) -> None:
    landed(alice, "same", before=number)
    kept = alice.door.latest("practice")
    assert kept is not None
    assert kept.value.before is None


@pytest.mark.parametrize("path", ["/practices/shame/", "/practices/soles/long/"])
def test_what_is_not_there_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_ticking_what_makes_it_hard_sets_the_pace_and_answers_each_line(alice: Someone) -> None:
    page = html(alice.client, "/kindness/")
    lines = texts("secondvoice.practices", "hindrances.toml")["lines"]
    assert all(line["wording"].replace("'", "&#x27;") in page for line in lines)
    response = alice.client.post("/kindness/", {"line": ["tears", "no-time"]}, follow=True)
    said = response.content.decode()
    for line in lines:
        assert (line["reply"] in said) == (line["id"] in {"tears", "no-time"})
    assert texts("secondvoice.practices", "hindrances.toml")["texts"]["slower"] in said
    assert pace_of(alice.door) == Pace(smaller=True, why="ticked", ticked=("tears", "no-time"))


def test_one_line_that_is_no_reason_for_a_smaller_pace_leaves_it(alice: Someone) -> None:
    alice.client.post("/kindness/", {"line": ["no-time", "made-up"]})
    assert pace_of(alice.door) == Pace(ticked=("no-time",))


def test_many_lines_make_it_smaller_and_unticking_does_not_raise_it(alice: Someone) -> None:
    alice.client.post("/kindness/", {"line": ["no-time", "soft", "lie", "cringe"]})
    assert pace_of(alice.door).smaller
    alice.client.post("/kindness/", {})
    assert pace_of(alice.door) == Pace(smaller=True, why="ticked")


def test_not_wanting_the_body_takes_body_practices_out_of_what_is_offered(alice: Someone) -> None:
    alice.client.post("/kindness/", {"line": ["body"]})
    assert not {"scan", "touch", "breath"} & set(suits_now(html(alice.client, "/practices/")))


def test_after_danger_no_page_of_practices_offers_anything_above_the_floor(alice: Someone) -> None:
    set_pace(alice.door, lambda pace: after_danger(pace, datetime.now(UTC)))
    set_pace(alice.door, lambda pace: after_how_hard(pace, 10, datetime.now(UTC)))
    assert suits_now(html(alice.client, "/practices/")) == ["soles", "hands", "object"]
    page = html(alice.client, "/practices/letter/")
    assert PLAYER["practice"]["not_offered"] in page


@pytest.mark.parametrize("path", ["/backdraft/", "/support/therapist/"])
def test_the_way_back_and_working_with_somebody_open_for_everybody(
    client: Client, path: str
) -> None:
    page = html(client, path)
    assert 'href="/support/"' in page
    assert client.get(path).headers["Cache-Control"] == "no-cache"
