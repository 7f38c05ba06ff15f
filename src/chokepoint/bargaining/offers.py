"""Alternating offers, the cost of waiting, and outside options as constraints."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chokepoint.solutions.choice import Array, Choice, Mask, Rule, merge
from chokepoint.solutions.frontier import along_ray, ray, where_possible


def first_offer(own_discount: Array | float, other_discount: Array | float) -> Array | float:
    """Return the share of the pie that whoever offers first keeps: ``(1 - d2) / (1 - d1 d2)``.

    Args:
        own_discount, other_discount: worth of a unit one round later, 0 up to but not including 1.

    Source: rubinstein1982

    Example:
        >>> round(first_offer(0.9, 0.5), 6)
        0.909091
    """
    return (1.0 - other_discount) / (1.0 - own_discount * other_discount)


def patience(own_rate: Array | float, other_rate: Array | float) -> Array | float:
    """Return the Nash weight of the first party when offers alternate quickly: ``r2 / (r1 + r2)``.

    The disagreement point is then what the parties get *while* they disagree, not what they get by leaving.

    Args:
        own_rate, other_rate: discount rates, in any one unit of time, above 0.

    Source: binmore_rubinstein_wolinsky1986
    """
    return other_rate / (own_rate + other_rate)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """What leaving for good changes.

    Args:
        binds: whether the option changes the deal, by party (case, party).
        adds: what it is worth to the party above what it gets anyway, USD (case, party); 0 where it does not bind.
        choice: the deal that keeps everybody at the table (case); none where there is no such deal.
    """

    binds: Mask
    adds: Array
    choice: Choice


def with_outside_options(gains: Array, outside: Array, rule: Rule, *, lotteries: bool = False) -> Outside:
    """Choose under outside options, which are constraints and no disagreement point.

    An option worth less than what its owner gets anyway changes nothing. One worth more moves the deal just as far
    as it takes to keep its owner at the table.

    Args:
        gains: over no deal, USD (case, 2, package).
        outside: worth of leaving for good, over no deal, USD (case, party).
        rule: one of ``RULES``; lotteries: whether it may choose one.

    Source: binmore_shaked_sutton1989
    """
    plain = rule.over_lotteries(gains) if lotteries else rule.over_packages(gains)
    adds = np.maximum(np.where(plain.is_deal[:, None], outside - plain.of(gains), 0.0), 0.0)
    binds = adds > 0.0
    if lotteries:
        bound = where_possible(gains - outside[:, :, None], lambda part, rows: _at_the_option(part, binds[rows]))
    else:
        is_kept = np.logical_and.reduce(gains >= outside[:, :, None], axis=1)
        bound = rule.over_packages(np.where(is_kept[:, None, :], gains, -np.inf))
    return Outside(binds=binds, adds=adds, choice=merge(np.logical_or.reduce(binds, axis=1), bound, plain))


def _at_the_option(part: Array, binds: Mask) -> Choice:
    """Return the point of the frontier that gives the bound party its option and no more."""
    return merge(binds[:, 0], along_ray(part, ray(part, 0.0, 1.0)), along_ray(part, ray(part, 1.0, 0.0)))
