"""Be the friend first: strangers, what is said to them, and when it comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from secondvoice import practices
from secondvoice.moments.record import Moment
from secondvoice.poles import UNCOMPASSIONATE
from secondvoice.practices.befriend import (
    FEELS_FALSE,
    Befriended,
    choice_of,
    next_stranger,
    shortened,
    situations,
    troubles,
)
from secondvoice.practices.pace import pace_of
from secondvoice.records.errors import NotThere
from secondvoice.records.ids import make_id
from secondvoice.texts import texts
from tests.cast import move_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tests.cast import Someone

pytestmark = pytest.mark.django_db

KIND = "You're not a bad driver, and I like you."
WHOLE = f"It hurts to hear how sore you are. {KIND} Everyone who drives has a day like that."


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


def meet(someone: Someone, trouble: str = "work") -> str:
    address: str = someone.client.post("/be-the-friend/meet/", {"trouble": trouble})["Location"]
    return address


def newest(someone: Someone) -> Befriended:
    kept = someone.door.latest("befriended")
    assert kept is not None
    value = kept.value
    assert isinstance(value, Befriended)
    return value


def tell(someone: Someone, situation: str, said: str, days_ago: int = 0) -> UUID:
    """As if it had been said so many days ago."""
    when = timezone.now() - timedelta(days=days_ago)
    value = Befriended(situation, said=said, done=True)
    return someone.door.keep(value, happened_at=when).thing


# --- the strangers ------------------------------------------------------------------------


def test_there_are_at_least_sixty_from_many_lives_each_with_the_poles_of_their_words() -> None:
    everybody = situations().values()
    assert len(everybody) >= 60
    assert len({one.name for one in everybody}) >= 60
    known = {pole.value for pole in UNCOMPASSIONATE}
    assert all(one.poles and known.issuperset(one.poles) for one in everybody)
    assert {pole for one in everybody for pole in one.poles} == known


def test_each_kind_of_trouble_has_a_name_and_enough_people() -> None:
    words = texts("secondvoice.practices", "befriend.toml")["troubles"]
    assert set(words) == set(troubles())
    for trouble in troubles():
        assert sum(one.trouble == trouble for one in situations().values()) >= 3


def test_what_feels_false_is_ticked_in_a_list_that_has_it() -> None:
    lines = texts("secondvoice.practices", "hindrances.toml")["lines"]
    assert {line["id"] for line in lines} >= FEELS_FALSE


def test_nobody_comes_twice_before_everybody_came_once() -> None:
    met: list[str] = []
    for _ in range(sum(one.trouble == "work" for one in situations().values())):
        met.insert(0, next_stranger("work", met).id)
    assert len(set(met)) == len(met)
    assert next_stranger("work", met).id == met[-1]


def test_whoever_was_let_go_by_waits_behind_the_others() -> None:
    first = next_stranger("money", [])
    second = next_stranger("money", [], passed=[first.id])
    third = next_stranger("money", [], passed=[first.id, second.id])
    assert len({first.id, second.id, third.id}) == 3
    everybody = [one.id for one in situations().values() if one.trouble == "money"]
    assert next_stranger("money", [], passed=everybody).id == everybody[0]


def test_not_everybody_meets_the_same_one_first() -> None:
    assert next_stranger("", [], start=0) != next_stranger("", [], start=1)


# --- answering ----------------------------------------------------------------------------


def test_somebody_of_the_chosen_kind_comes_and_the_choice_is_sealed(alice: Someone) -> None:
    address = meet(alice, "money")
    assert "money" not in address
    assert choice_of(alice.door) == "money"
    stranger = situations()[newest(alice).situation]
    assert stranger.trouble == "money"
    page = text(alice.client.get(address))
    assert stranger.name in page
    assert stranger.life in page
    assert f"What would you say to {stranger.name}?" in page
    assert '<option value="money" selected>' in text(alice.client.get("/be-the-friend/"))


def test_a_kind_that_is_not_there_is_any(alice: Someone) -> None:
    meet(alice, "weather")
    assert choice_of(alice.door) == ""


def test_somebody_else_comes_in_the_same_place(alice: Someone) -> None:
    first, seen = meet(alice), {newest(alice).situation}
    for _ in range(3):
        assert alice.client.post("/be-the-friend/meet/")["Location"] == first
        seen.add(newest(alice).situation)
    assert len(seen) == 4
    assert len(list(alice.door.all("befriended"))) == 1


def test_a_missing_part_is_asked_about_once_and_no_is_an_answer(alice: Someone) -> None:
    address = meet(alice)
    name = situations()[newest(alice).situation].name
    asked = alice.client.post(address, {"said": KIND})["Location"]
    assert asked == f"{address}?asked"
    page = text(alice.client.get(asked))
    assert f"Could you say what you see in {name}, before anything else?" in page
    assert KIND.replace("'", "&#x27;") in page
    assert not newest(alice).done
    assert alice.client.post(f"{address}leave-it/")["Location"] == f"{address}said/?said"
    assert newest(alice).done
    assert newest(alice).said == KIND


def test_sent_again_it_is_not_asked_again(alice: Someone) -> None:
    address = meet(alice)
    alice.client.post(address, {"said": KIND})
    assert alice.client.post(address, {"said": KIND})["Location"] == f"{address}said/?said"


def test_with_all_three_nothing_is_asked_and_the_parts_are_shown(alice: Someone) -> None:
    address = meet(alice)
    way_on = alice.client.post(address, {"said": WHOLE})["Location"]
    assert way_on == f"{address}said/?said"
    assert newest(alice).parts == ("mindfulness", "common_humanity", "self_kindness")
    page = text(alice.client.get(way_on))
    assert page.count('data-has="yes"') == 3
    assert "How did that land?" in page


def test_how_it_landed_is_asked_once_a_day(alice: Someone) -> None:
    address = meet(alice)
    alice.client.post(address, {"said": WHOLE})
    alice.client.post(f"{address}landed/", {"landed": "same"})
    assert "How did that land?" not in text(alice.client.get(f"{address}said/?said"))


def test_the_parts_so_far_are_shown_while_writing_and_nothing_is_kept_by_it(
    alice: Someone,
) -> None:
    address = meet(alice)
    page = text(alice.client.post(f"{address}parts/", {"said": "Everyone has a day like that."}))
    assert page.count('data-has="yes"') == 1
    assert newest(alice).said == ""


def test_nothing_said_is_no_answer(alice: Someone) -> None:
    assert "A few words are enough." in text(alice.client.post(meet(alice), {"said": " "}))


def test_what_is_typed_is_kept_and_somebody_waits(alice: Someone) -> None:
    address = meet(alice)
    assert alice.client.post(f"{address}draft/", {"said": "Oh, you"}).status_code == 204
    page = text(alice.client.get("/be-the-friend/"))
    name = situations()[newest(alice).situation].name
    assert f"{name} is still waiting" in page
    assert "Oh, you" in text(alice.client.get(address))
    # Somebody else does not take the place of words that are there.
    assert meet(alice) != address


def test_the_words_of_a_stranger_are_not_taken_for_the_persons_own(alice: Someone) -> None:
    for situation in situations():
        thing = make_id()
        alice.door.keep(Befriended(situation, said="Oh, you."), thing=thing)
        assert 'class="care' not in text(alice.client.get(f"/be-the-friend/{thing}/")), situation


def test_words_of_danger_in_the_answer_lead_to_people(alice: Someone) -> None:
    address = meet(alice)
    way_on = alice.client.post(address, {"said": "I want to die, too."})["Location"]
    assert way_on == f"{address}care/"
    assert 'class="button" href="/support/"' in text(alice.client.get(way_on))
    assert pace_of(alice.door).danger_at is not None


def test_deleted_and_brought_back(alice: Someone) -> None:
    thing = tell(alice, "late-bus", KIND)
    alice.client.post(f"/be-the-friend/{thing}/delete/")
    assert practices.said_to_a_stranger(alice.door, "anything") is None
    assert "brought back for 7 days" in text(alice.client.get("/be-the-friend/"))
    assert "bad driver" in text(alice.client.get("/be-the-friend/deleted/"))
    alice.client.post(f"/be-the-friend/{thing}/restore/")
    assert practices.said_to_a_stranger(alice.door, "anything") is not None


# --- offered back -------------------------------------------------------------------------


def test_the_answer_to_whoever_was_most_like_this_comes_back(alice: Someone) -> None:
    tell(alice, "late-bus", "You waited for a hundred others, Rosa.", days_ago=9)
    tell(alice, "missing-comma", "They said it happens because it does.")
    said = practices.said_to_a_stranger(alice.door, "I missed the bus and shouted at the driver")
    assert said is not None
    assert (said.name, said.words) == ("Rosa", "You waited for a hundred others, Rosa.")


def test_where_none_is_like_it_the_same_poles_decide_and_then_the_newest(alice: Someone) -> None:
    tell(alice, "missing-comma", "To Anh.", days_ago=9)
    tell(alice, "late-bus", "To Rosa.")
    lonely = practices.said_to_a_stranger(alice.door, "xylophone", ["isolation"])
    newest_ = practices.said_to_a_stranger(alice.door, "xylophone")
    assert lonely is not None
    assert newest_ is not None
    assert (lonely.name, newest_.name) == ("Anh", "Rosa")


def test_in_the_loop_it_stands_beside_the_kind_field(alice: Someone) -> None:
    thing = make_id()
    alice.door.keep(Moment(voice="I'm such an idiot."), thing=thing)
    before = text(alice.client.get(f"/moments/{thing}/answer/"))
    assert 'href="/be-the-friend/"' in before
    tell(alice, "late-bus", "You waited for a hundred others, Rosa.")
    page = text(alice.client.get(f"/moments/{thing}/answer/"))
    assert "You once said this to Rosa" in page
    assert page.index('id="id_kind_words"') < page.index("You waited for a hundred others")
    assert 'href="/be-the-friend/"' not in page


def test_after_words_of_danger_the_loop_offers_nothing_of_it(alice: Someone) -> None:
    tell(alice, "late-bus", "You waited for a hundred others, Rosa.")
    thing = make_id()
    alice.door.keep(Moment(voice="I want to die."), thing=thing)
    page = text(alice.client.get(f"/moments/{thing}/answer/"))
    assert "a hundred others" not in page
    assert 'href="/be-the-friend/"' not in page


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("Short.\nTwo lines.", "Short. Two lines."),
        (f"{'a' * 100}. {'b' * 100}? {'c' * 100}.", f"{'a' * 100}. {'b' * 100}?"),
        (f"{'word ' * 60}", f"{('word ' * 48).strip()} …"),
    ],
)
def test_a_long_answer_is_cut_after_a_sentence(said: str, offered: str) -> None:
    assert shortened(said) == offered


def test_nobody_else_is_told_it(alice: Someone) -> None:
    thing = tell(alice, "late-bus", KIND)
    bob = move_in()
    assert practices.said_to_a_stranger(bob.door, "the bus") is None
    with pytest.raises(NotThere):
        bob.door.get("befriended", thing)
