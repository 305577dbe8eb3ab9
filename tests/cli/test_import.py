"""Taking it out and in again: as JSON Lines, sealed or not, as one table of numbers."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Lived, move_in
from tests.cli.living import ANSWER, PASSPHRASE, VOICE
from tests.site.running import run

pytestmark = pytest.mark.slow

DANGER = "I want to kill myself tonight."
CHEAP = {"SECONDVOICE_KDF_MEMORY_KIB": "8192", "SECONDVOICE_KDF_PASSES": "1"}


def say(*arguments: object) -> tuple[int, str, str]:
    done = run(*arguments, stdin=f"{PASSPHRASE}\n".encode(), **CHEAP)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def export(lived: Lived, out: Path, kind: str, *arguments: object) -> Path:
    status, _, said = say(
        "export", "--data", lived.data, "--format", kind, "--out", out, *arguments
    )
    assert (status, said) == (0, "")
    return out


def things(lived: Lived, out: Path) -> dict[str, object]:
    export(lived, out, "jsonl")
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()[1:-1]]
    return {one["thing"]: one["value"] for one in told if one["kind"] == "moment"}


def test_json_lines_say_what_they_are_and_how_many(lived: Lived, tmp_path: Path) -> None:
    lines = export(lived, tmp_path / "e", "jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[0])["format"] == "secondvoice-export"
    assert json.loads(lines[2])["value"]["voice"] == VOICE
    assert json.loads(lines[-1]) == {"end": True, "records": 3}


@pytest.mark.parametrize("kind", ["jsonl", "json"])
def test_it_comes_in_elsewhere_once_and_is_undone(lived: Lived, tmp_path: Path, kind: str) -> None:
    mine = things(lived, tmp_path / "mine")
    file = export(lived, tmp_path / "e", kind)
    new = tmp_path / "new"
    other = move_in(new)
    before = things(other, tmp_path / "before")
    status, said, _ = say("import", file, "--dry-run", "--data", new)
    assert (status, said.splitlines()[0]) == (
        0,
        "Would come in: 2 of moment. Would be changed: nothing. Nothing was changed yet.",
    )
    assert things(other, tmp_path / "dry") == before
    status, said, _ = say("import", file, "--data", new)
    assert (status, said.splitlines()[0]) == (0, "Came in: 2 of moment. Changed: nothing.")
    assert "1 of settings: What you chose here stays. (line 4)" in said
    assert things(other, tmp_path / "after") == before | mine
    status, said, _ = say("import", file, "--data", new)
    assert (status, said.splitlines()[0]) == (0, "Came in: nothing. Changed: nothing.")
    status, said, _ = say("import", "--undo", "--data", new)
    assert (status, said) == (0, "The last import is undone: 2 things taken back.\n")
    assert things(other, tmp_path / "undone") == before
    status, _, said = say("import", "--undo", "--data", new)
    assert (status, said) == (1, "There is no import to undo.\n")


@pytest.mark.parametrize("days", [1, 100])
def test_words_of_danger_of_the_last_days_that_come_in_lead_to_people(
    lived: Lived, tmp_path: Path, days: int
) -> None:
    file = export(lived, tmp_path / "e", "jsonl")
    at = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    lines = file.read_text("utf-8").splitlines()
    moment = json.loads(lines[1])
    moment |= {"happened_at": at, "value": {**moment["value"], "why": DANGER}}
    lines[1] = json.dumps(moment)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    new = tmp_path / "new"
    move_in(new)
    status, said, _ = say("import", file, "--data", new)
    assert status == 0
    assert ("on the page Support" in said) == (days == 1)
    assert DANGER not in said


def test_a_sealed_export_holds_no_word_and_opens_with_its_passphrase(
    lived: Lived, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("another heron entirely\n")
    file = export(lived, tmp_path / "e", "jsonl", "--seal-passphrase-file", secret)
    raw = file.read_bytes()
    assert raw.startswith(b"secondvoice-sealed 1 ")
    for word in (VOICE, ANSWER, "moment", "Sam"):
        assert word.encode() not in raw
    arguments = ("import", file, "--data", lived.data, "--seal-passphrase-file")
    status, said, _ = say(*arguments, secret)
    assert (status, "2 of moment: It is here already." in said) == (0, True)
    secret.write_text("something else\n")
    status, _, said = say(*arguments, secret)
    assert (status, said) == (
        1, f"{file} does not open. That does not open it. Check it and try again.\n",
    )  # fmt: skip
    file.write_bytes(raw[:-20])
    secret.write_text("another heron entirely\n")
    status, _, said = say(*arguments, secret)
    assert (status, "The file was changed or cut off" in said) == (1, True)


def test_a_short_passphrase_seals_nothing(lived: Lived, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("short\n")
    status, _, said = say(
        "export", "--data", lived.data, "--format", "jsonl", "--out", tmp_path / "e",
        "--seal-passphrase-file", secret,
    )  # fmt: skip
    assert (status, said.startswith("The passphrase for the file needs 8 characters.")) == (1, True)
    assert not (tmp_path / "e").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: lines[:-1], "ends too early: it was cut off. Nothing was brought in."),
        (lambda lines: lines[:1] + lines[2:], "does not hold as many records as it says."),
        (lambda lines: ["a letter"], "is of no program that is known here."),
        (lambda lines: ["{}"], "is JSON of no program that is known here."),
        (
            lambda lines: [lines[0].replace('"version": 1', '"version": 2'), *lines[1:]],
            "was written by a newer version of Second Voice. Update the program.",
        ),
    ],
    ids=["cut off", "a line is missing", "a letter", "another thing", "from tomorrow"],
)
def test_a_file_that_is_not_whole_brings_nothing_in(
    lived: Lived, tmp_path: Path, change: object, sentence: str
) -> None:
    file = export(lived, tmp_path / "e", "jsonl")
    lines = file.read_text("utf-8").replace("01", "02").splitlines()
    file.write_text("\n".join(change(lines)) + "\n", "utf-8")
    status, _, said = say("import", file, "--data", lived.data)
    assert (status, f"{file} {sentence}" in said) == (1, True), said


def test_a_line_that_is_no_record_is_told_by_its_number_and_no_word_of_it(
    lived: Lived, tmp_path: Path
) -> None:
    file = export(lived, tmp_path / "e", "jsonl")
    lines = file.read_text("utf-8").splitlines()
    lines[1] = lines[1].replace('"happened_at"', '"happend_at"')
    file.write_text("\n".join(lines) + "\n", "utf-8")
    status, said, wrong = say("import", file, "--data", lived.data)
    assert (status, wrong) == (1, "")
    assert "1 of line: The line is no record. (line 2)" in said
    assert "愚か" not in said


def test_numbers_are_one_table_without_a_word(lived: Lived, tmp_path: Path) -> None:
    file = export(lived, tmp_path / "e.csv", "csv")
    with file.open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["happened_at"], row["of"], row["name"], row["value"]) for row in rows] == [
        ("2026-03-02T14:05:00+00:00", "how_hard", "before", "7"),
        ("2026-03-02T14:05:00+00:00", "how_hard", "after", "4"),
    ]
    assert VOICE not in file.read_text("utf-8")


def test_the_schema_in_the_documentation_is_todays() -> None:
    root = Path(__file__).parent.parent.parent
    status, said, _ = say("schema")
    assert status == 0
    assert (root / "docs" / "export.schema.json").read_text("utf-8") == said
    kinds = [
        option["properties"]["kind"]["const"]
        for option in json.loads(said)["oneOf"]
        if "kind" in option["properties"]
    ]
    assert {"moment", "settings", "taking", "check_ins"} <= set(kinds)


def test_a_diary_of_another_program_comes_in_and_no_word_of_it_is_printed(
    lived: Lived, tmp_path: Path
) -> None:
    file = tmp_path / "d.csv"
    file.write_text(
        "full_date,date,weekday,time,mood,activities,note_title,note\r\n"
        "2024-07-01,,,10:30 PM,rad,work | friends,,I want to kill myself\r\n"
        "2024-07-45,,,10:30 PM,meh,,,a heron\r\n",
        "utf-8-sig",
    )
    before = things(lived, tmp_path / "before")
    status, said, wrong = say("import", file, "--dry-run", "--data", lived.data)
    assert (status, wrong) == (1, "")
    assert said.splitlines() == [
        "Read as: daylio.",
        "Would come in: 1 of moment. Would be changed: nothing. Nothing was changed yet.",
        "Passed over: 1.",
        "  1 of line: Its date cannot be read. (line 3)",
    ]
    _, said, _ = say("import", file, "--data", lived.data, "--zone", "Asia/Tokyo")
    assert said.count("Some of what came in sounds very heavy.") == 1
    assert "heron" not in said
    assert "kill" not in said
    (came,) = [one for one in things(lived, tmp_path / "a").values() if one not in before.values()]
    assert came["happened"] == "I want to kill myself\n\nMood: rad\nActivities: work, friends"
    assert came["zone"] == "Asia/Tokyo"
    say("import", "--undo", "--data", lived.data)
    assert things(lived, tmp_path / "undone") == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--zone", "Middle/Earth"], "There is no time zone 'Middle/Earth'."),
        (["--map", "Text"], "Write --map as COLUMN=FIELD"),
        (["--map", "Text=nonsense"], "cannot be mapped to 'nonsense'. There are: date, time,"),
        (["--map", "Wort=happened"], "has no column 'Wort'. It has: When, Text."),
        (["--map", "Text=happened"], "needs a column with the date: --map COLUMN=date."),
        ([], "is a table that no program known here writes."),
        (["--from", "jrnl"], "does not begin with an entry of jrnl."),
    ],
)
def test_what_is_not_understood_brings_nothing_in(
    lived: Lived, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    file = tmp_path / "t.csv"
    file.write_text("When,Text\n2024-07-01,Hello\n")
    status, said, wrong = say("import", file, "--data", lived.data, *arguments)
    assert (status, said) == (1, "")
    assert sentence in wrong


def test_a_folder_and_a_table_by_its_columns(lived: Lived, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "2024-07-01.md").write_text("One.")
    (folder / "undated.md").write_text("Two.")
    status, said, _ = say("import", folder, "--data", lived.data)
    assert (status, "Came in: 1 of moment." in said) == (1, True)
    assert "1 of file: It tells no date. (file undated.md)" in said
    table = tmp_path / "t.csv"
    table.write_text("When,Text\n03/04/2024,Hello\n")
    asked = ("--map", "When=date", "--map", "Text=voice")
    status, said, _ = say("import", table, "--data", lived.data, *asked)
    assert (status, "in two ways" in said) == (1, True)
    status, said, _ = say("import", table, "--data", lived.data, *asked, "--dates", "dmy")
    assert (status, "Came in: 1 of moment." in said) == (0, True)
