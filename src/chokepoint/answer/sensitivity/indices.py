"""Sobol indices and Morris effects of any function of ranks, through SALib."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from chokepoint.errors import ChokepointError, ConvergenceError, DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import ModuleType

    Evaluate = Callable[[np.ndarray], np.ndarray]

LEVELS = 4
LEAST_BLOCKS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class SobolIndex:
    """How much of an answer's variance one assumption carries.

    Source: saltelli2010
    """

    name: str = field(metadata={"note": "parameter"})
    first: float = field(metadata={"unit": "share", "note": "of the variance, by this assumption alone"})
    first_plus_minus: float = field(metadata={"unit": "share", "note": "half the 95 % interval, by bootstrap"})
    total: float = field(metadata={"unit": "share", "note": "of the variance, with all it does together with others"})
    total_plus_minus: float = field(metadata={"unit": "share", "note": "half the 95 % interval, by bootstrap"})

    @property
    def strength(self) -> float:
        """What it is ordered by."""
        return self.total


@dataclass(frozen=True, kw_only=True, slots=True)
class MorrisEffect:
    """How far an answer moves when one assumption goes through its range, from many places.

    Source: campolongo2007
    """

    name: str = field(metadata={"note": "parameter"})
    mean: float = field(metadata={"note": "mean effect over the whole range, in units of the answer"})
    mean_size: float = field(metadata={"note": "mean of its size, whichever its sign"})
    mean_size_plus_minus: float = field(metadata={"note": "half the 95 % interval, by bootstrap"})
    spread: float = field(metadata={"note": "standard deviation: how much it hangs on the other assumptions"})

    @property
    def strength(self) -> float:
        """What it is ordered by."""
        return self.mean_size


Index = TypeVar("Index", SobolIndex, MorrisEffect)


def sobol(evaluate: Evaluate, names: Sequence[str], samples: int, seed: int) -> tuple[SobolIndex, ...]:
    """Return first and total Sobol indices of a function, the strongest total first.

    With ``V`` the variance over all assumptions, ``S_i = V(E(y|x_i)) / V`` and ``T_i = E(V(y|x_~i)) / V``, from
    ``samples (d + 2)`` evaluations at scrambled Sobol points.

    Args:
        evaluate: from ranks 0 to 1 (point, name) to values (point,); NaN where there is none.
        names: of the columns; samples: a power of two; seed: of the scrambling and the bootstrap.

    Raises:
        ChokepointError: SALib is not installed.
        DataError: ``samples`` is no power of two.
        ConvergenceError: too few values.
    """
    if samples < LEAST_BLOCKS or samples & (samples - 1):
        raise DataError(
            [
                Problem(
                    where="--samples",
                    found=str(samples),
                    expected="a power of two",
                    remedy="Sobol points are even only then: use 64, 128, 256 ...",
                )
            ]
        )
    problem = _problem(names)
    points = _salib("sample.sobol").sample(problem, samples, calc_second_order=False, seed=seed)
    _, values = _whole_blocks(points, evaluate(points), len(names) + 2)
    if np.ptp(values) <= 0.0:
        return ()
    # As SALib advises: the estimates are sharper around the mean.
    found = _salib("analyze.sobol").analyze(problem, values - values.mean(), calc_second_order=False, seed=seed)
    return _ordered(
        SobolIndex(
            name=name,
            first=found["S1"][at],
            first_plus_minus=found["S1_conf"][at],
            total=found["ST"][at],
            total_plus_minus=found["ST_conf"][at],
        )
        for at, name in enumerate(names)
    )


def morris(evaluate: Evaluate, names: Sequence[str], samples: int, seed: int) -> tuple[MorrisEffect, ...]:
    """Return elementary effects of a function, the largest first, from ``samples (d + 1)`` evaluations.

    Args:
        evaluate, names: as with :func:`sobol`; samples: paths through the ranges; seed: of the paths.

    Raises:
        ChokepointError: SALib is not installed.
        ConvergenceError: too few values.
    """
    problem = _problem(names)
    points = _salib("sample.morris").sample(problem, samples, num_levels=LEVELS, seed=seed)
    kept, values = _whole_blocks(points, evaluate(points), len(names) + 1)
    found = _salib("analyze.morris").analyze(problem, kept, values, num_levels=LEVELS, seed=seed)
    return _ordered(
        MorrisEffect(
            name=name,
            mean=found["mu"][at],
            mean_size=found["mu_star"][at],
            mean_size_plus_minus=found["mu_star_conf"][at],
            spread=found["sigma"][at],
        )
        for at, name in enumerate(names)
    )


def _ordered(found: Iterable[Index]) -> tuple[Index, ...]:
    return tuple(sorted(found, key=lambda each: (-each.strength, each.name)))


def _problem(names: Sequence[str]) -> dict[str, object]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _whole_blocks(points: np.ndarray, values: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Leave out every block of points that belong together in which a value is missing."""
    is_whole = np.isfinite(values).reshape(-1, size).all(axis=1)
    if is_whole.sum() < LEAST_BLOCKS:
        message = f"only {is_whole.sum()} of {is_whole.size} blocks of cases were solved; take more --samples"
        raise ConvergenceError(message)
    kept = np.repeat(is_whole, size)
    return points[kept], values[kept]


def _salib(module: str) -> ModuleType:
    """Return a module of SALib, which ships no types and belongs to an extra."""
    try:
        return import_module(f"SALib.{module}")
    except ImportError as error:
        message = "sensitivity needs SALib: pip install 'chokepoint[ensembles]'"
        raise ChokepointError(message) from error
