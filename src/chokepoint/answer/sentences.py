"""The answer in five sentences, each with what would overturn it and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.losses import EMPTY_BELOW, cover_left, discounted
from chokepoint.answer.overturn import in_a_sentence, weakest
from chokepoint.answer.parties import parties_of
from chokepoint.backtest import towards
from chokepoint.exposure import supply_shares
from chokepoint.provenance import Kind
from chokepoint.report import amounts
from chokepoint.report.front import Counts, Sentence
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.answer.parties import Parties
    from chokepoint.answer.reported import Reported
    from chokepoint.answer.run import BranchRun, Run

HIT = ("EU27", "USA", "JPN", "KOR", "IND")
RECOVERED = 0.9
WITH_ARTICLE = ("European Union", "United ")


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


def led(branch: BranchRun, text: str) -> str:
    """Return a sentence that begins with the branch it speaks of, where the branch only supposes something."""
    if not branch.record.note:
        return text[0].upper() + text[1:]
    return f"In the branch '{branch.record.name}', {text}"


def named(parties: Parties, code: str) -> str:
    """Return a party's name with the article it takes inside a sentence."""
    name = parties.names[parties.at(code)]
    return f"the {name}" if name.startswith(WITH_ARTICLE) else name


def listed(items: Sequence[str]) -> str:
    """Return items as a list in a sentence.

    Example:
        >>> listed(["A", "B", "C"]), listed(["A"])
        ('A, B and C', 'A')
    """
    return " and ".join(", ".join(items).rsplit(", ", 1)) if len(items) > 1 else "".join(items)


def dependence_sentence(run: Run) -> Sentence:
    """Say who makes the goods of each stage of which one country makes most."""
    shares = {(each.good, each.country): each.share_of_production for each in supply_shares(run.world)}
    actor = leading(run).record.measures[0].actor
    name = run.world.country_names[run.world.country_index(actor)]
    held: dict[str, tuple[float, str]] = {}
    for good in run.world.goods:
        share = shares.get((good.code, actor), 0.0)
        held[good.stage] = max(held.get(good.stage, (0.0, "")), (share, good.name))
    most = [(share, good) for share, good in held.values() if good]
    whose = ["the world's", *("its" for _ in most[1:])]
    made = [f"{amounts.percent(s)} of {of} {in_a_sentence(good)}" for (s, good), of in zip(most, whose, strict=True)]
    return Sentence(
        sentence=f"In {run.world.base_year} {name} made {listed(made)}.",
        unless="makers whom nobody counts stand outside it: no table of magnet makers by country was found",
        rests_on=rests_on(run, "production", "recipe", "total"),
        why=tuple(
            name
            for name in (f"production.magnet_making_heavy.{actor}", f"production.separation_heavy.{actor}")
            if name in run.world.figures
        ),
    )


def exports_sentence(run: Run, reported: Reported) -> Sentence:
    """Say how deep exports fall, when, and when they are back."""
    branch, episode = leading(run), reported.episode
    whole = towards(run.world, episode)[:, episode.destinations.index("ALL")]
    exports = branch.outcome.flow[branch.is_solved] @ whole
    usual = float(run.world.lanes.flow_per_month @ whole)
    low, middle, high = interval(exports)
    trough = int(middle.argmin())
    back = next((n for n in range(trough, len(middle)) if middle[n] >= RECOVERED * usual), None)
    exporter = run.world.country_names[run.world.country_index(episode.exporter)]
    recovery = (
        f"are back at nine tenths of that in {amounts.when(str(run.months[back]))}"
        if back is not None
        else f"are not back at nine tenths of that by {amounts.when(str(run.months[-1]))}"
    )
    _, unless = weakest(branch, exports[:, trough], is_high=False)
    return Sentence(
        sentence=led(
            branch,
            f"{exporter}'s magnet exports fall to {amounts.number(middle[trough])} t in "
            f"{amounts.when(str(run.months[trough]))} ({amounts.number(low[trough])} to "
            f"{amounts.number(high[trough])}), {amounts.percent(middle[trough] / usual)} of the usual "
            f"{amounts.number(usual)} t a month, and {recovery}.",
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
        empty = amounts.percent(float(np.mean((mine < EMPTY_BELOW).any(axis=1))))
        chance = f"below a tenth in {empty} of cases" if not found else empty
        level = f"{amounts.percent(middle[month])}{'' if found else ' of their usual level'}"
        found.append(f"{level} in {named(parties, code)} ({amounts.when(str(run.months[month]))}; {chance})")
    name, unless = weakest(branch, cover[:, :, parties.at(HIT[0])].min(axis=1), is_high=False)
    scarce = in_a_sentence(run.world.goods[good].name)
    return Sentence(
        sentence=led(branch, f"at their lowest, stocks of {scarce} stand at {listed(found)}."),
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
    low, middle, high = (values.tolist() for values in interval(losses))
    verb = ""

    def of(code: str, between: str = "") -> str:
        """Return who loses or gains how much; a verb that was just said is not said again."""
        nonlocal verb
        at = parties.at(code)
        before, verb = verb, "gains" if middle[at] < 0 else "loses"
        said = "" if verb == before else f" {verb}"
        amount = amounts.usd(abs(middle[at]))
        return f"{named(parties, code)}{between}{said} {amount} ({amounts.loss_range(low[at], high[at])})"

    actor = branch.record.measures[0].actor
    name, unless = weakest(branch, losses[:, parties.at(HIT[0])], is_high=True)
    hit = listed([of(code) for code in HIT])
    verb = ""
    acting = of(actor, ", which acts,")
    flips = sign_note(branch, (actor, *HIT)) + beside(run, branch)
    return Sentence(
        sentence=led(branch, f"over {len(run.months)} months {hit}; {acting}.{flips}"),
        unless=unless,
        rests_on=rests_on(run, "choke_price", "demand_elasticity", "switch_elasticity", "use", "flow", "price", "rent"),
        why=tuple(
            each for each in dict.fromkeys((name, "rent_share", "demand_elasticity")) if each in run.world.figures
        ),
    )


def beside(run: Run, branch: BranchRun) -> str:
    """Say what the first of those hit loses in each other branch."""
    parties = parties_of(run.world)
    at = parties.at(HIT[0])
    others = [each for each in run.branches if each is not branch]
    losses = [(each.record.name, interval(discounted(each, each.stakes.loss))[1][at]) for each in others]
    said = listed(
        [f"{'gains' if loss < 0 else 'loses'} {amounts.usd(abs(float(loss)))} ({name})" for name, loss in losses]
    )
    which = "branches" if len(others) > 1 else "branch"
    return f" In the other {which} {named(parties, HIT[0])} {said}." if said else ""


def sign_note(branch: BranchRun, codes: Sequence[str]) -> str:
    """Say for whom the sign of the loss depends on who takes the licences' rent."""
    parties = parties_of(branch.outcome.world)
    ends = [np.median(discounted(branch, branch.stakes.loss_at(share)), axis=0) for share in (0.0, 1.0)]
    torn = [named(parties, code) for code in codes if ends[0][parties.at(code)] * ends[1][parties.at(code)] < 0]
    verbs = "loses or gains" if len(torn) == 1 else "lose or gain"
    return f" Whether {listed(torn)} {verbs} turns on who takes the licence rents." if torn else ""
