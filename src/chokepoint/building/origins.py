"""Re-exports laid back to those who made the goods, before any share is computed.

Country ``i`` makes ``P_i``, imports ``M_i = sum_k T_ki`` and exports ``E_i``. What it sends beyond its own make is
passed on: ``r_i = max(0, E_i - P_i) / E_i``. With ``a_i`` the origins (shares) of what it imports, its re-exports carry
the origins of its imports:

    M_i a_i = sum_k T_ki [ (1 - r_k) e_k + r_k a_k ]

so that first-hand trade is ``D_ki = a_i[k] (M_i - r_i E_i)``: the makers' exports are kept, ``sum_i D_ki =
(1 - r_k) E_k``, and what a country merely handles leaves its books.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]

MOST_PASSED = 1.0 - 1e-9
"""Keeps a ring of countries that pass goods on to each other from having no origin at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstHand:
    """Trade between those who make a good and those who take it.

    Args:
        sent: maker by taker; the diagonal is what a maker keeps. Shape (places, places).
        passed: what each place only handed on. Shape (places,).
        unrecorded: what a place sent although it neither made nor received it. Shape (places,).
    """

    sent: Matrix
    passed: Vector
    unrecorded: Vector


def first_hand(trade: Matrix, made: Vector) -> FirstHand:
    """Lay re-exports back to their makers.

    Args:
        trade: as reported, exporter by importer, nothing on the diagonal.
        made: output by place, same unit.

    Returns:
        First-hand trade whose rows sum to what each place makes, the unrecorded part included.

    Example:
        >>> found = first_hand(np.array([[0, 10, 0], [0, 0, 4], [0, 0, 0]], float), np.array([12.0, 0, 0]))
        >>> np.round(found.sent, 6).tolist(), np.round(found.passed, 6).tolist()
        ([[2.0, 6.0, 4.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [0.0, 4.0, 0.0])
    """
    exports, imports = trade.sum(axis=1), trade.sum(axis=0)
    unrecorded = np.maximum(0.0, exports - made - imports)
    supply = made + unrecorded
    share = np.minimum(_over(np.maximum(0.0, exports - supply), exports), MOST_PASSED)
    passed = share * exports
    # X_ki = M_i a_i[k], what place i imports by origin k, solves X = (1 - r) T + X (r / M) T.
    onward = _over(share, imports)[:, None] * trade
    direct = (1.0 - share)[:, None] * trade
    by_origin = np.linalg.solve(np.eye(made.size) - onward.T, direct.T).T
    sent = np.maximum(by_origin * (1.0 - _over(passed, imports))[None, :], 0.0)
    np.fill_diagonal(sent, 0.0)
    np.fill_diagonal(sent, np.maximum(0.0, supply - sent.sum(axis=1)))
    return FirstHand(sent=sent, passed=passed, unrecorded=unrecorded)


def _over(part: Vector, whole: Vector) -> Vector:
    """Divide, with nothing where the whole is nothing."""
    return np.where(whole > 0.0, part / np.where(whole > 0.0, whole, 1.0), 0.0)
