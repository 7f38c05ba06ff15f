"""Commands on publishers' own files: list, show, add, remove, fetch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chokepoint.cli.opening import as_json, teller
from chokepoint.errors import DataError, Problem, did_you_mean

if TYPE_CHECKING:
    from chokepoint.sources.publisher import Publisher
    from chokepoint.store import Dataset


@click.group()
def sources() -> None:
    """Bring in publishers' own files, and see what is there."""


@sources.command("list")
@as_json
def list_(is_json: bool) -> None:  # noqa: FBT001
    """List the publishers whose files are read, and what was brought in."""
    from chokepoint.sources.registry import PUBLISHERS  # noqa: PLC0415
    from chokepoint.store import open_store  # noqa: PLC0415

    store = open_store()
    if is_json:
        shown = {
            "folder": str(store.folder),
            "publishers": [_declared(each) for each in PUBLISHERS.values()],
            "datasets": [_described(each) for each in store.datasets],
        }
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    for publisher in PUBLISHERS.values():
        held = [each for each in store.datasets if each.publisher == publisher.key]
        standing = sorted({layout.standing for layout in publisher.layouts}, reverse=True)
        bundling = "may be bundled" if publisher.may_bundle else "not bundled"
        click.echo(f"{publisher.key}: {publisher.title}")
        click.echo(
            f"  licence: {publisher.licence} ({bundling}); layout: {', '.join(standing)}; in the store: {len(held)}"
        )
        for each in held:
            click.echo(f"  - {_line(each)}")
    if store.is_empty:
        click.echo(f"The store ({store.folder}) is empty: the bundled figures serve.")


@sources.command()
@click.argument("name")
@as_json
def show(name: str, is_json: bool) -> None:  # noqa: FBT001
    """Show a publisher's terms and layouts, or a dataset of the store.

    NAME is a publisher (baci) or the name of a dataset, as `sources list` gives it.
    """
    from chokepoint.sources.registry import PUBLISHERS  # noqa: PLC0415
    from chokepoint.store import open_store  # noqa: PLC0415

    datasets = {each.key: each for each in open_store().datasets}
    if name in datasets:
        described = _described(datasets[name])
        click.echo(
            json.dumps(described) if is_json else "\n".join(f"{key}: {value}" for key, value in described.items())
        )
        return
    if name not in PUBLISHERS:
        remedy = did_you_mean(name, [*PUBLISHERS, *datasets])
        raise DataError([Problem(where="NAME", found=f"'{name}'", expected="a publisher or a dataset", remedy=remedy)])
    publisher = PUBLISHERS[name]
    if is_json:
        click.echo(json.dumps(_declared(publisher), ensure_ascii=False))
        return
    click.echo(f"{publisher.title}\nlicence: {publisher.licence}\ncite as: {_citation(publisher)}")
    if publisher.note:
        click.echo(f"note: {publisher.note}")
    for layout in publisher.layouts:
        click.echo(f"layout: {layout.name}\n  columns: {', '.join(layout.columns)}")
        click.echo(f"  {layout.standing}: {layout.seen or layout.documented}")


@sources.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--year", "years", type=int, multiple=True, help="Of a file that parts its years, only these.")
@as_json
def add(files: tuple[Path, ...], years: tuple[int, ...], is_json: bool) -> None:  # noqa: FBT001
    """Bring in files as their publishers offer them, each whole or not at all.

    The publisher and the edition are recognised from the header and the name. Bringing in a file twice changes nothing.
    """
    _add(files, years, is_json=is_json)


@sources.command()
@click.argument("name")
@as_json
def remove(name: str, is_json: bool) -> None:  # noqa: FBT001
    """Remove a dataset of the store, or all of one publisher."""
    from chokepoint.store.ingest import remove as removed  # noqa: PLC0415
    from chokepoint.store.place import store_folder  # noqa: PLC0415

    gone = [each.key for each in removed(name, store_folder())]
    click.echo(json.dumps(gone) if is_json else "\n".join(f"removed {key}" for key in gone))


@sources.command()
@click.argument("name")
@click.option("--year", "years", type=int, multiple=True, help="Bring in only these years.")
@click.option("--revision", help="Revision of the codes (HS17).")
@click.option("--edition", help="The publisher's edition (202601).")
@click.option("--series", help="Name of a series (PCOPPUSDM).")
@click.option("--sha256", default="", help="Checksum the file must have.")
@click.option("--only-download", is_flag=True, help="Leave the file among the downloads.")
@as_json
def fetch(
    name: str,
    *,
    years: tuple[int, ...],
    revision: str | None,
    edition: str | None,
    series: str | None,
    sha256: str,
    only_download: bool,
    is_json: bool,
) -> None:
    """Download a publisher's file and bring it in. Nothing is ever fetched unasked.

    NAME is a publisher with a stable public download: baci, imf-prices, gdp, eto. A download that broke off goes on
    from there when the command is given again.
    """
    from chokepoint.store.downloads import download_of  # noqa: PLC0415
    from chokepoint.store.fetching import fetch as fetched_from  # noqa: PLC0415
    from chokepoint.store.place import download_folder  # noqa: PLC0415

    named = {"revision": revision, "edition": edition, "series": series}
    download = download_of(name, {key: word for key, word in named.items() if word})
    say = teller()
    say(f"asking {download.address} for {download.holds}")
    fetched = fetched_from(download.address, download_folder() / download.file, say, sha256=sha256)
    say(f"{fetched.path}: {fetched.bytes} bytes, SHA-256 {fetched.sha256}")
    if only_download:
        click.echo(json.dumps({"path": fetched.path, "sha256": fetched.sha256}) if is_json else fetched.path)
    else:
        _add((Path(fetched.path),), years, is_json=is_json)


def _add(files: tuple[Path, ...], years: tuple[int, ...], *, is_json: bool) -> None:
    from chokepoint.store import add as added_to  # noqa: PLC0415
    from chokepoint.store.place import store_folder  # noqa: PLC0415

    say = teller()
    done = [each for path in files for each in added_to(path, store_folder(), say, years=years)]
    if is_json:
        click.echo(json.dumps([_described(each.dataset) | {"outcome": each.outcome.value} for each in done]))
        return
    for each in done:
        click.echo(f"{each.outcome.value}: {_line(each.dataset)}")
        for why, count in sorted(each.dataset.skipped.items(), key=lambda item: -item[1]):
            click.echo(f"  left out: {count} x {why}")


def _line(dataset: Dataset) -> str:
    first, last = dataset.years
    years = str(first) if first == last else f"{first} to {last}"
    missing = f", {dataset.without_quantity / dataset.rows:.1%} without a quantity" if dataset.without_quantity else ""
    return f"{dataset.key}: {dataset.title}, {years}, {dataset.rows} rows{missing}"


def _described(dataset: Dataset) -> dict[str, object]:
    import dataclasses  # noqa: PLC0415

    described: dict[str, object] = dataclasses.asdict(dataset)
    return {"title": dataset.title, **described}


def _citation(publisher: Publisher) -> str:
    from importlib import resources  # noqa: PLC0415

    from chokepoint.records.references import read_references  # noqa: PLC0415

    with resources.as_file(resources.files("chokepoint") / "data" / "references.bib") as path:
        return read_references(path)[publisher.reference].citation


def _declared(publisher: Publisher) -> dict[str, object]:
    return {
        "key": publisher.key,
        "title": publisher.title,
        "licence": publisher.licence,
        "citation": _citation(publisher),
        "may_bundle": publisher.may_bundle,
        "note": publisher.note,
        "layouts": [
            {
                "name": each.name,
                "columns": list(each.columns),
                "layout": each.standing,
                "evidence": each.seen or each.documented,
            }
            for each in publisher.layouts
        ],
    }
