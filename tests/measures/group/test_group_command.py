"""``secondvoice group``: the table that a researcher sees, and the sentences where there is none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow.csv
import pyarrow.parquet
import pytest

from tests.measures.group import golden
from tests.site.running import run

if TYPE_CHECKING:
    from pathlib import Path

SCS_SF, LATER = golden.FOLDER / "scs-sf.csv", golden.FOLDER / "scs-sf-later.csv"


def test_the_table_tells_reliability_items_retest_and_models() -> None:
    done = run("group", "scs-sf", SCS_SF, "--retest", LATER, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "scs-sf: 340 people; 10 left out, who lack an answer."
    (_, retest, *_) = [line for line in lines if line.startswith("total ")]
    (total, *_) = [line for line in lines if line.startswith("total ")]
    assert total.split() == [
        "total", "12", "3.00", "0.63", "0.0%", "0.0%", "0.835", "0.808–0.860", "0.841",
        "0.816–0.866", "0.25",
    ]  # fmt: skip
    assert retest.split() == [
        "total", "179", "0.714", "0.634–0.779", "0.713", "0.633–0.778", "0.34", "0.93",
    ]  # fmt: skip
    assert any(line.split()[:4] == ["two", "142.50", "53", "<.001"] for line in lines)
    assert max(map(len, lines)) <= 110


def test_as_json_the_loadings_are_there_too(tmp_path: Path) -> None:
    parquet = tmp_path / "scs.parquet"
    table = pyarrow.csv.read_csv(golden.FOLDER / "scs.csv")
    pyarrow.parquet.write_table(table, parquet)
    done = run("group", "scs", parquet, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert (found["instrument"], found["n"], found["left_out"]) == ("scs", 400, 0)
    models = {each["model"]: each for each in found["models"]}
    theirs = golden.said("factors")["fits"]["scs"]["bifactor"]
    standard = {p["name"]: p["standardised"] for p in models["bifactor"]["parameters"]}
    assert standard == pytest.approx(
        dict(zip(theirs["parameters"], theirs["standard"], strict=True)), rel=1e-4, abs=1e-4
    )
    total = next(row for row in found["scores"] if row["score"] == "total")
    assert total["alpha"]["value"] == pytest.approx(0.929052127072765)


def test_a_group_too_small_for_a_factor_model_still_has_its_alpha(tmp_path: Path) -> None:
    few = tmp_path / "few.csv"
    few.write_text("".join(SCS_SF.read_text("utf-8").splitlines(keepends=True)[:11]), "utf-8")
    done = run("group", "scs-sf", few)
    assert done.returncode == 0
    text = done.stdout.decode()
    assert "needs more people than that; 10 answered every item." in text
    assert not any(line.startswith("model ") for line in text.splitlines())


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ((",4,", ",often,"), "line 2, column scs_sf_1: no number where a whole number from 1 to 5"),
        ((",4,", ",6,"), "line 2, column scs_sf_1: a number off the scale where a whole number"),
        ((",4,", ","), "line 2: 12 cells where the first line has 13."),
        (("person", "scs_sf_1"), "Two columns have the same name: scs_sf_1, columns 1 and 2."),
        (("person", "SCS_SF_1"), "Two columns can be scs_sf_1: SCS_SF_1, scs_sf_1."),
    ],
)
def test_a_slip_is_told_with_its_place_before_anything_is_computed(
    tmp_path: Path, spoilt: tuple[str, str], said: str
) -> None:
    head = "person," + ",".join(f"scs_sf_{n}" for n in range(1, 13))
    file = tmp_path / "spoilt.csv"
    file.write_text((head + "\na,4" + ",2" * 11 + "\n").replace(*spoilt, 1), "utf-8")
    done = run("group", "scs-sf", file)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith(f"{file}: {said}")


def test_gaps_separators_and_capitals_are_those_that_scoring_takes(tmp_path: Path) -> None:
    file = tmp_path / "excel.csv"
    head, *rows = SCS_SF.read_text("utf-8").splitlines()
    text = "\n".join([head.upper(), *rows]).replace(",,", ",NA,").replace(",", ";")
    file.write_text("\ufeff" + text + "\n", "utf-8")
    done = run("group", "scs-sf", file)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == run("group", "scs-sf", SCS_SF).stdout


def test_a_damaged_file_is_told_by_the_row(tmp_path: Path) -> None:
    file = tmp_path / "damaged.parquet"
    pyarrow.parquet.write_table(pyarrow.csv.read_csv(SCS_SF), file)
    whole = bytearray(file.read_bytes())
    whole[200:2000] = b"\xff" * 1800
    file.write_bytes(whole)
    done = run("group", "scs-sf", file)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        f"{file}: row 1 and those after it cannot be read; the file is damaged. Fetch it once "
        "more.\n"
    )


def test_who_is_there_twice_on_one_occasion_is_told_by_the_line(tmp_path: Path) -> None:
    later = tmp_path / "later.csv"
    lines = LATER.read_text("utf-8").splitlines()
    later.write_text("\n".join([*lines, lines[4]]) + "\n", "utf-8")
    done = run("group", "scs-sf", SCS_SF, "--retest", later)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        f"{later}: line {len(lines) + 1}, column person: the same person as in line 5. Leave one "
        "row for each person.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scs", "no.csv"), "no.csv: there is no such file."),
        (("scs", "answers.xlsx"), "answers.xlsx: only .parquet and .csv are read."),
        (("scs-26", SCS_SF), "There is no measure called scs-26."),
        (("scs", SCS_SF), "SCS needs a column for each of its 26 items; missing: scs_1, scs_2,"),
        (("rses", SCS_SF), "is a card without its questions"),
        (
            ("scs-sf", SCS_SF, "--retest", LATER, "--person", "code"),
            "The first table has no column 'code'",
        ),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    arguments: tuple[object, ...], said: str
) -> None:
    done = run("group", *arguments)
    assert (done.returncode, done.stdout) == (1, b"")
    assert said in done.stderr.decode()
