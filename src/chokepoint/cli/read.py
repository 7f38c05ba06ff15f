"""The command that reads an article and says which sentences the figures bear out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chokepoint.cli.minerals import figures_option, opened
from chokepoint.cli.opening import as_json

if TYPE_CHECKING:
    from chokepoint.claims.reading import Claim, Reading
    from chokepoint.claims.text import Article

COLOURS = {
    "supported": "green", "near": "cyan", "contradicted": "red", "outdated": "yellow", "other_stage": "magenta",
    "not_checkable": None, "opinion": "blue", "forecast": "blue",
}  # fmt: skip
SECONDS = 20
LARGEST_PAGE = 20_000_000


@click.command()
@click.argument("source")
@click.option(
    "--date",
    "published",
    help="Day of publication, such as 2025-06-12 (default: today). Relative dates and offices go by it.",
)
@click.option(
    "--scenario",
    "scenario",
    type=click.Path(path_type=Path),
    help="Also write a draft scenario of the acts the article tells.",
)
@click.option("--review", "review", is_flag=True, help="Print the checked claims as schema.org ClaimReview.")
@figures_option
@as_json
def read(
    source: str,
    published: str | None,
    scenario: Path | None,
    review: bool,  # noqa: FBT001
    figures: Path | None,
    is_json: bool,  # noqa: FBT001
) -> None:
    """Read an article: who says what in each sentence, and which figures bear it out or contradict it.

    SOURCE is a file (plain text, Markdown, HTML, text of a PDF), a folder of such files, an address that begins with
    http, or - for standard input. Nothing is fetched unless SOURCE is an address; nothing in an article is obeyed.
    """
    from chokepoint.claims.reading import open_library  # noqa: PLC0415
    from chokepoint.claims.reading import read as read_article  # noqa: PLC0415

    day = _day(published)
    library = open_library(opened(figures))
    is_folder = source != "-" and Path(source).is_dir()
    articles = _folder(Path(source)) if is_folder else [_article(source)]
    readings = [read_article(each, library, day) for each in articles]
    if scenario is not None:
        from chokepoint.claims.drafting import draft  # noqa: PLC0415

        scenario.write_text(draft(readings, day), encoding="utf-8")
        click.echo(f"draft scenario in {scenario}", err=True)
    if review:
        from chokepoint.claims.exchange import claim_reviews  # noqa: PLC0415

        click.echo(json.dumps([each for one in readings for each in claim_reviews(one)], ensure_ascii=False))
    elif is_json:
        click.echo(_json(readings, is_folder=is_folder))
    else:
        click.echo("\n\n".join(shown(each) for each in readings))
        _together(readings, is_folder=is_folder)


def _json(readings: list[Reading], *, is_folder: bool) -> str:
    from chokepoint.claims.as_json import reading_json  # noqa: PLC0415
    from chokepoint.claims.corpus import corpus_json  # noqa: PLC0415

    return json.dumps(corpus_json(readings) if is_folder else reading_json(readings[0]), ensure_ascii=False)


def _together(readings: list[Reading], *, is_folder: bool) -> None:
    from chokepoint.claims.corpus import contradictions, corpus_text  # noqa: PLC0415

    for each in contradictions(readings):
        click.echo(f"\n{each.kind.replace('_', ' ')}, {each.actor}: {each.why}")
        click.echo(f"  1. {each.one.text}\n  2. {each.other.text}\n  {each.pointer}")
    if is_folder:
        click.echo("\n" + corpus_text(readings))


def _day(published: str | None) -> str:
    from datetime import UTC, date, datetime  # noqa: PLC0415

    from chokepoint.errors import DataError, Problem  # noqa: PLC0415

    if published is None:
        return datetime.now(tz=UTC).date().isoformat()
    try:
        return date.fromisoformat(published).isoformat()
    except ValueError as error:
        raise DataError(
            [
                Problem(
                    where="--date",
                    found=f"'{published}'",
                    expected="a day such as 2025-06-12",
                    remedy="write year, month and day",
                )
            ]
        ) from error


def _folder(path: Path) -> list[Article]:
    from chokepoint.claims.text import open_file, refused  # noqa: PLC0415

    files = sorted(each for each in path.iterdir() if each.suffix in {".txt", ".md", ".html", ".htm"})
    if not files:
        raise refused(str(path), "no .txt, .md or .html file", "articles")
    return [open_file(each) for each in files]


def _article(source: str) -> Article:
    from chokepoint.claims.text import decoded, open_file, open_text  # noqa: PLC0415

    if source == "-":
        return open_text("standard input", decoded("standard input", sys.stdin.buffer.read()))
    if source.startswith(("http://", "https://")):
        return open_text(source, decoded(source, _fetched(source)))
    return open_file(Path(source))


def _fetched(address: str) -> bytes:
    """Fetch a page that the user named."""
    from urllib.error import URLError  # noqa: PLC0415
    from urllib.request import Request, urlopen  # noqa: PLC0415

    from chokepoint.claims.text import refused  # noqa: PLC0415

    try:
        with urlopen(Request(address, headers={"User-Agent": "chokepoint"}), timeout=SECONDS) as answer:  # noqa: S310
            return answer.read(LARGEST_PAGE)
    except (URLError, TimeoutError, ValueError) as error:
        raise refused(
            address, f"no page ({error})", "a page that answers", "save the page and give its file"
        ) from error


def shown(reading: Reading) -> str:
    """Return an article as text: each sentence under the colour of its verdict, with what it rests on."""
    from chokepoint.claims.wording import summary  # noqa: PLC0415

    lines = [click.style(f"{reading.article.name}, read as of {reading.published}", bold=True), summary(reading), ""]
    lines += [_line(each) for each in reading.claims]
    if reading.article.aside:
        lines.append(click.style(f"set aside: {len(reading.article.aside)} lines that are no article", dim=True))
    return "\n".join(lines)


def _line(claim: Claim) -> str:
    from chokepoint.claims.wording import reasons  # noqa: PLC0415

    colour = COLOURS[claim.verdict]
    head = (
        click.style(f"[{claim.verdict.replace('_', ' ')}]", fg=colour, bold=True)
        if colour
        else f"[{claim.verdict.replace('_', ' ')}]"
    )
    said = f" ({' > '.join(claim.chain)})" if claim.chain else ""
    body = click.style(" ".join(claim.text.split()), fg=colour) if colour else " ".join(claim.text.split())
    return "\n".join([f"{head}{said} {body}", *(f"    {each}" for each in reasons(claim))])
