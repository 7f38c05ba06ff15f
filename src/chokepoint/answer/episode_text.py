"""Scored episodes as plain text: every target and call, hit or missed, then the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.backtest.forecasts import forecasts
from chokepoint.backtest.misses import held_share, widening

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chokepoint.answer.episodes import Backtest
    from chokepoint.backtest import Played, Scorecard
    from chokepoint.backtest.forecasts import Forecast
    from chokepoint.backtest.misses import Miss
    from chokepoint.backtest.scores import Total


def episode_text(done: Backtest) -> str:
    """Return everything that was forecast and what came, misses as plainly as hits."""
    lines: list[str] = []
    for played, later in zip(done.played, done.hindsight_played, strict=True):
        wider = widening(done.misses, played.record.name)
        lines += [*_episode(played, done.scored, wider)]
        if later is not played:
            lines += [f"  with the acts announced up to {later.known_on}:", *_outcomes(later, done.hindsight, wider)]
        lines.append("")
    lines += ["Intervals: of the assumptions, widened by what forecasts of other episodes missed.", ""]
    if done.scored.totals:
        lines += ["All together, as known on the day:", *_totals(done.scored.totals)]
    if any(played.later for played in done.played):
        lines += ["Without episodes that rest on figures younger than they:", *_totals(done.scored.without_later)]
    if any(later is not played for played, later in zip(done.played, done.hindsight_played, strict=True)):
        lines += ["All together, with acts announced later:", *_totals(done.hindsight.totals)]
    return "\n".join(lines) + "\n"


def track_record(misses: Sequence[Miss]) -> str:
    """Say how intervals of the assumptions held in the past, and what widening would have held eight in ten."""
    episodes, held = len({miss.episode for miss in misses}), 100.0 * held_share(misses)
    return (
        f"Intervals span what is assumed, no more: in {episodes} past episodes they held {held:.0f} % of "
        f"what came; moved out by a factor of {2.0 ** widening(misses):.1f} at each end, 80 % would have been inside."
    )


def _episode(played: Played, card: Scorecard, wider: float) -> Iterator[str]:
    record = played.record
    yield f"{record.name}: {record.title}"
    yield f"  as known on {played.known_on}; {played.solved} of {played.drawn} draws solved"
    if played.later:
        yield f"  rests on figures younger than that: {', '.join(played.later)}"
    yield from _outcomes(played, card, wider)


def _outcomes(played: Played, card: Scorecard, wider: float) -> Iterator[str]:
    for row in card.targets:
        if row.episode == played.record.name:
            fan = f"{row.median:.2f} ({row.low:.2f} to {row.high:.2f})"
            verdict = "inside" if row.inside else "OUTSIDE"
            verdict += "" if row.missed_log2 > 0.0 else " also of the assumptions alone"
            blind = (
                "better than blind" if row.interval_score_log2 < row.blind_interval_score_log2 else "WORSE than blind"
            )
            yield f"  {row.target:32s} forecast {fan:26s} came {row.actual:6.3g}  {verdict}, {blind}"
    for call in card.calls:
        if call.episode == played.record.name:
            yield f"  {'right' if call.is_right else 'WRONG'}: {call.says} ({call.share_of_draws:.0%} of draws)"
    yield from (
        f"  {each.forecast:32s} forecast {_fan(each)}, open until {each.due}" for each in forecasts(played, wider)
    )
    for note in played.notes:
        yield f"  {note}"


def _fan(forecast: Forecast) -> str:
    if forecast.share_of_draws is not None:
        return f"in {forecast.share_of_draws:.0%} of draws"
    if forecast.low is None or forecast.median is None or forecast.high is None:
        return "none: no draw brings it"
    return f"{forecast.median:.2f} ({forecast.low:.2f} to {forecast.high:.2f})"


def _totals(totals: Sequence[Total]) -> Iterator[str]:
    for total in totals:
        yield f"  {total.score:52s} {total.value:5.2f} ({total.low:.2f} to {total.high:.2f}); wanted: {total.goal}"
