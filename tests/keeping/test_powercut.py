"""The power goes at any instant; whatever was answered is there, and every file is whole or not."""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from uuid import UUID

import pytest

from tests.keeping.house import PASSPHRASE, ROOT, House
from tests.keeping.powercut import Call, Disk, Way, calls, traced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

pytestmark = pytest.mark.slow

SAVES = 60
CUTS = 400
"""For each of the seeds below; a state of the disk is one sample."""
OPENED = 100
"""Of so many cuts one is opened with the passphrase, and everything in it read."""


@dataclass
class Cut:
    """One state in which a power cut may leave the disk."""

    way: Way
    files: dict[str, bytes]
    told: list[str]

    def lay_out(self, folder: Path, place: Path) -> None:
        """Put the files of ``folder`` into the empty folder ``place``."""
        shutil.rmtree(place, ignore_errors=True)
        for path, content in self.files.items():
            if not Path(path).is_relative_to(folder):
                continue
            target = place / Path(path).relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def cuts(disk: Disk, every: Sequence[Call], how_many: int, dice: random.Random) -> Iterator[Cut]:
    """The power goes after calls chosen by chance; every way in which the disk may be then."""
    at = sorted(dice.choices(range(len(every)), k=how_many))
    for number, call in enumerate(every):
        disk.follow(call)
        while at and at[0] == number:
            at.pop(0)
            way = dice.choice(get_args(Way))
            yield Cut(way, disk.image(way, dice), disk.told.decode().splitlines())


def run(house: House, trace: Path, *arguments: str, stdin: str = "") -> list[Call]:
    """What a command of ours did to the disk, from its start to its good end."""
    environment = house.environment(SECONDVOICE_DATA=str(house.data))
    done = traced([sys.executable, "-m", *arguments], trace, environment, ROOT, stdin)
    assert done.returncode == 0, done.stderr
    return list(calls(trace))


def test_the_states_of_the_disk_are_worked_out_as_it_really_was(
    house: House, tmp_path: Path
) -> None:
    disk = Disk(house.data)
    for call in run(house, tmp_path / "trace", *keeping(3)):
        disk.follow(call)
    seen = disk.image("everything", random.Random(0))
    there = {str(path): path.read_bytes() for path in house.data.rglob("*") if path.is_file()}
    assert seen == there


@pytest.mark.parametrize("seed", range(5))
def test_whatever_was_answered_is_there_after_a_power_cut(
    house: House, tmp_path: Path, seed: int
) -> None:
    disk = Disk(house.data)
    every = run(house, tmp_path / "trace", *keeping(seed))
    lines = told_by(every)
    assert len(lines) == SAVES
    place = tmp_path / "after" / "data"
    for number, cut in enumerate(cuts(disk, every, CUTS, random.Random(seed))):
        cut.lay_out(house.data, place)
        said = f"seed {seed}, cut {number}, {cut.way}"
        begun = lines[len(cut.told)] if len(cut.told) < len(lines) else ""
        assert wrong_in(place / "data.sqlite3", cut.told, begun) == [], said
        if number % OPENED == 0:
            everything_opens(House(tmp_path / "after"))


def test_a_save_that_is_answered_before_it_is_on_the_disk_would_be_found(
    house: House, tmp_path: Path
) -> None:
    disk = Disk(house.data)
    every = run(house, tmp_path / "trace", *keeping(0), "NORMAL")
    lines = told_by(every)
    place = tmp_path / "after" / "data"
    for cut in cuts(disk, every, CUTS, random.Random(0)):
        cut.lay_out(house.data, place)
        begun = lines[len(cut.told)] if len(cut.told) < len(lines) else ""
        if wrong_in(place / "data.sqlite3", cut.told, begun):
            return
    pytest.fail("Nothing was lost, although nothing waited for the disk.")


@pytest.mark.parametrize(
    ("command", "name"),
    [(("backup",), "a backup.zip"), (("export", "--format", "json"), "an export.json")],
)
def test_a_file_that_was_made_is_there_whole_and_never_half(
    house: House, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    made = house.root / name
    disk = Disk(house.root)
    said = f"{PASSPHRASE}\n" if command[0] == "export" else ""
    every = run(house, tmp_path / "trace", "secondvoice", *command, "--out", str(made), stdin=said)
    whole = made.read_bytes()
    for cut in cuts(disk, every, CUTS // 4, random.Random(0)):
        assert cut.files.get(str(made), whole) == whole, cut.way
    for way in get_args(Way):
        assert disk.image(way, random.Random(1)).get(str(made)) == whole, way


def test_a_key_file_that_was_made_is_there(house: House, tmp_path: Path) -> None:
    key = house.data / "device.key"
    disk = Disk(house.data)
    script = tmp_path / "make_key.py"
    script.write_text(
        "import sys, pathlib\n"
        "from secondvoice.site.datafolder import write_private\n"
        "write_private(pathlib.Path(sys.argv[1]), 'a key of some length')\n"
    )
    done = traced(
        [sys.executable, str(script), str(key)], tmp_path / "trace", house.environment(), ROOT
    )
    assert done.returncode == 0, done.stderr
    for call in calls(tmp_path / "trace"):
        disk.follow(call)
    for way in get_args(Way):
        assert disk.image(way, random.Random(1))[str(key)] == b"a key of some length", way


def test_what_was_put_back_is_there_and_in_the_middle_of_it_either_the_old_or_the_new(
    house: House, tmp_path: Path
) -> None:
    kept = house.root / "kept.zip"
    assert house.run("backup", "--data", str(house.data), "--out", str(kept)).returncode == 0
    run(house, tmp_path / "before", *keeping(0))
    disk = Disk(house.root)
    every = run(house, tmp_path / "trace", "secondvoice", "restore", str(kept), "--replace")
    place = tmp_path / "after"
    seen = set()
    for cut in cuts(disk, every, CUTS // 4, random.Random(0)):
        cut.lay_out(house.root, place)
        seen.add(things_in(place / "data" / "data.sqlite3"))
    assert len(seen) == 2, seen
    for way in get_args(Way):
        Cut(way, disk.image(way, random.Random(1)), []).lay_out(house.root, place)
        assert things_in(place / "data" / "data.sqlite3") == min(seen), way


def test_everything_that_is_sealed_anew_is_as_before_or_done(house: House, tmp_path: Path) -> None:
    disk = Disk(house.data)
    every = run(house, tmp_path / "trace", "secondvoice", "rekey", "--yes", stdin=f"{PASSPHRASE}\n")
    place = tmp_path / "after" / "data"
    for cut in cuts(disk, every, CUTS // 20, random.Random(0)):
        cut.lay_out(house.data, place)
        everything_opens(House(tmp_path / "after"))
    for way in get_args(Way):
        Cut(way, disk.image(way, random.Random(1)), []).lay_out(house.data, place)
        everything_opens(House(tmp_path / "after"))


def things_in(database: Path) -> int:
    """How many things are in it, of which all are whole."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=rw", uri=True)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return int(opened.execute("SELECT count(*) FROM records_head").fetchone()[0])


def keeping(seed: int) -> tuple[str, ...]:
    return "tests.keeping.acknowledging", PASSPHRASE, str(SAVES), str(seed)


def told_by(every: Sequence[Call]) -> list[str]:
    text = b"".join(one.data for one in every if one.name == "write" and one.number == 1)
    return text.decode().splitlines()


def wrong_in(database: Path, told: Sequence[str], begun: str) -> list[str]:
    """What is not as it was answered. Of the step that had begun, both is right."""
    last = {}
    for line in told:
        thing, stands, made = line.split()
        # A step that made no content leaves the revision open.
        last[thing] = (stands, made)
    open_thing = begun.split(maxsplit=1)[0] if begun else ""
    wrong = []
    with closing(sqlite3.connect(database)) as opened:
        whole = opened.execute("PRAGMA integrity_check").fetchall()
        if whole != [("ok",)]:
            wrong.append(f"The database is not whole: {whole}")
        for thing, (stands, made) in last.items():
            found = opened.execute(
                "SELECT head.record_id, head.deleted_at, length(record.sealed)"
                " FROM records_head head JOIN records_record record ON record.id = head.record_id"
                " WHERE head.thing = ?",
                (UUID(thing).hex,),
            ).fetchall()
            if not found:
                wrong.append(f"{thing} is lost")
                continue
            revision, deleted_at, length = found[0]
            if thing == open_thing:
                continue
            if (stands == "gone") != (deleted_at is not None):
                wrong.append(f"{thing} should be {stands}")
            if made != "-" and revision != UUID(made).hex:
                wrong.append(f"{thing} is not as it was kept last")
            if stands == "there" and not length:
                wrong.append(f"{thing} is empty")
    return wrong


def everything_opens(house: House) -> None:
    export = house.root / "export.json"
    export.unlink(missing_ok=True)
    done = house.run(
        "export", "--data", str(house.data), "--format", "json", "--out", str(export),
        stdin=f"{PASSPHRASE}\n",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "I always get the" in export.read_text()
