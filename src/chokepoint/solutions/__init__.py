"""The shelf of bargaining rules: each chooses a package, or a lottery over two, from what both parties gain."""

from chokepoint.solutions.choice import Axioms, Choice, Rule, zone_of_agreement
from chokepoint.solutions.efficient import is_efficient
from chokepoint.solutions.egalitarian import EGALITARIAN
from chokepoint.solutions.kalai_smorodinsky import KALAI_SMORODINSKY
from chokepoint.solutions.nash import NASH, nash_lottery, nash_package
from chokepoint.solutions.survey import Survey, survey
from chokepoint.solutions.utilitarian import UTILITARIAN

RULES = {
    "nash": NASH,
    "kalai_smorodinsky": KALAI_SMORODINSKY,
    "egalitarian": EGALITARIAN,
    "utilitarian": UTILITARIAN,
}

__all__ = [
    "RULES",
    "Axioms",
    "Choice",
    "Rule",
    "Survey",
    "is_efficient",
    "nash_lottery",
    "nash_package",
    "survey",
    "zone_of_agreement",
]
