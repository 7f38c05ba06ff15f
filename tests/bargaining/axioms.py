"""What each axiom asks, as a question about one problem: gains as a list of points, one per package."""

from __future__ import annotations

import numpy as np

CLOSE = 1e-9


def batch(points):
    return np.asarray(points, dtype=float).T[None]


def chosen(choose, points):
    gains = batch(points)
    return choose(gains).of(gains)[0]


def is_same(one, other):
    return bool(np.allclose(one, other, rtol=CLOSE, atol=CLOSE))


def pareto(choose, points):
    """No package, and so no lottery if none was free to choose, beats what is chosen."""
    got = chosen(choose, points)
    return not any(
        (np.asarray(each) >= got - CLOSE).all() and (np.asarray(each) > got + CLOSE).any() for each in points
    )


def symmetry(choose, points):
    first, second = chosen(choose, [*points, *[(b, a) for a, b in points]])
    return is_same(first, second)


def scale_invariance(choose, points, factors):
    return is_same(chosen(choose, np.multiply(points, factors)), np.multiply(chosen(choose, points), factors))


def independence(choose, points, kept):
    """Strike out all but what is chosen and the packages in ``kept``, in their order."""
    got = chosen(choose, points)
    left = [each for number, each in enumerate(points) if number in kept or is_same(each, got)]
    # A lottery that was chosen stays as a package of its own.
    return is_same(chosen(choose, left if any(is_same(each, got) for each in left) else [*left, got]), got)


def individual_monotonicity(choose, points, added, party):
    """The other's best is untouched by what is added, so this party must not lose."""
    other = 1 - party
    assert max(each[other] for each in added) <= max(each[other] for each in points)
    assert np.min(points) >= 0.0
    return chosen(choose, [*points, *added])[party] >= chosen(choose, points)[party] - CLOSE


AXIOMS = {
    "pareto": pareto,
    "symmetry": symmetry,
    "scale_invariance": scale_invariance,
    "independence": independence,
    "individual_monotonicity": individual_monotonicity,
}
