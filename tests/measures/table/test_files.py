"""Files of answers: what can be read, what is said of what cannot, and that nothing is lost."""

from __future__ import annotations

import gzip

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from secondvoice import measures
from secondvoice.measures import TableError
from secondvoice.measures.table import delimited
from tests.measures.table.conftest import HEAD, Desk

ROW = "a,1,2,3,0,\n"
SCALE = "where a whole number from 0 to 3 belongs"


def test_the_scores_stand_beside_the_columns_that_are_no_answers(desk: Desk) -> None:
    counts = desk.score(desk.put(HEAD + '007,1,2,3,0,"said ""so"", twice"\n'))
    assert (counts.rows, counts.bad, counts.slips) == (1, 0, 0)
    new = ",".join(f'"{name}"' for name in measures.new_columns(measures.instrument("phq-4")))
    head, row = desk.lines()
    assert head == f'"id","note",{new}'
    assert row.startswith('"007","said ""so"", twice",')


@pytest.mark.parametrize(
    "content",
    [
        HEAD + ROW,
        "\ufeff" + HEAD + ROW,
        (HEAD + ROW).replace(",", ";"),
        (HEAD + ROW).replace(",", "\t"),
        (HEAD + ROW).replace("\n", "\r\n"),
        "\n" + HEAD + "\n\n" + ROW.rstrip("\n"),
        HEAD + '"a"," 1 ",2.0,"3",0,\n',
        HEAD.upper() + ROW,
        gzip.compress((HEAD + ROW).encode(), mtime=0),
    ],
    ids=["plain", "bom", "semicolons", "tabs", "windows", "blanks", "quoted", "capitals", "gzip"],
)
def test_the_ways_in_which_programs_save_tables_are_read(desk: Desk, content: str | bytes) -> None:
    assert desk.score(desk.put(content), "scores.parquet").bad == 0
    (row,) = pq.read_table(desk.folder / "scores.parquet").to_pylist()
    assert (row["phq_4_total"], row["phq_4_answered"]) == (6.0, 4)
    assert {name.lower(): value for name, value in row.items()}["id"] == "a"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the file is empty. It needs a first line"),
        ("\ufeff\n\n", "the file is empty"),
        (HEAD, "there are names of columns and no rows below them."),
        (HEAD.replace("phq_4_3", "q3") + ROW, "No column for phq_4_3 (1 of 4 items)."),
        (HEAD.replace(",", "|"), "No column is called like an item of PHQ-4"),
        (HEAD.replace("note", "id") + ROW, "Two columns have the same name: id, columns 1 and 6."),
        ((HEAD + ROW + "b,1,1,1,1,\xe9\n").encode("latin-1"), "line 3: this is not UTF-8 text."),
        (HEAD.encode("utf-16"), "line 1: this is not UTF-8 text."),
        ((HEAD + ROW).replace("\n", "\r"), "line 1: lines end in the way of old Macs."),
        (HEAD + ROW + '"b,1,2,3,0,\n' + ROW, "line 3: a quotation mark is opened in this row"),
        (gzip.compress((HEAD + ROW).encode(), mtime=0)[:-9], "the file cannot be read to its end"),
        (b"PAR1 and then no more", "this is no whole Parquet file; its end is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_leaves_nothing(
    desk: Desk, content: str | bytes, said: str
) -> None:
    file = desk.put(content)
    with pytest.raises(TableError) as caught:
        desk.score(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert said in str(caught.value)
    assert desk.names() == {"answers.csv"}


def test_rows_with_slips_stay_in_their_place_and_are_told_by_line_and_column(desk: Desk) -> None:
    file = desk.put(
        HEAD
        + 'a,1,2,3,0,"two\nlines"\n'
        + 'b,1,6,3,0,\n\nc,x,2,3,"1,5",\nd,1,2.5,,0,\ne,1,2\nf,1,2,3,0,,,\ng,0,0,NA,0,'
    )
    counts = desk.score(file, report=desk.folder / "report.csv")
    assert (counts.rows, counts.bad, counts.slips) == (7, 5, 6)
    assert desk.slips == [
        f"line 4, column phq_4_2: a number off the scale {SCALE}",
        f"line 6, column phq_4_1: no number {SCALE}",
        f"line 6, column phq_4_4: a decimal comma {SCALE}",
        f"line 7, column phq_4_2: a fraction {SCALE}",
        "line 8: 3 cells where the first line has 6",
        "line 9: 8 cells where the first line has 6",
    ]
    report = desk.lines("report.csv")
    assert report[:2] == [
        "line,column,problem", f"4,phq_4_2,a number off the scale {SCALE}"
    ]  # fmt: skip
    assert len(report) == 7
    again = desk.score(file, "scores.parquet")
    assert again == counts
    rows = pq.read_table(desk.folder / "scores.parquet").to_pylist()
    assert [row["id"] for row in rows] == list("abcdefg")
    assert [row["phq_4_total"] for row in rows] == [6.0, *[None] * 6]
    assert [row["phq_4_answered"] for row in rows] == [4, *[None] * 5, 3]
    assert rows[2]["phq_4_problems"] == (
        f"phq_4_1: no number {SCALE}; phq_4_4: a decimal comma {SCALE}"
    )
    assert rows[6]["phq_4_problems"] is None


def test_lines_are_right_across_pieces(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file larger than what is read at once gives what it gives in one piece."""
    notes = ["", "one\n;", "one\n;two\n;"]
    rows = [f'{n},1,2,3,{9 if n % 50 == 0 else 0},"{notes[n % 3]}"\n' for n in range(400)]
    file = desk.put(HEAD + "".join(rows))
    desk.score(file, "one.csv")
    whole, desk.slips = desk.slips, []
    monkeypatch.setattr(delimited, "PIECE", 257)
    monkeypatch.setattr(delimited, "ROWS", 7)
    counts = desk.score(file, "many.csv")
    assert (counts.rows, counts.bad) == (400, 8)
    assert desk.slips == whole
    assert desk.lines("many.csv") == desk.lines("one.csv")
    lines = (HEAD + "".join(rows)).split("\n")
    numbers = [int(slip.split(",")[0].removeprefix("line ")) for slip in whole]
    assert [lines[at - 1].split(",")[0] for at in numbers] == [str(n) for n in range(0, 400, 50)]


def test_a_parquet_file_gives_rows_and_keeps_types(desk: Desk) -> None:
    table = pa.table(
        {f"phq_4_{n}": [1, 2, 7] for n in range(1, 5)}
        | {"when": pa.array([0, 1, 2], pa.timestamp("ms")), "site": pa.array(["x", "y", "x"])}
    )
    table = table.set_column(5, "site", table["site"].dictionary_encode())
    pq.write_table(table, desk.folder / "answers.parquet")
    counts = desk.score(desk.folder / "answers.parquet", "scores.parquet", answers=True)
    assert (counts.rows, counts.bad, counts.slips) == (3, 1, 4)
    assert desk.slips[0] == f"row 3, column phq_4_1: a number off the scale {SCALE}"
    scored = pq.read_table(desk.folder / "scores.parquet")
    assert scored.select(table.column_names).equals(table)
    assert scored["phq_4_total"].to_pylist() == [4.0, 8.0, None]
    desk.score(desk.folder / "answers.parquet", "scores.csv")
    assert desk.lines()[1].startswith('1970-01-01 00:00:00.000,"x",')


def test_what_is_in_memory_does_not_grow_with_the_file(desk: Desk) -> None:
    """Only a piece of the file is held at a time, which here is a fraction of it."""
    held: list[int] = []
    before = pa.total_allocated_bytes()
    row = pa.table({f"phq_4_{n}": [0, 1, 2, 3] * 2500 for n in range(1, 5)})
    with pq.ParquetWriter(
        desk.folder / "long.parquet", row.schema, compression="none", use_dictionary=False
    ) as file:
        for _ in range(60):
            file.write_table(row)
    counts = desk.score(
        desk.folder / "long.parquet",
        "scores.parquet",
        progress=lambda _done, _rows: held.append(pa.total_allocated_bytes()),
    )
    assert counts.rows == 600_000
    size = (desk.folder / "long.parquet").stat().st_size
    assert size > 19_000_000
    assert max(held) - before < size / 2


def test_what_csv_cannot_hold_is_named(desk: Desk) -> None:
    table = pa.table({f"phq_4_{n}": [1] for n in range(1, 5)} | {"tags": [["a", "b"]]})
    pq.write_table(table, desk.folder / "answers.parquet")
    with pytest.raises(TableError, match=r"The column tags holds list.*, which CSV cannot"):
        desk.score(desk.folder / "answers.parquet")
    assert desk.names() == {"answers.parquet"}
    desk.score(desk.folder / "answers.parquet", "scores.parquet")


def test_a_parquet_file_that_is_cut_off_or_damaged_is_told(desk: Desk) -> None:
    table = pa.table({f"phq_4_{n}": [1, 2, 3] * 40_000 for n in range(1, 5)})
    pq.write_table(table, desk.folder / "whole.parquet", compression="none", use_dictionary=False)
    whole = (desk.folder / "whole.parquet").read_bytes()
    cut = desk.put(whole[: len(whole) // 2], "cut.parquet")
    with pytest.raises(TableError, match="its end is missing or damaged"):
        desk.score(cut)
    half = len(whole) // 2
    torn = desk.put(whole[:half] + b"\xff" * 900_000 + whole[half + 900_000 :], "torn.parquet")
    with pytest.raises(TableError, match=r"row \d+ and those after it cannot be read"):
        desk.score(torn)
    assert desk.names() == {"whole.parquet", "cut.parquet", "torn.parquet"}


def test_nothing_that_is_there_is_lost(desk: Desk) -> None:
    file = desk.put(HEAD + ROW)
    desk.put("mine", "scores.csv")
    with pytest.raises(TableError, match="is there already and was left as it is"):
        desk.score(file)
    assert desk.lines() == ["mine"]
    (desk.folder / "link.csv").symlink_to(file)
    for out, report in (("answers.csv", None), ("link.csv", None), ("new.csv", "answers.csv")):
        with pytest.raises(TableError, match="is the file with the answers, which is never over"):
            desk.score(file, out, report=report and desk.folder / report, force=True)
    with pytest.raises(TableError, match="cannot be in one file"):
        desk.score(file, report=desk.folder / "scores.csv", force=True)
    with pytest.raises(TableError, match=r"a name that ends in .csv or .parquet"):
        desk.score(file, "scores.xlsx")
    assert file.read_text() == HEAD + ROW
    desk.score(file, force=True)
    assert len(desk.lines()) == 2


def test_a_place_that_cannot_be_written_to_is_told(desk: Desk) -> None:
    with pytest.raises(TableError, match=r"cannot be written .*choose another place with --out"):
        desk.score(desk.put(HEAD + ROW), "no-folder/scores.csv")
    with pytest.raises(TableError, match=r"none.csv cannot be read \(No such file"):
        desk.score(desk.folder / "none.csv")
    with pytest.raises(TableError, match="is no file"):
        desk.score(desk.folder)


def test_the_first_who_is_there_twice_is_found_across_the_pieces_of_a_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "PIECE", 64)
    people = [f"p{n}" for n in range(200)]
    people[150], people[180], people[190] = "p7", "", ""
    file = desk.put(HEAD + "".join(f"{who},1,2,3,0,\n" for who in [*people, "p3", "p7"]))
    with pytest.raises(
        TableError,
        match=r"line 152, column id: the same person as in line 9 \(and 2 more rows like it\)",
    ):
        desk.score(file, person="id")
    assert desk.names() == {"answers.csv"}
    with pytest.raises(TableError, match="There is no column phq_4_1 to tell people apart by"):
        desk.score(file, person="phq_4_1")
