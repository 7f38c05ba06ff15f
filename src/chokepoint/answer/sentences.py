"""The answer in five sentences, each with what would overturn it and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.losses import EMPTY_BELOW, cover_left, discounted
from chokepoint.answer.parties import parties_of
from chokepoint.exposure import supply_shares
from chokepoint.provenance import Kind
from chokepoint.report import amounts
from chokepoint.report.front import Counts, Sentence
from chokepoint.uncertainty import interval, rank_correlations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.answer.run import BranchRun, Run
    from chokepoint.provenance import Figure

HIT = ("EU27", "USA", "JPN", "KOR", "IND")
RECOVERED = 0.9


def leading(run: Run) -> BranchRun:
    """Return the branch the answer speaks of: the one that knows most, the later in the file at a tie."""
    return max(reversed(run.branches), key=lambda branch: branch.record.as_of)


def rests_on(run: Run, *prefixes: str) -> Counts:
    """Count the figures whose names begin with any of the prefixes."""
    figures = [f for name, f in run.world.figures.items() if name.startswith(prefixes)]
    kinds = [figure.kind for figure in figures]
    return Counts(
        sourced=kinds.count(Kind.SOURCED), derived=kinds.count(Kind.DERIVED), assumed=kinds.count(Kind.ASSUMED)
    )


BEYOND_THE_MONTHS = frozenset({"lead_time", "second_front"})
"""Parameters of questions that no month answers: they have no part in a simulated loss."""


def plain_name(parameter: str, names: dict[str, str]) -> str:
    """Return a parameter's name as words: ``stock_cover.ndfeb_magnet.JPN`` becomes "stock cover (..., Japan)"."""
    first, *rest = parameter.split(".")
    words = first.replace("_", " ")
    return f"{words} ({', '.join(names.get(part, part.replace('_', ' ')) for part in rest)})" if rest else words


def enters_months(name: str, branch: BranchRun) -> bool:
    """Say whether a parameter can matter within a branch's months: later projects and later questions cannot."""
    head, _, rest = name.partition(".")
    if head in BEYOND_THE_MONTHS:
        return False
    start = branch.settings.values.get(f"project_start.{rest}")
    is_due = start is None or float(start.min()) < branch.outcome.months[-1].year + 1
    return is_due or not head.startswith("project_")


def weakest(run: Run, branch: BranchRun, answer: np.ndarray) -> tuple[str, str]:
    """Return the drawn parameter the answer hangs on most, and a clause naming the side that would change it.

    Args:
        run: for names; branch: whose draws; answer: values over its solved cases.
    """
    settings = branch.settings
    kept = {name: each[branch.is_solved] for name, each in settings.values.items() if enters_months(name, branch)}
    found = rank_correlations(type(settings)(settings.world, kept, answer.size), answer)
    if not found:
        return "", "the inputs differ from those listed"
    name, strength = found[0]
    figure: Figure = branch.parameters[name]
    side = figure.low if strength > 0 else figure.high
    names = {good.code: good.name for good in run.world.goods}
    names |= dict(zip(run.world.countries, run.world.country_names, strict=True))
    return name, (
        f"{plain_name(name, names)} is nearer {amounts.number(side)} than {amounts.number(figure.value)} "
        f"{figure.unit if figure.unit != '1' else ''}".strip()
        + f" ({figure.kind}, {amounts.number(figure.low)} to {amounts.number(figure.high)}; "
        + f"rank correlation {strength:+.2f})"
    )


def in_a_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence: no capital, unless it is a symbol (``NdFeB``)."""
    return (
        name[0].lower() + name[1:]
        if name[1:2].islower() and not any(c.isupper() for c in name.split(maxsplit=1)[0][1:])
        else name
    )


def dependence_sentence(run: Run) -> Sentence:
    """Say who makes the last goods of the chain."""
    shares = {(each.good, each.country): each.share_of_production for each in supply_shares(run.world)}
    actor = leading(run).record.measures[0].actor
    name = run.world.country_names[run.world.country_index(actor)]
    held: dict[str, tuple[float, str]] = {}
    for good in run.world.goods:
        share = shares.get((good.code, actor), 0.0)
        held[good.stage] = max(held.get(good.stage, (0.0, "")), (share, good.name))
    listed = ", ".join(
        f"{amounts.percent(share)} of the {in_a_sentence(good)}" for share, good in held.values() if good
    )
    return Sentence(
        sentence=f"In {run.world.base_year} {name} made {listed}.",
        unless="makers nobody counts stand outside it: no table of magnet makers by country was found",
        rests_on=rests_on(run, "production", "recipe", "total"),
        why=tuple(
            name
            for name in (f"production.magnet_making_heavy.{actor}", f"production.separation_heavy.{actor}")
            if name in run.world.figures
        ),
    )


def exports_sentence(run: Run, exports: np.ndarray, usual: float) -> Sentence:
    """Say how deep exports fall, when, and when they are back.

    Args:
        run: the run; exports: tonnes per (solved case, month) in the leading branch.
        usual: tonnes per month without the measures.
    """
    branch = leading(run)
    low, middle, high = interval(exports)
    trough = int(middle.argmin())
    back = next((n for n in range(trough, len(middle)) if middle[n] >= RECOVERED * usual), None)
    when = (
        f"back at nine tenths in {run.months[back]}" if back is not None else "not back at nine tenths in the horizon"
    )
    _, unless = weakest(run, branch, exports[:, trough])
    return Sentence(
        sentence=(
            f"Magnet exports fall to {amounts.number(middle[trough])} t in {run.months[trough]} "
            f"({amounts.number(low[trough])} to {amounts.number(high[trough])}), "
            f"{amounts.percent(middle[trough] / usual)} of {amounts.number(usual)} t a month, and are {when}."
        ),
        unless=unless,
        rests_on=rests_on(run, "licence", "flow.ndfeb"),
        why=("licence.share_controlled", "licence.handling_days", "licence.approval_per_month"),
    )


def stocks_sentence(run: Run, good: int) -> Sentence:
    """Say how far stocks of the scarcest good run down among those hit, and in which month."""
    branch = leading(run)
    parties = parties_of(run.world)
    cover = cover_left(branch)[:, :, :, good]
    found: list[str] = []
    for code in HIT:
        mine = cover[:, :, parties.at(code)]
        middle = np.median(mine, axis=0)
        month = int(middle.argmin())
        empty = float(np.mean((mine < EMPTY_BELOW).any(axis=1)))
        found.append(
            f"{parties.names[parties.at(code)]} {amounts.percent(middle[month])} in {run.months[month]} "
            f"(empty in {amounts.percent(empty)} of cases)"
        )
    name, unless = weakest(run, branch, cover[:, :, parties.at(HIT[0])].min(axis=1))
    scarce = in_a_sentence(run.world.goods[good].name)
    return Sentence(
        sentence=f"Stocks of {scarce} run down to, of their usual level: {'; '.join(found)}.",
        unless=unless,
        rests_on=rests_on(run, "stock_cover", "stock_", "use.ndfeb_magnet_heavy", "licence"),
        why=tuple(
            each for each in dict.fromkeys((name, "stock_cover.ndfeb_magnet_heavy")) if each in run.world.figures
        ),
    )


def cost_sentence(run: Run) -> Sentence:
    """Say what it costs each of those hit, and the side that acts."""
    branch = leading(run)
    parties = parties_of(run.world)
    losses = discounted(branch, branch.stakes.loss)
    low, middle, high = interval(losses)

    def of(code: str) -> str:
        at = parties.at(code)
        return (
            f"{parties.names[at]} {amounts.usd(float(middle[at]))} "
            f"({amounts.usd_range(float(low[at]), float(high[at]))})"
        )

    actor = branch.record.measures[0].actor
    name, unless = weakest(run, branch, losses[:, parties.at(HIT[0])])
    flips = sign_note(branch, (actor, *HIT)) + beside(run, branch)
    return Sentence(
        sentence=(
            f"Over {len(run.months)} months it costs the {'; '.join(of(code) for code in HIT)}; "
            f"and the side that acts, {of(actor)}.{flips}"
        ),
        unless=unless,
        rests_on=rests_on(run, "choke_price", "demand_elasticity", "switch_elasticity", "use", "flow", "price", "rent"),
        why=tuple(
            each for each in dict.fromkeys((name, "rent_share", "demand_elasticity")) if each in run.world.figures
        ),
    )


def beside(run: Run, branch: BranchRun) -> str:
    """Say what the first of those hit would lose in each other branch."""
    at = parties_of(run.world).at(HIT[0])
    name = parties_of(run.world).names[at]
    others = [each for each in run.branches if each is not branch]
    losses = [(each.record.name, interval(discounted(each, each.stakes.loss))[1][at]) for each in others]
    said = ", ".join(f"{amounts.usd(float(loss))} in branch {key}" for key, loss in losses)
    return f" The {name} would lose {said}." if said else ""


def sign_note(branch: BranchRun, codes: Sequence[str]) -> str:
    """Say for whom the sign of the loss depends on who takes the licences' rent."""
    parties = parties_of(branch.outcome.world)
    ends = [np.median(discounted(branch, branch.stakes.loss_at(share)), axis=0) for share in (0.0, 1.0)]
    torn = [
        parties.names[parties.at(code)] for code in codes if ends[0][parties.at(code)] * ends[1][parties.at(code)] < 0
    ]
    return f" Whether {', '.join(torn)} lose or gain turns on who takes the licence rents." if torn else ""


def price_sentence(run: Run, texts: Sequence[str], name: str, unless: str) -> Sentence:
    """Say what was paid beside what the last unit cost."""
    return Sentence(
        sentence=" ".join(texts),
        unless=unless,
        rests_on=rests_on(run, "price", "licence", "stock_", "choke_price", "flow.dysprosium"),
        why=tuple(each for each in (name, "price.dysprosium_oxide", "rent_share") if each in run.world.figures),
    )
