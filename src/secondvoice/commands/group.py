"""``secondvoice group``: the statistics of a measure in a group, from a table of answers."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secondvoice.measures.catalogue import InstrumentError, UnknownInstrument, instrument

if TYPE_CHECKING:
    import argparse

    from secondvoice.measures.group.fitting import Fit
    from secondvoice.measures.group.report import Report, Row

NEEDS = (
    "The statistics of a group need NumPy, SciPy and Ibis, which are not here. Install them with: "
    "pip install 'secondvoice[research]'"
)


def run(chosen: argparse.Namespace) -> int:
    """Read the table, compute, print.

    Returns:
        0; 1 where the table does not fit the measure, or cannot be read.
    """
    # Titles hold dashes whatever the terminal's own encoding.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # always a text stream
    try:
        from secondvoice.measures.group.files import open_answers
        from secondvoice.measures.group.keys import GroupError
        from secondvoice.measures.group.report import report
        from secondvoice.measures.group.tables import file_moments, table_retest
    except ModuleNotFoundError:
        print(NEEDS, file=sys.stderr)
        return 1
    try:
        known = instrument(chosen.id)
        person = None if chosen.retest is None else chosen.person
        first = open_answers(known, Path(chosen.table), person=person)
        later = (
            None
            if chosen.retest is None
            else open_answers(known, Path(chosen.retest), person=person)
        )
        found = report(
            known,
            file_moments(known, first),
            None if later is None else table_retest(known, first, later, chosen.person),
        )
    except (GroupError, InstrumentError, UnknownInstrument) as error:
        print(error, file=sys.stderr)
        return 1
    if chosen.json:
        print(json.dumps(_plain(found.to_dict()), ensure_ascii=False))
    else:
        print(as_text(found))
    return 0


def as_text(found: Report) -> str:
    """The report as tables of plain text, 100 columns at most."""
    left = f"; {found.left_out} left out, who lack an answer" if found.left_out else ""
    lines = [f"{found.instrument}: {found.n} people{left}.", ""]
    lines += _scores(found.rows)
    if any(row.retest for row in found.rows):
        lines += ["", *_retests(found.rows)]
    lines += ["", *_items(found.rows)]
    if found.fits:
        lines += ["", *_models(found.fits)]
    said = [remark for each in found.fits for remark in _remarks(each)]
    said += [
        f"omega of {row.score}: {remark}" for row in found.rows for remark in _doubts(row, found)
    ]
    return "\n".join([*lines, *(("", *found.remarks, *said) if found.remarks or said else ())])


def _scores(rows: tuple[Row, ...]) -> list[str]:
    lines = [
        (
            f"{'score':<22}{'items':>5}{'mean':>8}{'SD':>7}{'floor':>8}{'ceiling':>8}"
            f"{'alpha':>7} {'95 %':<11}{'omega':>7} {'95 %':<11}{'SEM':>6}"
        )
    ]
    for row in rows:
        inner, omega = row.alpha, row.omega
        lines.append(
            f"{row.score:<22}{row.items:>5}{row.mean:>8.2f}{row.sd:>7.2f}{row.floor:>8.1%}"
            f"{row.ceiling:>8.1%}"
            + (
                f"{inner.value:>7.3f} {inner.low:.3f}–{inner.high:.3f}"
                if inner
                else f"{'–':>7}{'':12}"
            )
            + (
                f"{omega.total.value:>7.3f} {omega.total.low:.3f}–{omega.total.high:.3f}"
                if omega
                else f"{'–':>7}{'':12}"
            )
            + (f"{row.sem:>6.2f}" if row.sem is not None else f"{'–':>6}")
        )
    for row in rows:
        if row.omega is not None and row.omega.hierarchical is not None:
            general = row.omega.hierarchical
            lines.append(
                f"{row.score}: omega hierarchical {general.value:.3f} "
                f"({general.low:.3f}–{general.high:.3f}), by the {row.omega.model} model."
            )
    lines.append("SEM by alpha. It does not tell a change from one week to another; a retest does.")
    return lines


def _retests(rows: tuple[Row, ...]) -> list[str]:
    lines = [
        (
            f"{'retest':<22}{'people':>6}{'ICC(2,1)':>10} {'95 %':<13}{'ICC(3,1)':>8} {'95 %':<13}"
            f"{'SEM':>6}{'MDC95':>7}"
        )
    ]
    for row in rows:
        if row.retest is None:
            continue
        same, alike = row.retest.agreement, row.retest.consistency
        lines.append(
            f"{row.score:<22}{row.retest.n:>6}{same.value:>10.3f} {same.low:.3f}–{same.high:.3f}  "
            f"{alike.value:>8.3f} {alike.low:.3f}–{alike.high:.3f}  "
            f"{row.retest_sem:>6.2f}{row.mdc95:>7.2f}"
        )
    return lines


def _items(rows: tuple[Row, ...]) -> list[str]:
    lines = [f"{'item':<22}{'mean':>7}{'SD':>7}{'r':>8}{'r, rest':>9}{'alpha without':>15}"]
    for row in rows:
        lines.append(f"in {row.score}")
        lines += [
            f"  {item.item:<20}{item.mean:>7.2f}{item.sd:>7.2f}{item.r:>8.3f}{item.r_rest:>9.3f}"
            f"{'–' if math.isnan(item.alpha_without) else f'{item.alpha_without:.3f}':>15}"
            for item in row.table
        ]
    return lines


def _models(fits: tuple[Fit, ...]) -> list[str]:
    lines = [
        (
            f"{'model':<14}{'chi2':>10}{'df':>5}{'p':>7}{'CFI':>7}{'TLI':>7}{'RMSEA':>7}"
            f" {'90 %':<12}{'SRMR':>6}{'AIC':>11}{'BIC':>11}"
        )
    ]
    for each in fits:
        if not each.converged:
            lines.append(f"{each.model.name:<14} no best fit was found")
            continue
        i = each.indices
        lines.append(
            f"{each.model.name:<14}{i.chi2:>10.2f}{i.df:>5}{_probability(i.p):>7}{i.cfi:>7.3f}{i.tli:>7.3f}"
            f"{i.rmsea:>7.3f} {i.rmsea_low:.3f}–{i.rmsea_high:.3f} {i.srmr:>6.3f}"
            f"{i.aic:>11.1f}{i.bic:>11.1f}"
        )
    lines.append("Maximum likelihood, answers taken as continuous. Loadings: --json.")
    return lines


def _probability(p: float) -> str:
    return "–" if math.isnan(p) else "<.001" if p < 0.0005 else f"{p:.3f}"


def _remarks(each: Fit) -> list[str]:
    return [f"{each.model.name}: {remark}" for remark in each.remarks]


def _doubts(row: Row, found: Report) -> list[str]:
    """What speaks against the omega of a score, beside what is said of its model already."""
    if row.omega is None:
        return []
    told = {
        remark
        for each in found.fits
        if each.model.name == row.omega.model and len(each.model.items) == row.items
        for remark in each.remarks
    }
    return [remark for remark in row.omega.remarks if remark not in told]


def _plain(value: Any) -> Any:
    """The same with None for what is not a number, which JSON has no word for."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
