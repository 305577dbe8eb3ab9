"""Figures as people say them."""

from __future__ import annotations

from typing import Any, Final

from secondvoice.texts import texts

_HALF: Final = "½"


def words(section: str) -> dict[str, Any]:
    """A section of the words of this part."""
    found: dict[str, Any] = texts("secondvoice.growth.helps", "helps.toml")[section]
    return found


def times(count: int) -> str:
    """How often so far: "once so far", "14 times so far"."""
    said = words("times")
    if count < 2:
        return str(said["once" if count else "none"])
    return str(said["often"].format(times=count))


def number(halves: int) -> str:
    """A number of halves: 1 is "½", 2 is "1", 5 is "2½"."""
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{_HALF}" if half else str(whole)


def points(low: float, high: float) -> str:
    """A range of points of ten, to the half point: "1 to 2 points of 10".

    Args:
        low: 0 or more; what rounds to nought is told as "up to".
        high: at least ``low``.
    """
    said = words("points")
    least, most = round(2 * low), max(1, round(2 * high))
    if least <= 0:
        return str(said["up_to"].format(high=_counted(most)))
    if least == most:
        return str(said["one" if most <= 2 else "one_many"].format(low=number(most)))
    return str(
        said["between_one" if most <= 2 else "between"].format(low=number(least), high=number(most))
    )


def by(low: float, high: float) -> str:
    """By how much: "by about 1 to 2 points of 10", "by up to ½ point of 10"; as :func:`points`."""
    said = words("points")
    name = "by_about" if round(2 * low) > 0 else "by_up_to"
    return str(said[name].format(points=points(low, high)))


def _counted(halves: int) -> str:
    said = words("points")
    return str(said["point" if halves <= 2 else "many"].format(number=number(halves)))
