"""The same people's figures, fitted by statsmodels' mixed model, if there is a Python that has it.

It runs in a process of its own and is no part of the project. The model has the same rows: before,
time and "something was done" as fixed, practice and practice by kind of moment as random, by
restricted maximum likelihood; no prior. Ours is compared twice: with its prior made so wide that it
says nothing, which should agree, and as it is used.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.helps.people import Person, World, lived
from benchmarks.helps.tally import table
from secondvoice.growth.helps import NOTHING
from secondvoice.growth.helps.effects import effects
from secondvoice.growth.helps.prior import LITERATURE
from secondvoice.growth.helps.sums import Sums

if TYPE_CHECKING:
    from benchmarks.helps.people import Life

SEED = 16_180
LEAST = 150
"""Rated occasions: fewer say little about four fixed and two random parts without a prior."""

WIDE = replace(
    LITERATURE,
    fall=(0.0, 20.0),
    pull=(0.0, 20.0),
    trend=(0.0, 20.0),
    general=(0.0, 20.0),
    apart=tuple((0.1 * 1.25**step, 1.0) for step in range(14)),
    noise_log_sd=2.0,
    unseen=0.0,
)

THEIRS = """
import json, sys, time, warnings
import numpy as np
import statsmodels
from statsmodels.regression.mixed_linear_model import MixedLM, VCSpec
warnings.simplefilter("ignore")
found = []
for rows in json.load(sys.stdin):
    what, kind = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    b, t, y = (np.array([r[k] for r in rows], float) for k in (2, 3, 4))
    done = what != ""
    fixed = np.column_stack([np.ones(len(y)), b - b.mean(), t - t.mean(), done.astype(float)])
    names = sorted(set(what[done]))
    cells = sorted({(w, k) for w, k in zip(what[done], kind[done])})
    first = np.column_stack([(what == w).astype(float) for w in names])
    second = np.column_stack([((what == w) & (kind == k)).astype(float) for w, k in cells])
    spec = VCSpec(["what", "kind"], [[names], [[str(c) for c in cells]]], [[first], [second]])
    begun = time.process_time()
    model = MixedLM(y, fixed, np.zeros(len(y)), exog_vc=spec)
    fitted = model.fit(reml=True)
    took = time.process_time() - begun
    effects = np.asarray(fitted.random_effects[0.0])
    general, own, inner = fitted.fe_params[3], effects[: len(names)], effects[len(names):]
    overall = {}
    for w, at in zip(names, own):
        n = (what == w).sum()
        share = [((what == w) & (kind == k)).sum() / n if v == w else 0.0 for v, k in cells]
        overall[w] = general + at + float(np.dot(share, inner))
    found.append({"overall": overall, "took": took, "converged": bool(fitted.converged)})
print(json.dumps({"version": statsmodels.__version__, "found": found}))
"""


def beside(python: str, people: int) -> list[str]:
    """Ours beside theirs, on people who rated enough and sometimes did nothing."""
    chosen: list[Life] = []
    number = SEED
    while len(chosen) < people:
        life = lived(Person.drawn(World(), number))
        number += 1
        rated = [each for each in life.occasions if each.complete]
        if len(rated) >= LEAST and sum(each.what == NOTHING for each in rated) >= 10:
            chosen.append(life)
    answer = subprocess.run(
        [python, "-c", THEIRS],
        input=json.dumps([_rows(life) for life in chosen]),
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = json.loads(answer.stdout)
    fits = zip(chosen, theirs["found"], strict=True)
    both = [(life, fitted["overall"]) for life, fitted in fits if fitted["converged"]]
    rows: list[tuple[object, ...]] = []
    # It sees none of the times that were not rated, and so ours is compared without them, too.
    used = replace(LITERATURE, unseen=0.0)
    for name, prior in (("with a prior that says nothing", WIDE), ("as it is used", used)):
        apart, in_sd, truths = [], [], []
        for life, overall in both:
            for effect in effects(Sums.of(life.occasions, now=life.until), prior):
                if not effect.kind:
                    off = abs(effect.mean - overall[effect.what])
                    apart.append(off)
                    in_sd.append(off / effect.sd)
                    truths.append(abs(effect.mean - life.truth[effect.what, ""]))
        rows.append(
            (
                name,
                f"{statistics.median(apart):.3f}",
                f"{statistics.quantiles(apart, n=20)[-1]:.3f}",
                f"{statistics.median(in_sd):.2f}",
                f"{statistics.fmean(truths):.3f}",
            )
        )
    off_truth = [
        abs(value - life.truth[what, ""])
        for life, overall in both
        for what, value in overall.items()
    ]
    rows.append(("statsmodels itself", "", "", "", f"{statistics.fmean(off_truth):.3f}"))
    head = ("ours", "apart, middle", "apart, 19 of 20 below", "middle, in SDs", "off the truth")
    return [
        f"statsmodels {theirs['version']}, {people} people with {LEAST} rated occasions or more.",
        f"Of its fits {len(both)} came to an end by its own account, and only these are compared:",
        f"{len(off_truth)} practices, in points of ten.",
        "",
        *table(head, rows),
    ]


def _rows(life: Life) -> list[tuple[str, str, float, float, float]]:
    found = []
    for each in life.occasions:
        if each.before is not None and each.after is not None:
            years = (each.when - life.until).total_seconds() / 31_557_600
            found.append((each.what, each.kind, each.before, years, each.before - each.after))
    return found
