"""What other programs wrote, read: every word of it, at the right time, or a sentence why not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from secondvoice.arriving.choices import Choices
from secondvoice.arriving.entry import Entry, NotReadable
from secondvoice.arriving.reading import as_text, read_text
from secondvoice.records.incoming import Skipped

LISBON = Choices(ZoneInfo("Europe/Lisbon"))
DAYLIO = (
    "full_date,date,weekday,time,mood,activities,note_title,note\r\n"
    '2024-07-01,July 1,Monday,10:30\u202fPM,rad,"work | friends",A title,"one ""quoted""\r\ntwo"\r\n'
    "2024-01-02,January 2,Tuesday,07:05,meh,,,\r\n"
)


def read(text: str, choices: Choices = LISBON, **how: str) -> list[Entry | Skipped]:
    return list(read_text(as_text(text.encode()), choices, **how).entries)


def entries(text: str, choices: Choices = LISBON, **how: str) -> list[Entry]:
    return [one for one in read(text, choices, **how) if isinstance(one, Entry)]


def passed(text: str, choices: Choices = LISBON, **how: str) -> list[tuple[int, str]]:
    return [
        (one.place, one.reason) for one in read(text, choices, **how) if isinstance(one, Skipped)
    ]


def test_daylio_keeps_mood_and_activities_in_the_words_and_its_own_time() -> None:
    first, second = entries(DAYLIO)
    assert first.values["happened"] == (
        'A title\n\none "quoted"\ntwo\n\nMood: rad\nActivities: work, friends'
    )
    # Summer there, then winter.
    assert first.at.astimezone(UTC) == datetime(2024, 7, 1, 21, 30, tzinfo=UTC)
    assert second.at.astimezone(UTC) == datetime(2024, 1, 2, 7, 5, tzinfo=UTC)
    assert second.values["happened"] == "Mood: meh"


def test_freecbt_becomes_both_voices() -> None:
    thought = {
        "automaticThought": "I ruin everything.",
        "challenge": "One call went badly.",
        "alternativeThought": "I can ring again tomorrow.",
        "cognitiveDistortions": [
            {"slug": "all-or-nothing", "label": "All or Nothing", "selected": True},
            {"slug": "mind-reading", "label": "Mind Reading", "selected": False},
        ],
        "createdAt": "2024-07-01T09:00:00.000Z",
        "updatedAt": "2024-07-02T09:00:00.000Z",
        "uuid": "@Quirk:thoughts:1",
    }
    table = (
        "createdAt,automaticThought,cognitiveDistortions,challenge,alternativeThought\n"
        "2024-07-01T09:00:00.000Z,I ruin everything.,All or Nothing,One call went badly.,"
        "I can ring again tomorrow.\n"
    )
    kept_by_key = {"@Quirk:thoughts:1": json.dumps(thought)}
    for text in map(json.dumps, ([thought], {"thoughts": [thought]}, kept_by_key)):
        (entry,) = entries(text)
        assert entry.values == {
            "voice": "I ruin everything.",
            "name_it": "One call went badly.",
            "kind_words": "I can ring again tomorrow.",
            "happened": "Distortions: All or Nothing",
        }
        assert (entry.at, entry.key) == (datetime(2024, 7, 1, 9, tzinfo=UTC), "@Quirk:thoughts:1")
        assert entry.changed == datetime(2024, 7, 2, 9, tzinfo=UTC)
    (entry,) = entries(table)
    assert entry.values["voice"] == "I ruin everything."
    assert entry.values["happened"] == "cognitiveDistortions: All or Nothing"


def test_day_one_keeps_tags_place_weather_and_the_names_of_its_pictures() -> None:
    entry = {
        "uuid": "A1B2",
        "creationDate": "2024-07-01T22:30:00Z",
        "modifiedDate": "2024-07-03T08:00:00Z",
        "timeZone": "Asia/Tokyo",
        "text": "# A walk\n\nAlong the river 🙂",
        "richText": '{"contents":[]}',
        "tags": ["walk", "river"],
        "starred": True,
        "creationDevice": "a telephone",
        "location": {
            "placeName": "The bridge",
            "country": "Japan",
            "latitude": 35,
            "longitude": 139,
        },
        "weather": {"conditionsDescription": "Clear"},
        "photos": [{"identifier": "P1", "md5": "0"}],
        "somethingNew": {"of": ["next", "year"]},
    }
    (made,) = entries(json.dumps({"metadata": {"version": "1.0"}, "entries": [entry]}))
    assert made.values["happened"] == (
        "# A walk\n\nAlong the river 🙂\n\nTags: walk, river\n"
        "Place: The bridge, Japan, (35, 139)\nWeather: conditionsDescription Clear\n"
        "photos: 1 (P1)\nstarred: yes\nsomethingNew: of next, year"
    )
    assert (made.values["zone"], made.key) == ("Asia/Tokyo", "A1B2")
    assert made.at == datetime(2024, 7, 1, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "[2024-07-01 09:00:00 AM] A title *\nA body @tag\n\nmore\n\n[2024-01-02 21:05] Two\n",
        "2024-07-01 09:00 A title *\nA body @tag\n\nmore\n\n2024-01-02 21:05 Two\n",
        json.dumps(
            {
                "tags": {"@tag": 1},
                "entries": [
                    {"title": "A title *", "body": "A body @tag\n\nmore", "date": "2024-07-01",
                     "time": "09:00", "tags": ["@tag"], "starred": False},
                    {"title": "Two", "body": "", "date": "2024-01-02", "time": "21:05"},
                ],
            }
        ),
    ],
    ids=["text", "old text", "json"],
)  # fmt: skip
def test_jrnl(text: str) -> None:
    first, second = entries(text)
    assert first.values["happened"] == "A title *\nA body @tag\n\nmore"
    assert first.at.astimezone(UTC) == datetime(2024, 7, 1, 8, tzinfo=UTC)
    assert (second.values["happened"], second.at.hour) == ("Two", 21)


def test_markdown_is_dated_in_front_in_its_headings_or_by_its_name() -> None:
    (front,) = entries(
        "---\ntitle: A day\ndate: 2024-07-01 09:00\ntags:\n  - a\n  - b\n---\nWords.\n"
    )
    assert front.values["happened"] == "A day\n\nWords.\n\ntags: a, b"
    assert front.at.astimezone(UTC).hour == 8
    named = entries("Words.", name="2024-07-01 Monday.md")
    assert (named[0].at.day, named[0].at.hour) == (1, 12)
    text = "# A diary\n\n## 2024-07-01 Monday\nOne.\n### Of it\n## 2024-07-02 18:30\nTwo."
    days = entries(text, name="d.md")
    assert [day.values["happened"] for day in days] == ["Monday\nOne.\n### Of it", "Two."]
    assert [day.at.hour for day in days] == [12, 18]
    assert passed(text, name="d.md") == [(1, "It stands before the first date.")]
    assert passed("Words.", name="d.md") == [(1, "It tells no date.")]


def test_any_table_by_a_mapping_with_the_rest_in_the_words() -> None:
    columns = {"When": "date", "Clock": "time", "Text": "happened", "Bad": "before", "X": "skip"}
    choices = Choices(LISBON.zone, dates="dmy", columns=columns)
    text = "When;Clock;Text;Bad;X;Mood\n03/04/2024;21.05;Hello;7;no;4\n31.12.2024;;Bye;;;\n"
    first, second = entries(text, choices)
    assert first.values == {"happened": "Hello\n\nMood: 4", "before": 7, "after": None}
    assert (first.at.month, first.at.hour, first.at.minute) == (4, 21, 5)
    assert (second.values["happened"], second.values["before"]) == ("Bye", None)


@pytest.mark.parametrize(
    ("text", "how", "sentence"),
    [
        ("", {}, "is empty."),
        (" \n\t\n", {}, "is empty."),
        ('{"entries": [{"uuid"', {}, "begins like JSON, but is none, or was cut off."),
        ("[" * 100_000, {}, "begins like JSON, but is none, or was cut off."),
        ('{"a": 1}', {}, "is JSON of no program that is known here."),
        ("A letter to nobody.", {}, "is of no program that is known here."),
        ("a,b\n1,2\n", {"name": "x.csv"}, "is a table that no program known here writes."),
        ("a,b\n1,2\n", {"source": "daylio"}, "does not have the columns of that program."),
        ("words", {"source": "jrnl"}, "does not begin with an entry of jrnl."),
    ],
)
def test_a_file_that_cannot_be_read_says_so(text: str, how: dict[str, str], sentence: str) -> None:
    with pytest.raises(NotReadable, match=sentence.replace(".", r"\.")[:40]) as told:
        read(text, **how)
    assert str(told.value).startswith(sentence)


def test_a_note_may_begin_with_a_bracket() -> None:
    for text in ("[ ] a box to tick", "[a link](elsewhere)", "{curly}"):
        (entry,) = entries(text, name="2024-07-01.md")
        assert entry.values["happened"] == text


def test_a_time_of_change_that_cannot_be_read_costs_no_entry() -> None:
    thought = {
        "automaticThought": "No.",
        "createdAt": 1719824400000,
        "updatedAt": "junk",
        "cognitiveDistortions": {"of": "another form"},
    }
    (entry,) = entries(json.dumps([thought]))
    assert (entry.changed, entry.at.year) == (None, 2024)
    assert entry.values["happened"] == "Distortions: of another form"
