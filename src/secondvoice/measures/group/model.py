"""Factor models, made from what an instrument's own key says of its scores.

A model implies covariances: Σ = Λ Φ Λ' + Θ, with loadings Λ, the factors' covariances Φ and
residual variances Θ (diagonal). The answers stay in their raw direction, so an item that the total
turns loads negatively on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

from secondvoice.measures.group.keys import keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from secondvoice.measures.group.keys import Key
    from secondvoice.measures.instrument import Instrument

Structure = Literal["correlated", "orthogonal", "higher-order"]

Number = TypeVar("Number", np.float64, np.complex128)

GENERAL = "general"
"""What the factor of all items is called beside others."""

# A group factor of two items beside a general one has no unique solution, nor has a second-order
# factor of two; of three it fits exactly as the correlated factors do.
FEWEST_ITEMS, FEWEST_FACTORS = 3, 4


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Which item loads on which factor.

    ``pattern`` (items, factors) holds +1 or −1 where a loading is free, by the direction that the
    key lets expect, and 0 where there is none. Factors have the variance 1: all of it in
    "correlated" and "orthogonal"; what the one factor above them (``above``: its expected
    directions) leaves over in "higher-order".

    The parameters, in order: the loadings, factor by factor; the residual variances; the
    correlations of the factors, row by row above the diagonal; the loadings on the factor above.
    """

    name: str
    title: str
    items: tuple[str, ...]
    factors: tuple[str, ...]
    pattern: NDArray[np.int64]
    structure: Structure = "correlated"
    above: NDArray[np.int64] | None = None

    @property
    def free(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Where the free loadings are: factors and items, factor by factor."""
        factors, items = np.nonzero(self.pattern.T)
        return factors, items

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many loadings, residual variances and parameters between factors there are."""
        m = len(self.factors)
        between = {"correlated": m * (m - 1) // 2, "orthogonal": 0, "higher-order": m}
        return int(np.count_nonzero(self.pattern)), len(self.items), between[self.structure]

    @property
    def parameters(self) -> tuple[str, ...]:
        """A name for each parameter: ``total =~ scs_1``, ``scs_1 ~~ scs_1``."""
        factors, items = self.free
        names = [
            f"{self.factors[f]} =~ {self.items[i]}" for f, i in zip(factors, items, strict=True)
        ]
        names += [f"{item} ~~ {item}" for item in self.items]
        if self.structure == "correlated":
            for i, first in enumerate(self.factors):
                names += [f"{first} ~~ {second}" for second in self.factors[i + 1 :]]
        elif self.structure == "higher-order":
            names += [f"{GENERAL} =~ {factor}" for factor in self.factors]
        return tuple(names)

    @property
    def freedom(self) -> int:
        """Degrees of freedom: what the covariances tell less what is estimated."""
        p = len(self.items)
        return p * (p + 1) // 2 - sum(self.counts)

    def parts(
        self, values: NDArray[Number]
    ) -> tuple[NDArray[Number], NDArray[Number], NDArray[Number]]:
        """Loadings (p, m), covariances of the factors (m, m), residual variances (p).

        Args:
            values: of the parameters; complex ones give a derivative (see ``delta``).
        """
        loadings, residuals, _ = self.counts
        factors, items = self.free
        m = len(self.factors)
        matrix = np.zeros((len(self.items), m), dtype=values.dtype)
        matrix[items, factors] = values[:loadings]
        between = np.eye(m, dtype=values.dtype)
        rest = values[loadings + residuals :]
        if self.structure == "correlated":
            upper = np.triu_indices(m, 1)
            between[upper] = rest
            between.T[upper] = rest
        elif self.structure == "higher-order":
            between += np.outer(rest, rest)
        return matrix, between, values[loadings : loadings + residuals]

    def implied(self, values: NDArray[Number]) -> NDArray[Number]:
        """The covariances (p, p) that follow from the parameters."""
        loadings, between, residuals = self.parts(values)
        found: NDArray[Number] = loadings @ between @ loadings.T
        found[np.diag_indices_from(found)] += residuals
        return found

    def slopes(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """How the implied covariances change with each parameter: (parameters, p, p).

        With C = ΛΦ: ∂Σ/∂λ_if = e_i c_f' + c_f e_i'; ∂Σ/∂φ_fg = λ_f λ_g' + λ_g λ_f';
        ∂Σ/∂θ_i = e_i e_i'; and for the factor above, Φ = I + γγ'.
        """
        loadings, between, _ = self.parts(values)
        factors, items = self.free
        count, p, _ = self.counts
        slopes = np.zeros((sum(self.counts), p, p))
        at = np.arange(count)
        slopes[at, items, :] = (loadings @ between).T[factors]
        own = np.arange(p)
        slopes[count + own, own, own] = 0.5
        if self.structure == "correlated":
            first, second = np.triu_indices(len(self.factors), 1)
            slopes[count + p :] = np.einsum("ik,jk->kij", loadings[:, first], loadings[:, second])
        elif self.structure == "higher-order":
            above = loadings @ values[count + p :]
            slopes[count + p :] = np.einsum("ik,j->kij", loadings, above)
        return slopes + slopes.transpose(0, 2, 1)

    def standardised(self, values: NDArray[Number]) -> NDArray[Number]:
        """The parameters with every item and every factor brought to the variance 1."""
        loadings, between, residuals = self.parts(values)
        factors, items = self.free
        variances = np.diag(between)
        item_sd = np.sqrt(np.diag(self.implied(values)))
        own = loadings[items, factors] * np.sqrt(variances[factors]) / item_sd[items]
        rest = values[self.counts[0] + self.counts[1] :]
        if self.structure == "higher-order":
            rest = rest / np.sqrt(variances)
        return np.concatenate([own, residuals / item_sd**2, rest])


def models(instrument: Instrument) -> tuple[Model, ...]:
    """The models that an instrument's key suggests, from the plainest on.

    - "one": a single factor of all items of the total.
    - "two": one factor for each composite, where there are composites.
    - "subscales": correlated factors, one for each subscale (six for the SCS).
    - "higher-order": the same, under one general factor; from four subscales on.
    - "bifactor": a general factor of all items beside one for each subscale, all uncorrelated;
      where each subscale has three items or more.

    Raises:
        GroupError: the instrument is a card and has no questions.
    """
    rules = keys(instrument)
    total = next((rule for rule in rules if rule.score.role == "total"), None)
    composites = [rule for rule in rules if rule.score.role == "composite"]
    subscales = [rule for rule in rules if rule.score.role == "subscale"]
    found = []
    if total is not None:
        found.append(_grouped("one", "one factor", [total]))
    for name, parts in (("two", composites), ("subscales", subscales)):
        if len(parts) > 1:
            title = f"{_counted(len(parts))} correlated factors"
            found.append(_grouped(name, title, parts))
    if total is None or len(subscales) < 2:
        return tuple(found)
    groups = _grouped("", "", subscales)
    general = np.sign(total.over(groups.items)).astype(np.int64)
    if len(subscales) >= FEWEST_FACTORS:
        above = np.sign(groups.pattern.T @ general)
        title = f"{_counted(len(subscales))} factors under a general one"
        found.append(
            Model(
                "higher-order", title, groups.items, groups.factors, groups.pattern,
                "higher-order", above,
            )
        )  # fmt: skip
    if min(len(rule.items) for rule in subscales) >= FEWEST_ITEMS:
        pattern = np.column_stack([general, groups.pattern])
        title = f"a general factor beside {_counted(len(subscales))}"
        factors = (GENERAL, *groups.factors)
        found.append(Model("bifactor", title, groups.items, factors, pattern, "orthogonal"))
    return tuple(found)


def one_factor(rule: Key) -> Model:
    """A single factor of the items of one score."""
    return _grouped("one", "one factor", [rule])


def _grouped(name: str, title: str, parts: list[Key]) -> Model:
    items = tuple(dict.fromkeys(item for rule in parts for item in rule.items))
    pattern = np.array([np.sign(rule.over(items)) for rule in parts], dtype=np.int64).T
    return Model(name, title, items, tuple(rule.score.id for rule in parts), pattern)


def _counted(number: int) -> str:
    words = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
    return words.get(number, str(number))
