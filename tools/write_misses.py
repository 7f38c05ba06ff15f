"""Write how far forecasts of the bundled episodes missed, after a change of parameters or mechanisms.

The intervals of the assumptions alone enter, so that writing the table twice changes nothing. It plays every episode,
which is a scoring, and appends it to the log.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from chokepoint.answer.episodes import append_to_log, backtest_episodes, bundled_episodes, log_line, open_episode
from chokepoint.backtest.misses import Miss, write_misses

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src" / "chokepoint" / "data" / "episodes" / "misses.csv"
LOG = ROOT / "docs" / "reference" / "backtest-log.csv"

if __name__ == "__main__":
    done = backtest_episodes([open_episode(name) for name in bundled_episodes()])
    write_misses(
        TABLE,
        [Miss(episode=row.episode, target=row.target, missed_log2=row.missed_log2) for row in done.scored.targets],
    )
    append_to_log(LOG, log_line(done, datetime.now(UTC).date().isoformat()))
