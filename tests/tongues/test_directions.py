"""Style sheets say where a line begins and ends, and not left and right: pages run both ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import secondvoice

ROOT = Path(secondvoice.__file__).parent
PRINTED = "paper.css"
"""For the PDF, whose maker knows only the sides; see docs/decisions/0027-other-languages.md."""
SHEETS = sorted(path for path in ROOT.rglob("*.css") if path.name != PRINTED)

SIDES = re.compile(
    r"""(?x)
    (?<![\w-]) (?: margin | padding | border | scroll-margin | scroll-padding ) - (?:left|right)
    | (?<![\w-]) border-(?:top|bottom)-(?:left|right)-radius
    | (?<![\w-]) (?:left|right) \s* :
    | (?<![\w-]) (?:text-align|float|clear|transform-origin|justify-content|background-position)
      \s* : [^;}]* \b (?:left|right) \b
    """
)
FOUR = re.compile(r"(?<![\w-])(?:margin|padding|inset|border-width|border-radius)\s*:\s*([^;}]*)")
TURNED = re.compile(r"\[dir=rtl\][^{]*\{[^}]*\}")


def parts(value: str) -> list[str]:
    """The lengths of a shorthand; what is in brackets is one of them."""
    return re.findall(r"[^\s()]*\((?:[^()]|\([^()]*\))*\)|[^\s()]+", value)


def physical(sheet: str) -> list[str]:
    """What in a style sheet names a side, and is not said the other way round for pages that run so."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    turned = "".join(TURNED.findall(sheet))
    rest = TURNED.sub("", sheet)
    found = [each[0] for each in SIDES.finditer(rest)]
    if "transform-origin: right" in turned:
        found = [each for each in found if each != "transform-origin: left"]
    for each in FOUR.finditer(rest):
        lengths = parts(each[1])
        if len(lengths) == 4 and lengths[1] != lengths[3]:
            found.append(each[0])
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_names_no_side(sheet: Path) -> None:
    assert physical(sheet.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("a { margin-left: 1em }", ["margin-left"]),
        ("a { left: 0; }", ["left:"]),
        ("a { text-align: right; }", ["text-align: right"]),
        ("a { padding: 0 1em 0 calc(1em + 2px); }", ["padding: 0 1em 0 calc(1em + 2px)"]),
        ("a { margin: 0 auto; padding: 1em 2em 3em 2em; }", []),
        ("a { margin-inline-start: 1em; text-align: start; }", []),
        ("a { transform-origin: left; } [dir=rtl] a { transform-origin: right; }", []),
        ("a { transform-origin: left; }", ["transform-origin: left"]),
        ("#right-yes { color: red; } /* left: 0 */", []),
    ],
)
def test_the_check_itself_sees_sides(rule: str, found: list[str]) -> None:
    assert physical(rule) == found
