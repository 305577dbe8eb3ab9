"""Every pair of colours that carries words or a control's edge, in light and in dark."""

from __future__ import annotations

import re

import pytest

from secondvoice.site.assets import STATIC

WORDS = 4.5  # WCAG 2.2, 1.4.3
EDGES = 3.0  # WCAG 2.2, 1.4.11

PAIRS = [
    *(
        (ink, ground, WORDS)
        for ink in ("ink", "grey", "warm")
        for ground in ("paper", "sheet", "wash")
    ),
    ("on-warm", "warm", WORDS),
    *(("edge", ground, EDGES) for ground in ("paper", "sheet")),
    *(("warm", ground, EDGES) for ground in ("paper", "sheet", "wash")),
]


def palettes() -> dict[str, dict[str, str]]:
    """The tokens by mode; dark is written twice (device, and chosen) and must be the same."""
    css = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r"color-scheme: (light|dark);(.*?)}", css, flags=re.DOTALL)
    found: dict[str, list[dict[str, str]]] = {"light": [], "dark": []}
    for mode, body in blocks:
        found[mode].append(dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", body)))
    assert len(found["light"]) == 1
    assert len(found["dark"]) == 2
    assert found["dark"][0] == found["dark"][1]
    return {mode: tokens[0] for mode, tokens in found.items()}


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_two_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_words_and_edges_can_be_seen(mode: str, front: str, ground: str, least: float) -> None:
    tokens = palettes()[mode]
    assert contrast(tokens[front], tokens[ground]) >= least


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_colour_is_red(mode: str) -> None:
    for name, colour in palettes()[mode].items():
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert red - max(green, blue) < 80, f"--{name} {colour} would alarm"
