"""Values and costs computed from quantities alone, so that the books are checked against the prices."""

from __future__ import annotations

import numpy as np

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def worth_of_quantity(quantity: Array, base: Array, exponent: Array, kink: Array, end: Array) -> Array:
    """Return what a quantity is worth to a use or a store: the area under its inverse curve.

    The first units, up to ``base * kink**-exponent``, are worth ``end`` falling to ``kink``; further ones
    ``(base / q)**(1 / exponent)``. It is the convex counterpart of the surplus used by the market kernel,
    computed without any price.

    Args:
        quantity, base: any common unit; shapes broadcast.
        exponent: price elasticity (or curvature of the store), > 0.
        kink, end: choke (release) price, and the price at which nothing is taken.

    Returns:
        Worth in the unit of quantity times relative price.
    """
    at_kink = base * kink**-exponent
    rare = np.minimum(quantity, at_kink)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.where(at_kink > 0.0, end * rare - 0.5 * (end - kink) * rare * rare / at_kink, 0.0)
        grown = np.log(np.maximum(quantity, at_kink) / at_kink)
        power = 1.0 - 1.0 / exponent
        rest = np.where(
            np.abs(power) < 1e-9,  # noqa: PLR2004
            kink * at_kink * grown,
            kink * at_kink * np.expm1(power * grown) / np.where(power == 0.0, 1.0, power),
        )
    return first + np.where((at_kink > 0.0) & (grown > 0.0), rest, 0.0)


def worth_given_up(reference: Array, need: Array, elasticity: Array, adaptation: Array) -> Array:
    """Return what was given up when the demand curve moved from ``need`` to ``reference``, valued along the long run.

    Each month's curve starts from the use of the month before, ``z' = z_base^(1 - rho_d) z^rho_d``; after many
    months at one price the use answers with ``eps / (1 - rho_d)``. So units that a user has learnt to do without
    are worth the price at which the long-run curve gives them up,

        integral from reference to need of (need / s)^((1 - rho_d) / eps) ds,

    neither their choke price (they are not missed) nor nothing (it took effort). Negative where use grew.

    Args:
        reference: reference use of the month; need: of the reference year; same unit.
        elasticity: short run; adaptation: ``rho_d``, 0 to 1.

    Returns:
        Worth in the unit of quantity times relative price.
    """
    power = 1.0 - (1.0 - adaptation) / elasticity
    with np.errstate(divide="ignore", invalid="ignore"):
        grown = np.where(need > 0.0, np.log(reference / need), 0.0)
    is_flat = np.abs(power) < 1e-9  # noqa: PLR2004
    return np.where(is_flat, -need * grown, -need * np.expm1(power * grown) / np.where(is_flat, 1.0, power))


def cost_of_level(level: Array, capacity: Array, midpoint: Array, spread: Array) -> Array:
    """Return what running at a level costs beside its inputs: ``m x + b K (s ln s + (1-s) ln(1-s))``.

    Its derivative ``m + b logit(x / K)`` is the margin at which the level is chosen.

    Args:
        level, capacity: units of level; midpoint, spread: USD per unit of level.

    Returns:
        USD (up to a constant that cancels against the run without the measure).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(capacity > 0.0, level / capacity, 0.0)
        rest = 1.0 - share
        mixed = np.where(share > 0.0, share * np.log(share), 0.0) + np.where(rest > 0.0, rest * np.log(rest), 0.0)
    return midpoint * level + spread * capacity * mixed


def relative_entropy(quantity: Array, reference: Array) -> Array:
    """Return ``q ln(q / f) - q + f``, with ``f`` where nothing flows, or so little that ``q / f`` rounds to nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(reference > 0.0, quantity / reference, 0.0)
        spread = np.where(share > 0.0, quantity * np.log(share), 0.0)
    return spread - quantity + reference
