"""The market of one month: clear it, exactly, for any number of cases."""

from chokepoint.market.kernel_cache import is_compiled, kernels_kept_apart

with kernels_kept_apart():
    from chokepoint.market.arrays import Clearing, Net, State, Terms
    from chokepoint.market.clearing import clear, require_converged
    from chokepoint.market.sensitivity import Sensitivity, Slopes, sensitivity

__all__ = [
    "Clearing",
    "Net",
    "Sensitivity",
    "Slopes",
    "State",
    "Terms",
    "clear",
    "is_compiled",
    "require_converged",
    "sensitivity",
]
