r"""What a supplier could squeeze out of a buyer at once, from shares alone: no stocks, no months, no best reply.

With Cobb-Douglas spending over goods (shares ``alpha_k``) and a CES of origins inside each (elasticity ``sigma_k``), a
buyer that loses a supplier of share ``omega_k`` of its purchases of ``k`` loses, in logarithms of real spending,

    power = sum_k alpha_k / (sigma_k - 1) * log(1 / (1 - omega_k))

The index is steep at the end: from 0.9 to 0.99 of a good it doubles. It is defined for ``sigma > 1`` and ``omega < 1``:
whoever supplies everything has no finite power in this form, which then says nothing about what the loss would be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.exposure.indicator import Indicator, Missing, add_up

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True, slots=True)
class Purchase:
    """What a buyer spends on a good, and who sells it.

    Args:
        good: its code.
        spending_share: spending on the good over all spending (or output) of the buyer, 0 to 1.
        elasticity: of substitution between origins; above 1.
        shares: of each supplier in the buyer's spending on the good, 0 to 1.
    """

    good: str
    spending_share: float
    elasticity: float
    shares: Mapping[str, float]


def power_of_share(spending_share: float, elasticity: float, share: float) -> float:
    """Return ``alpha / (sigma - 1) * log(1 / (1 - omega))`` of one good.

    Args:
        spending_share: ``alpha``; elasticity: ``sigma`` > 1; share: ``omega`` < 1.

    Raises:
        ValueError: the form is not defined there.

    Source: clayton_maggiori_schreger_2026

    Example:
        >>> [round(power_of_share(0.05, 4.0, share), 5) for share in (0.5, 0.9, 0.99)]
        [0.01155, 0.03838, 0.07675]
    """
    if not (elasticity > 1.0 and 0.0 <= share < 1.0):
        message = f"power of a share needs an elasticity above 1 and a share below 1, not {elasticity} and {share}"
        raise ValueError(message)
    return spending_share / (elasticity - 1.0) * -math.log1p(-share)


def static_power(purchases: tuple[Purchase, ...], supplier: str) -> Indicator | Missing:
    """Return the power of one supplier over a buyer across goods; its parts are the goods.

    Source: clayton_maggiori_schreger_2026
    """
    return joint_power(purchases, (supplier,))


def joint_power(purchases: tuple[Purchase, ...], suppliers: tuple[str, ...]) -> Indicator | Missing:
    """Return the power of suppliers that act together, across goods; its parts are the goods.

    A joint stop hurts more than the stops one by one: compare it with the sum over :func:`static_power`.

    Source: clayton_maggiori_schreger_2026
    """
    parts: dict[str, float] = {}
    beyond: list[str] = []
    for each in purchases:
        share = math.fsum(each.shares.get(code, 0.0) for code in suppliers)
        if share >= 1.0 - 1e-12 or each.elasticity <= 1.0:
            beyond.append(each.good)
        else:
            parts[each.good] = power_of_share(each.spending_share, each.elasticity, share)
    if beyond:
        reason = f"not defined for {', '.join(beyond)}: a supplier of everything, or an elasticity of at most 1"
        return Missing(name="static_power", reason=reason, low=math.fsum(parts.values()))
    return add_up("static_power", "log of real spending", parts)


def power_by_member(purchase: Purchase, suppliers: tuple[str, ...]) -> Indicator | Missing:
    """Return the joint power over one good, divided over the members in proportion to their shares.

    The loss depends on the members' shares through their sum alone, so the Aumann-Shapley division is proportional.

    Source: clayton_maggiori_schreger_2026
    """
    whole = joint_power((purchase,), suppliers)
    if isinstance(whole, Missing):
        return whole
    together = math.fsum(purchase.shares.get(code, 0.0) for code in suppliers)
    parts = {code: whole.value * purchase.shares.get(code, 0.0) / together for code in suppliers} if together else {}
    return add_up("static_power", whole.unit, parts)
