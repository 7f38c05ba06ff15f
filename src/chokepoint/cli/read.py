"""The command that reads an article and says which sentences the figures bear out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category

import click

from chokepoint.cli.minerals import figures_option, opened
from chokepoint.cli.opening import as_json

if TYPE_CHECKING:
    from chokepoint.claims.corpus import Corpus
    from chokepoint.claims.proposing import Proposals
    from chokepoint.claims.reading import Claim, Library, Reading
    from chokepoint.claims.tracks import Contradiction

COLOURS = {
    "supported": "green", "near": "cyan", "contradicted": "red", "outdated": "yellow", "other_stage": "magenta",
    "not_checkable": None, "opinion": "blue", "forecast": "blue",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What the command has read: the articles, what they give together, and what a language model proposed."""

    library: Library
    readings: list[Reading]
    corpus: Corpus
    is_folder: bool
    proposals: Proposals | None


@click.command()
@click.argument("source")
@click.option(
    "--date",
    "published",
    help="Day of publication, such as 2025-06-12 (default: today). Relative dates and offices go by it.",
)
@click.option("--page", type=click.Path(path_type=Path, dir_okay=False), help="Also write a page of the article.")
@click.option(
    "--scenario",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write a draft scenario of the acts the article tells.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Also write tables into a folder.")
@click.option("--review", is_flag=True, help="Print the checked claims as schema.org ClaimReview.")
@click.option("--events", is_flag=True, help="Print what happened as events with PLOVER codes.")
@click.option(
    "--model", "address", help="Address of a chat-completions server that may propose claims; sends the text."
)
@click.option("--model-name", "model_name", default="", help="Name of the model to ask for there.")
@figures_option
@as_json
def read(  # noqa: PLR0913 - one argument for each option
    source: str,
    *,
    published: str | None,
    page: Path | None,
    scenario: Path | None,
    out: Path | None,
    review: bool,
    events: bool,
    address: str | None,
    model_name: str,
    figures: Path | None,
    is_json: bool,
) -> None:
    """Read an article: who says what in each sentence, and which figures bear it out or contradict it.

    SOURCE is a file (plain text, Markdown, HTML, PDF), a folder of such files, an address that begins with http, or -
    for standard input. Nothing is fetched unless SOURCE is an address, nothing sent unless --model names one; nothing
    in an article is obeyed.
    """
    done = _read(source, published, figures, (address, model_name) if address else None)
    _write(done, page, scenario, out)
    if review:
        from chokepoint.claims.exchange import claim_reviews  # noqa: PLC0415

        said: Any = [each for one in done.readings for each in claim_reviews(one)]
    elif events:
        from chokepoint.claims.plover import events_json  # noqa: PLC0415

        said = events_json(done.corpus.events)
    elif is_json:
        said = _plain(done)
    else:
        _show(done)
        return
    click.echo(json.dumps(said, ensure_ascii=False))


def _read(source: str, published: str | None, figures: Path | None, model: tuple[str, str] | None) -> Read:
    from chokepoint.claims.corpus import gather  # noqa: PLC0415
    from chokepoint.claims.reading import open_library  # noqa: PLC0415
    from chokepoint.claims.reading import read as read_article  # noqa: PLC0415
    from chokepoint.claims.simulated import read_simulated  # noqa: PLC0415
    from chokepoint.cli.articles import articles_of  # noqa: PLC0415

    dated = articles_of(source, published)
    library = open_library(opened(figures))
    proposals = None
    if model is None:
        readings = [read_article(article, library, day) for article, day in dated]
    else:
        from chokepoint.claims.asking import asker  # noqa: PLC0415
        from chokepoint.claims.proposing import read_with_proposals  # noqa: PLC0415

        readings, proposals = read_with_proposals(dated, library, asker(*model))
    corpus = gather(readings, library, read_simulated())
    return Read(library=library, readings=readings, corpus=corpus, is_folder=Path(source).is_dir(), proposals=proposals)


def _write(done: Read, page: Path | None, scenario: Path | None, out: Path | None) -> None:
    """Write the files that were asked for; all are made before the first is written."""
    files: dict[Path, str] = {}
    if scenario is not None:
        from chokepoint.claims.drafting import draft  # noqa: PLC0415
        from chokepoint.claims.simulated import read_simulated  # noqa: PLC0415

        files[scenario] = draft(done.readings, max(each.published for each in done.readings), read_simulated())
    if page is not None:
        from chokepoint.report import render_articles  # noqa: PLC0415

        files[page] = render_articles(done.readings, done.corpus)
    if out is not None:
        from chokepoint.claims.corpus_tables import corpus_tables  # noqa: PLC0415
        from chokepoint.tables import refuse_foreign_files, write_tables  # noqa: PLC0415

        refuse_foreign_files(out)
        write_tables(corpus_tables(done.readings, done.corpus), out)
        click.echo(f"tables in {out}", err=True)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
        click.echo(f"{'draft scenario' if path == scenario else 'page'} in {path}", err=True)


def _plain(done: Read) -> dict[str, Any]:
    from chokepoint.claims.as_json import contradiction_json, reading_json  # noqa: PLC0415
    from chokepoint.claims.corpus_tables import corpus_json  # noqa: PLC0415

    if done.is_folder:
        said = corpus_json(done.readings, done.corpus)
    else:
        pairs = [contradiction_json(each) for each in done.corpus.contradictions]
        said = reading_json(done.readings[0]) | {"contradictions": pairs}
    return said | ({"proposals": done.proposals.plain()} if done.proposals is not None else {})


def _show(done: Read) -> None:
    """Print the articles, what does not go together, and what a folder gives."""
    from chokepoint.claims.corpus_tables import corpus_text  # noqa: PLC0415

    click.echo("\n\n".join(shown(each) for each in done.readings))
    for each in done.corpus.contradictions:
        click.echo("\n" + _pair(each))
    if done.proposals is not None:
        click.echo(f"\n{done.proposals.summary()}")
    if done.is_folder:
        click.echo("\n" + corpus_text(done.corpus))


def _pair(pair: Contradiction) -> str:
    lines = [click.style(f"{pair.kind.replace('_', ' ')}, {pair.about}", bold=True) + f": {pair.why}"]
    lines += [f"  {mark} {visible(each.text)}" for mark, each in (("1.", pair.one), ("2.", pair.other))]
    return "\n".join([*lines, *([f"  what it is worth: {pair.pointer}"] if pair.pointer else [])])


def shown(reading: Reading) -> str:
    """Return an article as text: each sentence under the colour of its verdict, with what it rests on."""
    from chokepoint.claims.wording import summary  # noqa: PLC0415

    lines = [click.style(f"{reading.article.name}, read as of {reading.published}", bold=True), summary(reading), ""]
    lines += [_line(each) for each in reading.claims]
    if reading.article.aside:
        lines.append(click.style(f"set aside: {len(reading.article.aside)} lines that are no article", dim=True))
    return "\n".join(lines)


def visible(text: str) -> str:
    """Return a text on one line, marks of control and direction written out: a terminal would obey them."""
    return "".join(f"\\u{ord(sign):04x}" if category(sign) in {"Cc", "Cf"} else sign for sign in " ".join(text.split()))


def _line(claim: Claim) -> str:
    from chokepoint.claims.wording import reasons  # noqa: PLC0415

    colour = COLOURS[claim.verdict]
    head = click.style(f"[{claim.verdict.replace('_', ' ')}]", fg=colour, bold=colour is not None)
    said = f" ({' > '.join(claim.chain)})" if claim.chain else ""
    body = click.style(visible(claim.text), fg=colour)
    return "\n".join([f"{head}{said} {body}", *(f"    {each}" for each in reasons(claim))])
