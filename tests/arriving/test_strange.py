"""Strange files: nothing stops, nothing is lost in silence, no word of them is in a reason."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice.arriving.choices import Choices
from secondvoice.arriving.dates import NoDate, read_when
from secondvoice.arriving.entry import Entry, NotReadable, distinct, incoming
from secondvoice.arriving.reading import as_text, read_folder, read_text
from secondvoice.records.ids import is_usable, made_at
from secondvoice.records.incoming import Incoming, Skipped

ZONE = ZoneInfo("Europe/Lisbon")
CHOICES = Choices(ZONE)
HEAD = "full_date,date,weekday,time,mood,activities,note_title,note\n"
SECRET = bytes(range(32))


def daylio(*rows: str) -> list[Entry | Skipped]:
    return list(read_text(HEAD + "\n".join(rows) + "\n", CHOICES).entries)


def made(entries: list[Entry | Skipped], source: str = "daylio") -> list[Incoming | Skipped]:
    return list(incoming(source, entries, secret=SECRET))


def row(note: str, *, day: str = "2024-07-01", time: str = "10:00") -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="", quoting=csv.QUOTE_ALL).writerow(
        [day, "", "", time, "good", "", "", note]
    )
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends_of_every_system(encoding: str, end: str) -> None:
    raw = (HEAD + row("Zoë 愚か 🙈\nsecond line") + "\n").replace("\n", end).encode(encoding)
    (entry,) = read_text(as_text(raw), CHOICES).entries
    assert entry.values["happened"] == "Zoë 愚か 🙈\nsecond line\n\nMood: good"


def test_another_encoding_is_refused_and_read_when_it_is_named() -> None:
    raw = (HEAD + row("Café") + "\n").encode("windows-1252")
    with pytest.raises(NotReadable, match="is not UTF-8 text"):
        as_text(raw)
    assert "Café" in as_text(raw, "windows-1252")
    with pytest.raises(NotReadable, match="there is no encoding 'klingon'"):
        as_text(raw, "klingon")
    with pytest.raises(NotReadable, match="is not in ascii"):
        as_text(raw, "ascii")


def test_what_cannot_be_read_is_told_by_its_line_and_no_word_of_it() -> None:
    told = made(
        daylio(
            row("fine"),
            row("no such day", day="2024-02-30"),
            row("no time", time="half past"),
            row("", day="").replace("good", ""),
            "a,b,c,d,e,f,g,h,too,many",
            row("x" * 1_000_001),
            row("y" * 3_000_000),
            row("at the end of time", day="9999-12-31", time="23:59"),
            row("at its beginning", day="0001-01-01", time="00:00"),
            "short",
            row("fine, too"),
        )
    )
    reasons = {one.place: one.reason for one in told if isinstance(one, Skipped)}
    assert reasons == {
        3: "Its date cannot be read.",
        4: "Its date cannot be read.",
        5: "It tells no date.",
        6: "The line has more cells than the first line has names.",
        7: "It is longer than a million characters.",
        8: "The line is longer than any entry, or its quotes do not end.",
        9: "Its date cannot be read.",
        10: "Its date cannot be read.",
        11: "Its date cannot be read.",
    }
    assert [one.place for one in told if isinstance(one, Incoming)] == [2, 12]


def test_columns_of_one_name_hide_nothing_of_each_other() -> None:
    text = f"{HEAD.strip()},Note,SLEEP,sleep,,\n{row('words')},more,7,8,a,b\n"
    (entry,) = read_text(text, CHOICES).entries
    assert isinstance(entry, Entry)
    told = "Mood: good\nnote (2): more\nsleep: 7\nsleep (2): 8\n(12): a\n(13): b"
    assert entry.values["happened"] == f"words\n\n{told}"
    text = "createdAt,automaticThought,automaticThought,uuid,UUID\n2024-07-01,One.,Two.,1,2\n"
    (entry,) = read_text(text, CHOICES).entries
    assert isinstance(entry, Entry)
    assert (entry.values["voice"], entry.key) == ("One.", "1")
    assert entry.values["happened"] == "automaticThought (2): Two.\nUUID (2): 2"


def test_the_names_that_columns_are_given_are_nobody_elses() -> None:
    assert distinct(["a", "A", "a (2)", "", "a", "", "(4)"]) == [
        *("a", "A (3)", "a (2)", "(4) (2)", "a (4)", "(6)", "(4)"),
    ]
    many = distinct(["x"] * 20_000)
    assert len(set(many)) == 20_000


@pytest.mark.parametrize("field", ["before", "after", "id", "changed"])
def test_two_columns_for_what_one_holds_are_refused_with_a_sentence(field: str) -> None:
    choices = Choices(ZONE, columns={"When": "date", "A": field, "B": field, "Text": "why"})
    with pytest.raises(NotReadable, match=r"has more than one column for “.+”, which takes one"):
        read_text("When,A,B,Text\n2024-07-01,1,2,Hello\n", choices)


def test_a_number_of_thousands_of_digits_is_told() -> None:
    choices = Choices(ZONE, columns={"When": "date", "A": "before", "Text": "why"})
    for number in ("9" * 5000, "0" * 5000, "11", "-1", "٣", "1e1"):
        (told,) = read_text(f"When,A,Text\n2024-07-01,{number},Hello\n", choices).entries
        assert isinstance(told, Skipped)
        assert told.reason == "How hard it was is no whole number from 0 to 10."


def test_front_matter_within_itself_or_without_an_end_is_read() -> None:
    lists = "[" * 5000 + "a, b" + "]" * 5000
    (entry,) = read_text(f"---\ndate: 2024-07-01\ntags: {lists}\n---\nWords.\n", CHOICES).entries
    assert isinstance(entry, Entry)
    assert entry.values["happened"].startswith("Words.\n\ntags: [")
    (entry,) = read_text("---\ndate: 2024-07-01\nt: [[a], 'b']\n---\nW.\n", CHOICES).entries
    assert isinstance(entry, Entry)
    assert entry.values["happened"] == "W.\n\nt: a, b"
    lines = "\n".join(["x"] * 400_000)
    (entry,) = read_text(f"---\ndate: 2024-07-01\nt: a\n{lines}\n---\nW.\n", CHOICES).entries
    assert isinstance(entry, Entry)
    assert entry.values["happened"].count("x") == 400_000


def test_quotes_that_do_not_end_keep_the_words() -> None:
    (only,) = daylio('2024-07-01,,,10:00,good,,,"not closed', "2024-07-02,,,10:00,bad,,,more")
    assert isinstance(only, Entry)
    assert "more" in only.values["happened"]


def test_ids_are_usable_the_same_each_time_and_tell_nothing_without_the_secret() -> None:
    rows = [row("one"), row("two"), row("before computers", day="1950-01-01")]
    first, again = made(daylio(*rows)), made(daylio(*reversed(rows)))
    assert {one.id for one in first} == {one.id for one in again}
    assert len({one.thing for one in first}) == 3
    assert all(is_usable(one.id) for one in first)
    assert made_at(first[0].id) == datetime(2024, 7, 1, 9, tzinfo=UTC)
    other = list(incoming("daylio", daylio(*rows), secret=bytes(32)))
    assert not {one.thing for one in first} & {one.thing for one in other}
    assert not {one.id for one in first} & {one.id for one in other}
    elsewhere = made(daylio(*rows), "csv")
    assert not {one.thing for one in first} & {one.thing for one in elsewhere}


def test_two_entries_with_one_id_are_two_and_the_same_twice_is_one() -> None:
    when = datetime(2024, 7, 1, tzinfo=UTC)
    entries: list[Entry | Skipped] = [
        Entry(1, when, {"happened": "one"}, key="A"),
        Entry(2, when, {"happened": "another"}, key="A"),
        Entry(3, when, {"happened": "one"}, key="A"),
    ]
    things = [one.thing for one in made(entries) if isinstance(one, Incoming)]
    assert things[0] == things[2] != things[1]


def test_a_change_there_is_a_later_revision_of_the_same_thing() -> None:
    when = datetime(2024, 7, 1, tzinfo=UTC)
    before, after = (
        made([Entry(1, when, {"happened": words}, key="A", changed=changed)])[0]
        for words, changed in (("one", when), ("one, reworded", datetime(2024, 8, 1, tzinfo=UTC)))
    )
    assert isinstance(before, Incoming)
    assert isinstance(after, Incoming)
    assert before.thing == after.thing
    assert before.id < after.id


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-07-01", "2024-07-01T11:00"),
        ("2024-07-01T09:00:00Z", "2024-07-01T09:00"),
        ("2024-07-01T09:00:00.123456+02:00", "2024-07-01T07:00"),
        ("2024-07-01 9:00 PM", "2024-07-01T20:00"),
        ("2024-07-01 12:30 am", "2024-06-30T23:30"),
        ("2024/7/1 9.05", "2024-07-01T08:05"),
        ("1.7.2024, 21:05", "2024-07-01T20:05"),
        ("1 July 2024", "2024-07-01T11:00"),
        ("Monday, 1st July 2024 at 9:05 p.m.", "2024-07-01T20:05"),
        ("Jul 1, 2024 09:05", "2024-07-01T08:05"),
        ("1719824400", "2024-07-01T09:00"),
        ("1719824400123", "2024-07-01T09:00"),
        # Twice that night; the first is taken. And an hour that was not.
        ("2024-10-27 01:30", "2024-10-27T00:30"),
        ("2024-03-31 01:30", "2024-03-31T01:30"),
        ("5/5/2024", "2024-05-05T11:00"),
    ],
)
def test_dates_of_all_sorts(text: str, utc: str) -> None:
    assert read_when(text, ZONE).astimezone(UTC).isoformat()[:16] == utc


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "It tells no date."),
        ("03/04/2024", "Its date can be read in two ways: is the day first, or the month?"),
        ("2024-13-01", "Its date cannot be read."),
        ("31.02.2024", "Its date cannot be read."),
        ("2024-07-01 25:00", "Its date cannot be read."),
        ("2024-07-01 13:00 pm", "Its date cannot be read."),
        ("1 Juillet 24", "Its date cannot be read."),
        ("yesterday", "Its date cannot be read."),
        ("2024-07-01x", "Its date cannot be read."),
    ],
)
def test_dates_that_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(NoDate) as told:
        read_when(text, ZONE)
    assert str(told.value) == sentence


@given(st.text())
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    try:
        assert read_when(text, ZONE).tzinfo is not None
    except NoDate as told:
        assert str(told).endswith((".", "?"))


@given(st.text(), st.sampled_from(["", "daylio", "jrnl", "markdown", "csv", "freecbt", "dayone"]))
def test_any_text_as_any_program_is_read_or_refused(text: str, source: str) -> None:
    try:
        arriving = read_text(as_text(text.encode("utf-8", "replace")), CHOICES, source=source)
        told = made(list(arriving.entries), source or arriving.source)
    except NotReadable as why:
        assert str(why)
    else:
        assert all(isinstance(one, Skipped) or is_usable(one.id) for one in told)


def test_a_million_lines() -> None:
    lines = (f"line {number}" for number in count())
    text = "\n".join(
        f"[2024-07-{day:02} 09:00] {next(lines)}" if number % 500 == 0 else next(lines)
        for number in range(1_000_000)
        for day in (number // 500 % 28 + 1,)
    )
    arriving = read_text(text, CHOICES)
    entries = list(arriving.entries)
    assert (arriving.source, len(entries)) == ("jrnl", 2000)
    assert sum(entry.values["happened"].count("line") for entry in entries) == 1_000_000


def test_a_folder_tells_its_files_by_name_and_leaves_out_what_is_hidden(tmp_path: Path) -> None:
    (tmp_path / ".trash").mkdir()
    (tmp_path / ".trash" / "2024-07-01.md").write_text("gone")
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "2024-07-01.md").write_text("One.")
    (tmp_path / "a.md").write_text("No date.")
    (tmp_path / "b.txt").write_bytes(b"date: \xff")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    arriving = read_folder(tmp_path, CHOICES)
    told = list(arriving.entries)
    assert arriving.names == ("2024/2024-07-01.md", "a.md", "b.txt")
    assert [getattr(one, "reason", None) for one in told] == [
        None,
        "It tells no date.",
        "It is not UTF-8 text.",
    ]
    with pytest.raises(NotReadable, match="holds no Markdown"):
        read_folder(tmp_path / ".trash" / "none", CHOICES)


def test_a_thing_is_no_hash_of_the_words_alone() -> None:
    """Whoever has the disk and guesses the entry cannot see whether the guess was right."""
    entries = daylio(row("a secret"))
    (one,), (other,) = (
        list(incoming("daylio", entries, secret=secret)) for secret in (SECRET, bytes(32))
    )
    assert isinstance(one.thing, UUID)
    assert one.thing != other.thing
