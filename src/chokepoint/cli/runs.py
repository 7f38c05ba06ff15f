"""Commands that simulate, or look at what was simulated: run, exposure, talks, compare."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chokepoint.cli.opening import DEFAULT_SCENARIO, answered, as_json, check_solved, chosen, draws_option, teller

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chokepoint.answer.page import Part
    from chokepoint.answer.run import Run
    from chokepoint.records.scenario import ScenarioRecord
    from chokepoint.records.talks import TalksRecord
    from chokepoint.tables import Table
    from chokepoint.world import World


@click.command()
@click.argument("scenario", default=DEFAULT_SCENARIO)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Output folder (default: out/SCENARIO).")
@draws_option
@as_json
def run(scenario: str, out: Path | None, draws: int | None, is_json: bool) -> None:  # noqa: FBT001
    """Answer a scenario: a screen of text, a page, tables and a record.

    SCENARIO is a bundled name (london-2025, snapback-2026, us-controls-2025, gallium-ban-2024) or a scenario file of
    your own. A world without rare earths and magnets has no page: text, tables and record are written.
    """
    from chokepoint.tables import refuse_foreign_files, whole_folder, write_tables  # noqa: PLC0415

    say = teller()
    folder = out or Path("out") / Path(scenario).stem
    refuse_foreign_files(folder)
    world, asked = chosen(scenario)
    opened = talks_in(asked)
    done = answered(world, asked, draws, say)
    from chokepoint.answer.record import record_of  # noqa: PLC0415

    parts, talks_record = talked(opened, draws, say)
    record = record_of(done) | talks_record
    say("writing the page and the tables")
    shown = shown_of(done, parts)
    with whole_folder(folder) as place:
        if shown.page:
            (place / "report.html").write_text(shown.page, encoding="utf-8")
        (place / "answer.txt").write_text(shown.text, encoding="utf-8")
        (place / "run.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        write_tables(shown.tables, place / "tables")
    say(f"done: {folder / ('report.html' if shown.page else 'answer.txt')}")
    if is_json:
        click.echo(json.dumps({"out": str(folder), "answer": shown.answer} | record))
    else:
        click.echo(shown.text, nl=False)
    sys.exit(check_solved(done))


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What a run is shown as: a page (empty where there is none), a text, tables, and the answer for machines."""

    page: str
    text: str
    tables: tuple[Table, ...]
    answer: object


def talks_in(scenario: ScenarioRecord) -> tuple[TalksRecord, dict[str, World]] | None:
    """Open the talks a scenario names and their worlds, before anything is simulated; None if it names none."""
    from chokepoint.answer.talks.answer import open_talks, talks_of, worlds_of  # noqa: PLC0415
    from chokepoint.answer.talks.named import check_names  # noqa: PLC0415

    path = talks_of(scenario)
    if path is None:
        return None
    talks = open_talks(path)
    worlds = worlds_of(talks)
    check_names(talks, worlds, path)
    return talks, worlds


def talked(
    opened: tuple[TalksRecord, dict[str, World]] | None, draws: int | None, say: Callable[[str], None]
) -> tuple[list[Part], dict[str, object]]:
    """Answer talks: sections of the page and entries of run.json, if any."""
    if opened is None:
        return [], {}
    from chokepoint.answer.talks.answer import answer_talks  # noqa: PLC0415
    from chokepoint.answer.talks.fronts import circle_part, front_part, fronts_record, weigh_fronts  # noqa: PLC0415
    from chokepoint.answer.talks.part import part_of, talks_record  # noqa: PLC0415

    talks, worlds = opened
    answer = answer_talks(talks, worlds, say, draws)
    parts: list[Part] = [part_of(answer)]
    record: dict[str, object] = {"talks": talks_record(answer)}
    fronts = weigh_fronts(talks, worlds[talks.chain(talks.fronts.chain).world], say) if talks.fronts else None
    if fronts is not None:
        parts += [front_part(fronts), circle_part(fronts)]
        record["fronts"] = fronts_record(fronts)
    return parts, record


def shown_of(done: Run, parts: Sequence[Part] = ()) -> Shown:
    """Return the page, text and tables of a run; a world without the goods the page speaks of has no page."""
    from chokepoint.answer.page import compose, speaks_of  # noqa: PLC0415

    if not speaks_of(done.world):
        from chokepoint.answer.plain import plain_tables, plain_text  # noqa: PLC0415

        text = plain_text(done)
        return Shown(page="", text=text, tables=plain_tables(done), answer=text.splitlines())
    from chokepoint.report import render_html, render_text  # noqa: PLC0415

    composed = compose(done, parts)
    answer = json.loads(composed.payload.to_json())["answer"]
    payload = composed.payload
    return Shown(page=render_html(payload), text=render_text(payload), tables=composed.tables, answer=answer)


@click.command()
@click.option("--position", "position_file", required=True, type=click.Path(path_type=Path), help="CSV or XLSX file.")
@click.option("--scenario", default=DEFAULT_SCENARIO, help="Bundled name or file.", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Also write the table to this folder.")
@draws_option
@as_json
def exposure(position_file: Path, scenario: str, out: Path | None, draws: int | None, is_json: bool) -> None:  # noqa: FBT001
    """Say when each line of your own position stops, what is lost, and what would help.

    The file is read here and sent nowhere. `chokepoint example` prints a filled-in one.
    """
    from chokepoint.countries import Countries  # noqa: PLC0415
    from chokepoint.records.position import read_position  # noqa: PLC0415
    from chokepoint.tables import refuse_foreign_files, write_tables  # noqa: PLC0415

    if out is not None:
        refuse_foreign_files(out)
    world, asked = chosen(scenario)
    position = read_position(position_file, goods=[good.code for good in world.goods], countries=Countries.read())
    done = answered(world, asked, draws, teller())
    from chokepoint.answer.position import position_rows, position_text  # noqa: PLC0415
    from chokepoint.exposure import position_table  # noqa: PLC0415

    rows = position_rows(done, position)
    table = position_table(rows)
    if out is not None:
        write_tables([table], out)
    if is_json:
        heads = [column.name for column in table.columns]
        click.echo(json.dumps([dict(zip(heads, row, strict=True)) for row in table.rows], default=str))
    else:
        click.echo(position_text(rows, done), nl=False)
    sys.exit(check_solved(done))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--file", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A talks file.")
@click.option("--package", default="", metavar="ISSUE=LEVEL,...", help="What would have to be believed for this one.")
@as_json
def talks(folder: Path, file: Path | None, package: str, is_json: bool) -> None:  # noqa: FBT001
    """Judge the talks of a finished run again, with other security values or for another package.

    FOLDER is that of a run whose scenario names talks. Nothing is simulated anew, so the levels, months and parties
    of the file must be those of the run. A package is given by the issues it moves, such as
    "rare_earth_licences=general,ethane=free"; the answer is then what one would have to believe for it.
    """
    from chokepoint.answer.talks.part import talks_record  # noqa: PLC0415
    from chokepoint.answer.talks.recorded import judge_again  # noqa: PLC0415
    from chokepoint.answer.talks.sentences import asked_text, talks_text  # noqa: PLC0415

    answer = judge_again(folder, file, package)
    if is_json:
        click.echo(json.dumps(talks_record(answer)))
    else:
        click.echo(asked_text(answer) if package else talks_text(answer), nl=False)


@click.command()
@click.argument("first", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("second", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--draws",
    type=click.IntRange(0, 100_000),
    default=0,
    show_default=True,
    help="Cases to draw when the runs are repeated cause by cause; 0 repeats the central case only.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Also write the tables to this folder.")
@as_json
def compare(first: Path, second: Path, draws: int, out: Path | None, is_json: bool) -> None:  # noqa: FBT001
    """Explain the difference of two runs by cause.

    FIRST and SECOND are the folders of two runs.
    """
    from chokepoint.answer.compare import compare_runs  # noqa: PLC0415
    from chokepoint.tables import refuse_foreign_files, write_tables  # noqa: PLC0415

    if out is not None:
        refuse_foreign_files(out)
    found = compare_runs(first, second, teller(), draws=draws)
    if out is not None:
        write_tables(found.tables, out)
    click.echo(json.dumps(found.to_json()) if is_json else found.text, nl=is_json)
