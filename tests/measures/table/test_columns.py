"""Finding the columns: by their names, by a mapping, or not, with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from secondvoice import measures
from secondvoice.measures import TableError

if TYPE_CHECKING:
    from pathlib import Path

SHORT = measures.instrument("phq-4")
IDS = [item.id for item in SHORT.items]


def score(*names: str, **options: object) -> pa.Table:
    table = pa.Table.from_arrays([pa.array([1])] * len(names), list(names))
    return measures.score_table(SHORT, table, **options)


def test_columns_may_stand_in_any_order_in_capitals_and_among_others() -> None:
    scored = score("site", *(name.upper() for name in reversed(IDS)))
    assert scored["phq_4_total"].to_pylist() == [4.0]
    assert scored["site"].to_pylist() == [1]


def test_a_mapping_names_the_columns_that_are_called_otherwise(tmp_path: Path) -> None:
    rows = "".join(f"{item},Q{at}\n" for at, item in enumerate(IDS[:3], start=1))
    (tmp_path / "map.csv").write_text(f"Item,Column\n{rows}", "utf-8-sig")
    (tmp_path / "map.toml").write_text(
        "".join(f'{item} = "Q{at}"\n' for at, item in enumerate(IDS[:3], start=1))
    )
    for name in ("map.csv", "map.toml"):
        mapping = measures.read_mapping(tmp_path / name)
        scored = score("Q3", "Q2", "Q1", IDS[3], mapping=mapping)
        assert scored.column_names == list(measures.new_columns(SHORT))


@pytest.mark.parametrize(
    ("names", "mapping", "said"),
    [
        (["a", "b"], {}, "No column is called like an item of PHQ-4 (phq_4_1 to phq_4_4); 2 col"),
        (IDS[:2], {}, "No column for phq_4_3, phq_4_4 (2 of 4 items). Rename"),
        ([*IDS, "x", "x"], {}, "Two columns have the same name: x, columns 5 and 6. Rename"),
        ([*IDS, "PHQ_4_1"], {}, "Two columns can be phq_4_1: phq_4_1, PHQ_4_1."),
        ([*IDS, "phq_4_total"], {}, "There is a column phq_4_total already"),
        (IDS, {"phq_4_9": "x"}, "names an item that PHQ-4 does not have: phq_4_9"),
        (IDS, {"phq_4_1": "Q1"}, "gives phq_4_1 the column Q1, which is not there."),
        (IDS, {"phq_4_1": "phq_4_2"}, "The column phq_4_2 is given to phq_4_1, phq_4_2."),
    ],
)
def test_what_does_not_fit_is_named(names: list[str], mapping: dict[str, str], said: str) -> None:
    with pytest.raises(TableError) as caught:
        score(*names, mapping=mapping)
    assert said in str(caught.value)


def test_a_card_has_nothing_to_score() -> None:
    with pytest.raises(TableError, match="card without its questions"):
        measures.score_table(measures.instrument("rses"), pa.table({"a": [1]}))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("m.csv", "a,b\n", "line 1: a mapping begins with the line 'item,column'"),
        ("m.csv", "item,column\nphq_4_1\n", "line 2: an item and a column belong here"),
        ("m.csv", "item,column\na,b\nA,c\n", "line 3: A is there twice"),
        ("m.toml", "phq_4_1 = Q1\n", "this is not TOML"),
        ("m.toml", "phq_4_1 = 1\n", 'phq_4_1 needs the name of a column: phq_4_1 = "Q1"'),
        ("m.csv", "item,column\na,\xff\n", "not UTF-8"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_told(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(TableError) as caught:
        measures.read_mapping(tmp_path / name)
    assert said in str(caught.value)
    assert str(tmp_path / name) in str(caught.value)


def test_a_mapping_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="the mapping cannot be read"):
        measures.read_mapping(tmp_path / "none.csv")
