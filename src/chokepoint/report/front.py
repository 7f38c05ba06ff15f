"""The first screen: five sentences and what they rest on, two prices, who is hit, where it leaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many figures are sourced, derived and assumed."""

    sourced: int
    derived: int
    assumed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One sentence of the answer.

    Args:
        sentence: the claim, complete with its full stop.
        unless: what would overturn it; reads on after the words "Holds unless".
        rests_on: the figures behind it, counted by kind.
        why: their dotted names, for ``chokepoint why NAME``.
    """

    sentence: str
    unless: str
    rests_on: Counts
    why: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PricePair:
    """The paid beside the marginal price of one good.

    Args:
        good: its name for people.
        unit: unit of every price here (``USD/kg``).
        paid: the paid price shown large.
        marginal: the marginal price shown large.
        date: the day or month they belong to, as it should read.
        quoted_paid, quoted_marginal: what a publisher reported, None if nobody did.
        source_note: who reported them, and on which basis.
        model_paid, model_marginal: the model's medians in the same unit, None if not asked.
        quoted_marginal_low, quoted_marginal_high: the publisher's range.
        model_marginal_low, model_marginal_high: the model's 80 % interval.
    """

    good: str
    unit: str
    paid: float
    marginal: float
    date: str
    quoted_paid: float | None = None
    quoted_marginal: float | None = None
    source_note: str = ""
    model_paid: float | None = None
    model_marginal: float | None = None
    quoted_marginal_low: float | None = None
    quoted_marginal_high: float | None = None
    model_marginal_low: float | None = None
    model_marginal_high: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A party the measures hurt; money in USD over the horizon, a loss is positive.

    Args:
        party: its code.
        name: its name for people.
        loss_usd: median loss.
        low: lower end of the 80 % interval of the loss.
        high: upper end.
        shortage_usd, rent_usd, switching_usd: the three parts of the loss.
        months_until_empty: months until its store is empty; None if it does not empty within the horizon.
        share_unserved: share of demand unserved in the worst month, 0 to 1.
    """

    party: str
    name: str
    loss_usd: float
    low: float
    high: float
    shortage_usd: float
    rent_usd: float
    switching_usd: float
    months_until_empty: float | None
    share_unserved: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Leak:
    """A third country through which the good goes round the measure; tonnes over the horizon."""

    country: str
    name: str
    extra_flow_t: float
    low: float
    high: float
