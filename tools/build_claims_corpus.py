"""Build the reader's test corpus: texts, gold answers and the list of keys, from the drafts.

    python tools/build_claims_corpus.py ../shared

The drafts are written by hand; offsets and the figures behind the verdicts are filled in here, never by hand.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from claims_corpus import evidence, markup, pages, rivals  # noqa: E402
from claims_corpus.shelf import Fact, Shelf  # noqa: E402

from tests.claims.split import part_of  # noqa: E402
from tests.claims.tolerance import Stated, verdict  # noqa: E402

DRAFTS = ROOT / "tools" / "claims_corpus"
CORPUS = ROOT / "tests" / "claims" / "corpus"
KEPT = {"README.md", "spent.txt"}
Key = dict[str, str]
NUMBER_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|half|quarter|double|twice|another|once)\b",
    re.IGNORECASE,
)
ON_EVIDENCE = {"supported", "near", "contradicted", "outdated", "other_stage"}
NUMERIC = {"supported", "near", "contradicted"}


def read_keys() -> dict[str, Key]:
    """Read every record the drafts may name."""
    with (DRAFTS / "keys.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def mark_plain_names(article: markup.Article, keys: dict[str, Key]) -> None:
    """Mark the unambiguous names the draft left plain; a mark made by hand wins."""
    taken = [(mark["start"], mark["end"]) for mark in article.names]
    spoken = sorted(
        ((alias, key) for key, row in keys.items() for alias in row["aliases"].split(";") if alias),
        key=lambda pair: -len(pair[0]),
    )
    for alias, key in spoken:
        for found in re.finditer(rf"(?<![\w-]){re.escape(alias)}(?![\w-])", article.text):
            start, end = found.span()
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            article.names.append({"start": start, "end": end, "surface": alias, "key": key})
    for mark in article.names:
        if mark["key"] != "stranger":
            named = mark["key"] or mark["candidates"][0]
            if named not in keys:
                message = f"{article.slug}: no key {named}"
                raise LookupError(message)
            mark["kind"] = keys[named]["kind"]
    article.names.sort(key=lambda mark: mark["start"])


def complaints(article: markup.Article, claim: dict[str, Any], facts: list[Fact], right: list[Fact]) -> list[str]:
    """Say where a verdict of the draft does not follow from its figures."""
    where = f"{claim['id']}: {claim['verdict']}"
    if claim["verdict"] in ON_EVIDENCE and not facts:
        return [f"{where} without evidence"]
    numbers = [fact for fact in facts if "low" in fact]
    if not numbers or claim.pop("unjudged", False):
        return []
    inside = [mark for mark in article.figures if claim["start"] <= mark["start"] < claim["end"]]
    stated = [mark for mark in inside if mark["unit"] == numbers[0]["unit"]]
    if not stated:
        return [f"{where}: no figure in {numbers[0]['unit']}"]
    number: int = claim.pop("figure", 1)
    mark = stated[number - 1]
    claim["judged_figure"] = {"start": mark["start"], "end": mark["end"]}
    figure = Stated(low=mark["low"], high=mark["high"], comparison=mark["comparison"])
    found = verdict(figure, numbers[0]["low"], numbers[0]["high"])
    if claim["verdict"] in NUMERIC:
        return [] if found == claim["verdict"] else [f"{where}, but by the tolerance {found} ({numbers[0]['low']:g})"]
    return elsewhere(where, figure, found, right) if claim["verdict"] in ON_EVIDENCE else []


def elsewhere(where: str, figure: Stated, found: str, right: list[Fact]) -> list[str]:
    """Say why a figure is not one of another year or stage: not true there, or not false here."""
    problems = [f"{where}, but not true of the other year or stage"] if found == "contradicted" else []
    now = verdict(figure, right[0]["low"], right[0]["high"]) if right else "unknown"
    return problems + ([f"{where}, but {now} of the year and stage claimed"] if now != "contradicted" else [])


def also_true_of(shelf: Shelf, claim: dict[str, Any], article: markup.Article) -> list[str]:
    """Say which other figures on record a sentence called contradicted agrees with."""
    where = claim.get("judged_figure")
    if claim["verdict"] != "contradicted" or where is None or claim.pop("sure", False):
        return []
    mark = next(mark for mark in article.figures if mark["start"] == where["start"])
    figure = Stated(low=mark["low"], high=mark["high"], comparison=mark["comparison"])
    spots = {spot for fact in claim["evidence"] if (spot := rivals.place_of(fact["key"]))}
    rows = [fact for spot in spots for fact in rivals.facts(shelf, *spot) if fact["unit"] == mark["unit"]]
    agree = [fact["key"] for fact in rows if verdict(figure, fact["low"], fact["high"]) != "contradicted"]
    return [f"{claim['id']} is called contradicted but agrees with {agree}"] if agree else []


def settle(article: markup.Article, shelf: Shelf) -> list[str]:
    """Fill in the evidence of every claim and check the verdicts against it."""
    problems: list[str] = []
    for number, claim in enumerate(article.claims, start=1):
        claim["id"] = f"{article.slug}#{number}"
        try:
            facts = [evidence.look_up(shelf, word) for word in claim.pop("e", [])]
            right = [evidence.look_up(shelf, word) for word in claim.pop("right", [])]
        except (LookupError, ValueError, StopIteration) as found:
            problems.append(f"{article.slug}: {claim['surface'][:60]!r}: {found!r}")
            continue
        claim["evidence"] = facts
        problems += complaints(article, claim, facts, right)
        problems += also_true_of(shelf, claim, article)
        source = right[0] if right else next((fact for fact in facts if "low" in fact), None)
        if right:
            claim["right"] = right
        if source and claim["verdict"] in {"near", "contradicted", "outdated", "other_stage"}:
            claim["true_value"] = {key: source[key] for key in ("low", "high", "unit")}
    return problems


def write(article: markup.Article, outlet: str, folder: Path) -> None:
    """Write the text and the gold answers of one article."""
    text = article.text
    if article.format == "html":
        (folder / f"{article.slug}.main.txt").write_text(text, encoding="utf-8")
        text = pages.page(text, published=article.published, site=outlet, outside=article.outside)
    (folder / f"{article.slug}.{article.format}").write_text(text, encoding="utf-8")
    gold = {key: getattr(article, key) for key in ("slug", "format", "published", "outlet", "style")}
    gold["part"] = part_of(article.slug)
    claims = [{key: value for key, value in claim.items() if key != "pairs"} for claim in article.claims]
    marked = [(mark["start"], mark["end"]) for mark in article.figures]
    spare = [
        found
        for found in NUMBER_WORDS.finditer(article.text)
        if not any(a < found.end() and found.start() < b for a, b in marked)
    ]
    loose = [{"start": found.start(), "end": found.end(), "surface": found.group()} for found in spare]
    gold |= {
        "names": article.names,
        "figures": article.figures,
        "optional_figures": loose,
        "claims": claims,
        "set_aside": article.set_aside,
    }
    (folder / f"{article.slug}.gold.json").write_text(
        json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def write_pairs(articles: list[markup.Article], folder: Path) -> list[str]:
    """Write which sentences contradict each other or show two tracks of one actor."""
    pairs: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for article in articles:
        for claim in article.claims:
            for pair in claim.get("pairs", []):
                pairs.setdefault(pair, []).append(
                    {"slug": article.slug, **{key: claim[key] for key in ("start", "end", "id")}}
                )
    rows = [{"kind": kind, "name": name, "spans": spans} for (kind, name), spans in sorted(pairs.items())]
    (folder / "contradictions.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return [f"pair {row['name']} has {len(row['spans'])} ends" for row in rows if len(row["spans"]) < 2]


def write_keys(articles: list[markup.Article], keys: dict[str, Key], folder: Path) -> None:
    """Write the keys the gold answers use, without the spellings they may have."""
    used = {mark["key"] for article in articles for mark in article.names} - {None, "stranger"}
    used |= {
        key
        for article in articles
        for mark in article.names
        for key in [*mark.get("candidates", []), mark.get("holder")]
        if key
    }
    used |= {
        key
        for article in articles
        for claim in article.claims
        for key in [*claim["chain"], claim["speaker"]]
        if key and not key.startswith("stranger:")
    }
    used |= {article.outlet for article in articles if not article.outlet.startswith("stranger:")}
    with (folder / "keys.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(
            file, ["key", "kind", "name", "offices", "country", "source"], lineterminator="\n", extrasaction="ignore"
        )
        out.writeheader()
        out.writerows(keys[key] for key in sorted(used - {"author"}))


def main() -> int:
    """Read the drafts, check them, write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder of the publishers' files")
    parser.add_argument("--out", type=Path, default=CORPUS, help="folder to write (default: the tests' own)")
    chosen = parser.parse_args()
    shelf, keys = Shelf(chosen.shared), read_keys()
    articles = [
        article
        for path in sorted((DRAFTS / "drafts").glob("*.draft"))
        for article in markup.read(path.read_text("utf-8"))
    ]
    problems: list[str] = []
    for article in articles:
        mark_plain_names(article, keys)
        problems += settle(article, shelf)
    if not problems:
        for old in chosen.out.glob("*"):
            if old.name not in KEPT:
                old.unlink()
        for article in articles:
            write(article, article.outlet.removeprefix("stranger:"), chosen.out)
        problems += write_pairs(articles, chosen.out)
        write_keys(articles, keys, chosen.out)
    names = [mark for article in articles for mark in article.names]
    print(
        len(articles),
        "articles,",
        len(names),
        "names,",
        sum(mark["key"] == "stranger" for mark in names),
        "strangers,",
        sum(len(article.figures) for article in articles),
        "figures",
    )
    verdicts = [claim["verdict"] for article in articles for claim in article.claims]
    print({word: verdicts.count(word) for word in sorted(set(verdicts))}, len(verdicts))
    print(sum(part_of(article.slug) == "tune" for article in articles), "to tune with")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
