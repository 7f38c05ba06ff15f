"""Cases x months: one engine, monthly steps, for a shock of weeks and a build-out of years."""

from chokepoint.simulation.behaviour import Behaviour, behave
from chokepoint.simulation.months import Memory, run
from chokepoint.simulation.outcome import Outcome, require_converged
from chokepoint.simulation.wiring import Wiring, wire

__all__ = ["Behaviour", "Memory", "Outcome", "Wiring", "behave", "require_converged", "run", "wire"]
