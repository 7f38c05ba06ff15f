"""The model held against what was reported later: fans of exports, and past episodes with targets and calls."""

from chokepoint.backtest.episodes import Played, play
from chokepoint.backtest.fans import Episode, backtest, towards
from chokepoint.backtest.readings import read
from chokepoint.backtest.scores import Scorecard, score

__all__ = ["Episode", "Played", "Scorecard", "backtest", "play", "read", "score", "towards"]
