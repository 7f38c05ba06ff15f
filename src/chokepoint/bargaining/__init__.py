"""Bargaining over linked issues: threats that are chosen, the zone of agreement, the deal, and who ratifies it."""

from chokepoint.bargaining.agreement import Agreement, Impasse, settle
from chokepoint.bargaining.conditional import Conditional, weigh_orders
from chokepoint.bargaining.contributions import contributions
from chokepoint.bargaining.delegation import most_by_tying, promise, with_tied_hands
from chokepoint.bargaining.issues import Issue, Level, all_packages, compose, package_words
from chokepoint.bargaining.matrix_game import Equilibrium, solve_game
from chokepoint.bargaining.nearest import Openings, openings
from chokepoint.bargaining.offers import Outside, first_offer, patience, with_outside_options
from chokepoint.bargaining.pose import pose
from chokepoint.bargaining.problem import BargainingProblem
from chokepoint.bargaining.ratification import Ratification, gains_if_ratified, ratify
from chokepoint.bargaining.renegotiation import Played, follow, solve_backwards
from chokepoint.bargaining.threats import Standoff, Threats, choose_threats, coco, leverage_by_month, unilateral

__all__ = [
    "Agreement",
    "BargainingProblem",
    "Conditional",
    "Equilibrium",
    "Impasse",
    "Issue",
    "Level",
    "Openings",
    "Outside",
    "Played",
    "Ratification",
    "Standoff",
    "Threats",
    "all_packages",
    "choose_threats",
    "coco",
    "compose",
    "contributions",
    "first_offer",
    "follow",
    "gains_if_ratified",
    "leverage_by_month",
    "most_by_tying",
    "openings",
    "package_words",
    "patience",
    "pose",
    "promise",
    "ratify",
    "settle",
    "solve_backwards",
    "solve_game",
    "unilateral",
    "weigh_orders",
    "with_outside_options",
    "with_tied_hands",
]
