"""The command that holds the model against past episodes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from chokepoint.cli.opening import as_json, teller

file_path = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("names", metavar="[EPISODE]...", nargs=-1)
@click.option("--episode", "files", type=file_path, multiple=True, help="An episode file of your own.")
@click.option("--draws", type=click.IntRange(1, 100_000), default=128, show_default=True, help="Cases to draw.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Also write the tables to this folder.")
@click.option("--log", type=click.Path(path_type=Path, dir_okay=False), help="Append the scores to this CSV file.")
@as_json
def backtest(
    names: tuple[str, ...],
    files: tuple[Path, ...],
    draws: int,
    out: Path | None,
    log: Path | None,
    is_json: bool,  # noqa: FBT001
) -> None:
    """Forecast past episodes from what was known on the day, and score what came.

    EPISODE is the name of a bundled one; without names all of them are taken, and the files of your own. A blind guess
    knows the outcomes of all bundled episodes but the one it is about.
    """
    from chokepoint.answer.episode_text import episode_text  # noqa: PLC0415
    from chokepoint.answer.episodes import (  # noqa: PLC0415
        append_to_log,
        backtest_episodes,
        bundled_episodes,
        log_line,
        open_episode,
        tables_of,
    )
    from chokepoint.tables import refuse_foreign_files, write_tables  # noqa: PLC0415

    if out is not None:
        refuse_foreign_files(out)
    records = [open_episode(each) for each in (*(names or bundled_episodes()), *files)]
    done = backtest_episodes(records, teller(), draws)
    tables = tables_of(done)
    if out is not None:
        write_tables(tables, out)
    if log is not None:
        append_to_log(log, log_line(done, dt.datetime.now(tz=dt.UTC).date().isoformat()))
    if is_json:
        said = {
            table.name: [dict(zip([c.name for c in table.columns], row, strict=True)) for row in table.rows]
            for table in tables
        }
        click.echo(json.dumps({"parameters": done.parameters} | said, default=str))
    else:
        click.echo(episode_text(done), nl=False)


@click.command()
@click.option(
    "--outcomes",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of copies of the episodes with outcomes filled in.",
)
@as_json
def preregistered(outcomes: Path | None, is_json: bool) -> None:  # noqa: FBT001
    """Show forecasts written down before anybody knew, and score those whose outcome is filled in.

    They are those of docs/science/preregistration.md; nothing is simulated anew.
    """
    from dataclasses import asdict  # noqa: PLC0415

    from chokepoint.answer.preregistration import forecasts_on_file, judge, open_records  # noqa: PLC0415
    from chokepoint.answer.preregistration_text import text  # noqa: PLC0415

    records, rows = open_records(outcomes), forecasts_on_file()
    judged = judge(rows, records)
    if is_json:
        said = {"forecasts": [row.model_dump() for row in rows], "judged": [asdict(each) for each in judged]}
        click.echo(json.dumps(said))
    else:
        click.echo(text(rows, records, judged), nl=False)
