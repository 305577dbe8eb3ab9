"""Bringing in a file in the browser: looked at first, then in, then back out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from secondvoice.arriving.forms import LARGEST
from secondvoice.moments.record import Moment
from secondvoice.records.models import Record
from secondvoice.records.models.store import of
from secondvoice.vault import KdfParams, seal_file
from tests.cast import move_in
from tests.site.addresses import sit_down

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Someone

FILE_PASSPHRASE = "amber kettle north nine"
JRNL = "[2024-07-01 09:00] One <b>\nwith a body\n[2024-07-32 09:00] nonsense\n"
TABLE = "When;Text;Mood\n03/04/2024;Hello;4\n"
OWN_HEAD = b'{"format": "secondvoice-export", "version": 1}\n'


def choose(alice: Someone, text: str | bytes, name: str = "j.txt", **fields: str) -> HttpResponse:
    raw = text.encode() if isinstance(text, str) else text
    return alice.client.post(
        "/settings/import/", {"file": SimpleUploadedFile(name, raw), **fields}, follow=True
    )


def words(alice: Someone) -> list[str]:
    return [item.value.happened for item in alice.door.all("moment")]


def take_back(alice: Someone, page: str) -> str:
    """Press the button of that page."""
    (meant,) = re.findall(r'name="import" value="([^"]+)"', page)
    response = alice.client.post("/settings/import/undo/", {"import": meant}, follow=True)
    return response.content.decode()


def kinds(alice: Someone) -> set[str]:
    return {item.kind for item in alice.door.log()}


def test_it_is_shown_first_brought_in_and_taken_back(alice: Someone) -> None:
    page = choose(alice, JRNL).content.decode()
    assert "a journal of jrnl" in page
    assert "1 moment" in page
    assert "One &lt;b&gt;" in page
    assert "Its date cannot be read." in page
    assert "line 3" in page
    assert "nonsense" not in page
    assert words(alice) == []
    page = alice.client.post("/settings/import/bring/").content.decode()
    assert "It is in" in page
    assert words(alice) == ["One <b>\nwith a body"]
    # Nothing of the file stays behind.
    assert "import_waiting" not in kinds(alice)
    assert alice.client.post("/settings/import/bring/")["Location"] == "/settings/import/"
    assert "Taken back: 1." in take_back(alice, page)
    assert words(alice) == []


def test_the_file_waits_sealed_and_goes_when_let_go(alice: Someone) -> None:
    choose(alice, JRNL)
    assert of(Record, alice.person).count() == 1
    assert all(b"with a body" not in bytes(row.sealed) for row in of(Record, alice.person))
    assert (
        "A file that you chose is waiting" in alice.client.get("/settings/import/").content.decode()
    )
    choose(alice, JRNL.replace("One", "Uno"))
    assert [
        item.value.text[19:22] for item in alice.door.log() if item.kind == "import_waiting"
    ] == ["Uno"]
    alice.client.post("/settings/import/let-go/")
    assert "import_waiting" not in kinds(alice)
    assert alice.client.get("/settings/import/look/")["Location"] == "/settings/import/"


def test_a_table_of_no_known_program_is_explained_by_its_owner(alice: Someone) -> None:
    page = choose(alice, TABLE, "t.csv", dates="dmy").content.decode()
    assert "What do its columns hold?" in page
    assert "Bring it in" not in page
    asked = {"column": ["", "happened", ""]}
    page = alice.client.post("/settings/import/look/", asked).content.decode()
    assert "needs a column with the date" in page
    asked = {"column": ["date", "happened", ""]}
    page = alice.client.post("/settings/import/look/", asked).content.decode()
    assert "Wednesday 3 April 2024" in page
    alice.client.post("/settings/import/bring/")
    assert words(alice) == ["Hello\n\nMood: 4"]


def test_a_day_that_can_be_read_in_two_ways_is_told(alice: Someone) -> None:
    text = (
        "full_date,date,weekday,time,mood,activities,note_title,note\n"
        "03/04/2024,,,10:00,good,,,Hello\n"
    )
    page = choose(alice, text, "d.csv").content.decode()
    assert "is the day first, or the month?" in page
    page = choose(alice, text, "d.csv", dates="mdy").content.decode()
    assert "Monday 4 March 2024" in page


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "That file is empty."),
        (b"\xff\xfe\xff", "That file is not UTF-8 text."),
        (b"caf\xe9", "That file is not UTF-8 text."),
        (b"PK\x03\x04Journal", "That file is a zip file. Unpack it"),
        (b"A letter.", "That file is of no program that is known here."),
        (b"secondvoice-sealed 1 \n", "That file is sealed. Type its passphrase"),
        (b"a" * (LARGEST + 1), "That file is larger than 8 MB."),
        (b"a" * (LARGEST + 200_000), "That file is larger than 8 MB."),
        (b"[2024-07-01 09:00] a\n" * 2501, "There are more than 2,500 entries in it."),
        (OWN_HEAD + b"{}\n" * 10_001 + b'{"end": true, "records": 10001}\n', "more than 10,000"),
    ],
    ids=["empty", "torn", "latin", "zip", "a letter", "sealed", "large", "larger", "many", "own"],
)
def test_what_cannot_come_in_says_why(alice: Someone, raw: bytes, sentence: str) -> None:
    response = choose(alice, raw, "x.bin")
    assert sentence in response.content.decode()
    assert "import_waiting" not in kinds(alice)


def test_no_file_is_no_file(alice: Someone) -> None:
    page = alice.client.post("/settings/import/", {}).content.decode()
    assert "Choose a file first." in page


def test_words_of_danger_lead_to_people_once(alice: Someone) -> None:
    choose(alice, "[2024-07-01 09:00] I want to kill myself.\n")
    page = alice.client.post("/settings/import/bring/").content.decode()
    assert page.count("Some of what came in sounds very heavy.") == 1
    assert 'href="/support/"' in page


def test_an_export_of_this_program_comes_in_here_too(alice: Someone) -> None:
    text = (
        '{"format": "secondvoice-export", "version": 1}\n'
        '{"thing": "00000000-0000-7000-8000-000000000001",'
        ' "id": "018dfc23-7a40-71b3-9ea5-8ffed30f9a58", "kind": "moment", "version": 1,'
        ' "happened_at": "2024-07-01T09:00:00+00:00", "value": {"happened": "Then."}}\n'
        '{"end": true, "records": 1}\n'
    )
    assert "an export of Second Voice" in choose(alice, text, "e.jsonl").content.decode()
    alice.client.post("/settings/import/bring/")
    assert words(alice) == ["Then."]
    assert "it was cut off" in choose(alice, text.rsplit("{", 1)[0]).content.decode()


def sealed_export(voice: str, passphrase: str = FILE_PASSPHRASE, *, passes: int = 1) -> bytes:
    record = {
        "thing": "00000000-0000-7000-8000-000000000001",
        "id": "018dfc23-7a40-71b3-9ea5-8ffed30f9a58",
        "kind": "moment",
        "version": 1,
        "happened_at": "2024-07-01T09:00:00+00:00",
        "value": {"happened": voice},
    }
    lines = (
        {"format": "secondvoice-export", "version": 1},
        record,
        {"end": True, "records": 1},
    )
    parts = [f"{json.dumps(line)}\n".encode() for line in lines]
    return b"".join(seal_file(parts, passphrase, KdfParams(1024, passes, 1)))


def test_a_sealed_export_is_looked_at_brought_in_and_taken_back(alice: Someone) -> None:
    raw = sealed_export("Then, sealed.")
    page = choose(alice, raw, "e.sealed", file_passphrase=FILE_PASSPHRASE).content.decode()
    assert "an export of Second Voice" in page
    assert "1 moment" in page
    assert words(alice) == []
    # It waits as everything is kept: sealed for Alice.
    assert all(b"Then, sealed." not in bytes(row.sealed) for row in of(Record, alice.person))
    assert "It is in" in alice.client.post("/settings/import/bring/").content.decode()
    assert words(alice) == ["Then, sealed."]
    again = choose(alice, raw, "e.sealed", file_passphrase=FILE_PASSPHRASE).content.decode()
    assert "It is here already." in again
    alice.client.post("/settings/import/let-go/")
    take_back(alice, alice.client.get("/settings/import/").content.decode())
    assert words(alice) == []


def test_what_was_taken_out_here_comes_in_elsewhere(alice: Someone) -> None:
    alice.door.keep(Moment(happened="Zq went along."))
    taken = alice.client.post(
        "/settings/take-out/",
        {
            "form": "jsonl",
            "old-passphrase": alice.passphrase,
            "file_passphrase": FILE_PASSPHRASE,
            "file_again": FILE_PASSPHRASE,
        },
    ).content
    bob = move_in()
    sit_down(bob)
    choose(bob, taken, "e.jsonl.sealed", file_passphrase=FILE_PASSPHRASE)
    bob.client.post("/settings/import/bring/")
    assert words(bob) == ["Zq went along."]


@pytest.mark.parametrize(
    ("raw", "passphrase", "sentence"),
    [
        (sealed_export("x"), "not this one", "That does not open the file."),
        (sealed_export("x")[:-5], FILE_PASSPHRASE, "was changed or cut off, and does not open"),
        (sealed_export("x", passes=9), FILE_PASSPHRASE, "more memory or time than is given here"),
        (
            sealed_export("x").replace(b"secondvoice-sealed 1 ", b"secondvoice-sealed 9 "),
            FILE_PASSPHRASE,
            "A newer version of Second Voice sealed that file.",
        ),
    ],
    ids=["wrong", "cut off", "made to cost", "newer"],
)
def test_a_sealed_file_that_does_not_open_says_why(
    alice: Someone, raw: bytes, passphrase: str, sentence: str
) -> None:
    page = choose(alice, raw, "e.sealed", file_passphrase=passphrase).content.decode()
    assert sentence in page
    assert passphrase not in page
    assert "import_waiting" not in kinds(alice)


def test_half_a_letter_is_shown_as_one_that_is_missing(alice: Someone) -> None:
    text = (
        '{"metadata": {}, "entries": [{"uuid": "\\udc00", "text": "a \\ud83d b \\ud83d\\ude48",'
        ' "creationDate": "2024-07-01T09:00:00Z"}, 7]}'
    )
    page = choose(alice, text, "Journal.json").content.decode()
    assert "a \ufffd b 🙈" in page
    assert "It is no entry." in page
    alice.client.post("/settings/import/bring/")
    assert words(alice) == ["a \ufffd b 🙈"]


def test_it_is_there_for_nobody_else(locked_alice: Someone) -> None:
    for path in ("", "look/"):
        page = locked_alice.client.get(f"/settings/import/{path}").content.decode()
        assert "Bring in what you wrote" not in page
    assert choose(locked_alice, JRNL).status_code == 200
    assert words(locked_alice) == []
