"""Supply risk and economic importance as the European Union's list of critical raw materials defines them.

::

    HHI_w    = sum_c S_c^2 w_c t_c                       w_c governance, 0 to 10 (worst); t_c trade parameter
    SR_stage = [HHI_GS IR/2 + HHI_EU (1 - IR/2)] (1 - EoL_RIR) SI_SR
    SR       = max over the stages
    EI       = sum_s A_s Q_s * SI_EI * 10 / max_s Q_s

The scale is not 0 to 10: with one country in sight, the worst governed, ``SR`` ends near 6. The published list calls a
material critical from ``SR`` 1.0 and ``EI`` 2.8.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chokepoint.exposure.indicator import Indicator, Missing, add_up
from chokepoint.exposure.indices import governance_index

if TYPE_CHECKING:
    from collections.abc import Mapping

AGREEMENT, USUAL = 0.8, 1.0
"""Trade parameter of a partner with an agreement, and of any other that restrains nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sourcing:
    """Where supply at one stage comes from, and what softens its loss.

    Args:
        stage: ``mining``, ``refining`` ...
        world: global supply by country, any unit.
        own: actual sourcing of the importer by country, itself included; empty where it is not known.
        import_reliance: net imports over consumption, 0 to 1; None where it is not known.
        recycling: end-of-life recycling input rate, 0 to 1.
        substitution: substitution index of supply risk, 0 to 1; 1 means no substitute.
        rest: global supply of countries not told apart.
    """

    stage: str
    world: Mapping[str, float]
    own: Mapping[str, float]
    import_reliance: float | None
    recycling: float
    substitution: float
    rest: float = 0.0


def supply_risk_of_stage(
    sourcing: Sourcing, weights: Mapping[str, float], trade: Mapping[str, float] | None = None
) -> Indicator | Missing:
    """Return the supply risk of one stage, by country.

    Where one of the two sets of suppliers is missing, the other is used alone, and the note says so.

    Args:
        sourcing: supply at this stage.
        weights: governance by country, 0 to 10, from :func:`chokepoint.exposure.indices.weight_of_ten`.
        trade: trade parameter by country; 1 where it says nothing.

    Source: blengini_2017
    """
    parameters = trade or {}
    tied = {code: weight * parameters.get(code, USUAL) for code, weight in weights.items()}
    worst = 10.0 * max([USUAL, *parameters.values()])
    globally = governance_index(sourcing.world, tied, rest=sourcing.rest, worst=worst)
    actually = governance_index(sourcing.own, tied, worst=worst)
    sets, note = _mixed(sourcing, globally, actually)
    softened = (1.0 - sourcing.recycling) * sourcing.substitution
    used = [(each, share * softened) for each, share in sets]
    missing = [each for each, _ in used if isinstance(each, Missing)]
    low, high = (sum((bound or 0.0) * share for bound, share in ends) for ends in _ends(used))
    if missing or not used:
        reason = "; ".join(dict.fromkeys(each.reason for each in missing)) or "no suppliers are known"
        is_bounded = bool(used) and all(each.high is not None for each, _ in used)
        bounds = (low, high) if is_bounded else (None, None)
        return Missing(name="supply_risk", reason=f"{sourcing.stage}: {reason}", low=bounds[0], high=bounds[1])
    parts: dict[str, float] = {}
    for each, share in used:
        for part in each.parts if isinstance(each, Indicator) else ():
            parts[part.of] = parts.get(part.of, 0.0) + part.value * share
    return add_up("supply_risk", "1", parts, low=low, high=high, note=f"{sourcing.stage}: {note}")


def supply_risk(stages: Mapping[str, Indicator | Missing]) -> Indicator | Missing:
    """Return the largest of the supply risks of the stages; its note names the stage.

    A stage without a value is named in the note. Where such a stage could be the largest, there is no value, only
    bounds: the largest of the lower and of the upper ends.

    Args:
        stages: from :func:`supply_risk_of_stage`, by stage.

    Source: blengini_2017
    """
    known = [each for each in stages.values() if isinstance(each, Indicator)]
    unknown = {stage: each for stage, each in stages.items() if isinstance(each, Missing)}
    if not known:
        reasons = "; ".join(each.reason for each in unknown.values()) or "no stage is known"
        return Missing(name="supply_risk", reason=reasons, **_hull(tuple(unknown.values())))
    first = max(known, key=lambda each: each.value)
    open_ended = [each for each in unknown.values() if each.high is None or each.high > first.value]
    if not open_ended:
        return first
    if all(each.high is None for each in open_ended):
        left_out = ", ".join(f"{stage} ({each.reason})" for stage, each in unknown.items())
        return replace(first, note=f"{first.note}; not counted: {left_out}")
    return Missing(
        name="supply_risk", reason="; ".join(each.reason for each in open_ended), **_hull((first, *open_ended))
    )


def economic_importance(
    shares: Mapping[str, float], value_added: Mapping[str, float], substitution: float
) -> Indicator | Missing:
    """Return the economic importance of a material, 0 to 10, by sector of use.

    Args:
        shares: of end use by sector, 0 to 1.
        value_added: of every sector, in one currency; the largest of all sectors sets the scale.
        substitution: substitution index of economic importance, 0 to 1; 1 means no substitute.

    Source: blengini_2017
    """
    name = "economic_importance"
    largest = max(value_added.values(), default=0.0)
    unknown = sorted(sector for sector in shares if sector not in value_added)
    if unknown or largest <= 0.0 or not shares:
        reason = f"no value added of {', '.join(unknown)}" if unknown else "no sectors of use are known"
        return Missing(name=name, reason=reason)
    scale = substitution * 10.0 / largest
    return add_up(name, "1", {sector: share * value_added[sector] * scale for sector, share in shares.items()})


def of_group(name: str, members: Mapping[str, float]) -> Indicator | Missing:
    """Return the value of a group of materials (heavy rare earths): the plain mean of its members, by member.

    Source: eu_crm_2023
    """
    if not members:
        return Missing(name=name, reason="the group has no members")
    return add_up(name, "1", {member: value / len(members) for member, value in members.items()})


def _mixed(
    sourcing: Sourcing, globally: Indicator | Missing, actually: Indicator | Missing
) -> tuple[list[tuple[Indicator | Missing, float]], str]:
    """Return which sets of suppliers count how much, and say it."""
    reliance = sourcing.import_reliance
    if not sourcing.own:
        return ([(globally, 1.0)] if sourcing.world else []), "global supply alone; actual sourcing is not known"
    if not sourcing.world:
        return [(actually, 1.0)], "actual sourcing alone; global supply is not known"
    if reliance is None:
        return [(globally, 1.0)], "global supply alone; import reliance is not known"
    kept = min(max(reliance, 0.0), 1.0)
    return [(globally, kept / 2.0), (actually, 1.0 - kept / 2.0)], "global supply and actual sourcing"


def _ends(
    used: list[tuple[Indicator | Missing, float]],
) -> tuple[list[tuple[float | None, float]], list[tuple[float | None, float]]]:
    return [(each.low, share) for each, share in used], [(each.high, share) for each, share in used]


def _hull(results: tuple[Indicator | Missing, ...]) -> dict[str, float | None]:
    lows = [each.low for each in results if each.low is not None]
    highs = [each.high for each in results if each.high is not None]
    whole = len(highs) == len(results)
    return {"low": max(lows, default=None), "high": max(highs) if whole and highs else None}
