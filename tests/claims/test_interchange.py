"""What other programs take: ClaimReview, PLOVER events, a folder as tables and JSON."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from chokepoint.claims.as_json import reading_json
from chokepoint.claims.corpus import gather, reprints
from chokepoint.claims.exchange import claim_reviews
from chokepoint.claims.plover import events
from chokepoint.claims.reading import read
from chokepoint.claims.simulated import read_simulated
from chokepoint.claims.text import open_text
from chokepoint.cli import commands
from tests.architecture.repository import PACKAGE, ROOT
from tests.claims.library import golds, main_text

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-02-01"
CATEGORIES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "DEMAND", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def events_of(library, text: str):
    return events(read(open_text("text", text), library, DAY), library.gazetteer)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("China banned exports of gallium to the United States.", ("SANCTION", "sever", ("CHN",), ("USA",))),
        ("China lifted its ban on gallium for the United States.", ("RETREAT", "", ("CHN",), ("USA",))),
        ("China threatened to ban exports of gallium to Japan.", ("THREATEN", "restrict", ("CHN",), ("JPN",))),
        ("China offered to ease its controls on magnets for Germany.", ("AGREE", "", ("CHN",), ("DEU",))),
        ("Chinese officials refused to lift the ban on germanium for Japan.", ("REJECT", "yield", ("CHN",), ("JPN",))),
        ("Bessent met He Lifeng in Geneva.", ("CONSULT", "third-party", ("USA", "CHN"), ())),
        ("Bessent and He Lifeng held talks by telephone.", ("CONSULT", "phone", ("USA", "CHN"), ())),
        ("Svyrydenko and Bessent signed the agreement.", ("SUPPORT", "", ("UKR", "USA"), ())),
        ("He Lifeng accused Washington of bad faith.", ("ACCUSE", "", ("CHN",), ("USA",))),
    ],
)
def test_what_happened_has_the_code_of_the_manual(library, text, code):
    (event,) = events_of(library, text)
    assert (event.event, event.mode, event.source, event.recipient) == code


def test_a_control_on_all_the_world_has_no_code_and_says_why(library):
    (event,) = events_of(library, "China placed holmium under licence.")
    assert event.event == ""
    assert event.comment == "SANCTION asks for a recipient, and none is named"


def test_conditions_denials_and_opinions_are_no_events(library):
    assert events_of(library, "China did not ban gallium. I think China should ban gallium.") == []


def test_an_offer_under_a_condition_is_hypothetical(library):
    (event,) = events_of(library, "If Washington lifts its curbs, Beijing will release licences for magnets.")
    assert (event.event, event.context) == ("AGREE", ("economic", "hypothetical"))


def test_every_code_used_on_the_corpus_is_one_of_the_manual(library):
    for gold in golds()[:20]:
        for event in events(
            read(open_text(gold["slug"], main_text(gold)), library, gold["published"]), library.gazetteer
        ):
            assert event.event in {*CATEGORIES, ""}
            assert bool(event.event) != bool(event.comment)


def test_a_review_for_other_programs_holds_rating_and_evidence(library):
    article = open_text("https://example.org/ore", "China mined 270,000 tonnes of rare earths in 2024. It rained.")
    (review,) = claim_reviews(read(article, library, "2025-06-12"))
    assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
    assert review["reviewRating"]["alternateName"] == "supported"
    assert review["itemReviewed"]["appearance"]["url"] == "https://example.org/ore"
    assert "270,000 t" in review["reviewBody"]


def test_no_review_is_made_of_a_headline_an_opinion_or_an_undated_contradiction(library):
    text = "China mined 270,000 tonnes of rare earths in 2024\n\nRuritania's miners were tired. It was a fine year.\n"
    assert claim_reviews(read(open_text("hentzau/ore.txt", text), library, "2025-06-12")) == []


def test_a_review_names_the_file_without_its_folder_and_the_speaker_without_a_mark(library):
    text = "A miner said that China mined 270,000 tonnes of rare earths in 2024."
    (review,) = claim_reviews(read(open_text("hentzau/ore.txt", text), library, "2025-06-12"))
    assert "hentzau" not in json.dumps(review)
    assert not review["itemReviewed"]["author"]["name"].startswith("stranger:")


def test_the_same_article_twice_is_a_reprint_and_another_is_not(library):
    texts = [main_text(gold) for gold in golds()[:2]]
    longer = "By our own correspondent.\n\n" + texts[0]
    readings = [
        read(open_text(name, text), library, DAY)
        for name, text in zip("abc", (texts[0], texts[1], longer), strict=True)
    ]
    assert [(each.original, each.reprint) for each in reprints(readings)] == [("a", "c")]


def test_reprints_count_once_in_the_timeline_and_among_the_acts(library):
    text = (
        "Germany banned exports of soybeans to Japan on 3 March 2025. "
        + "Nobody in Strelsau was surprised by it at all. " * 3
    )
    readings = [read(open_text(name, text), library, DAY) for name in ("one", "two")]
    corpus = gather(readings, library, read_simulated())
    assert [each.sentence for each in corpus.timeline].count(corpus.timeline[0].sentence) == 1
    assert {(each.date, each.article) for each in corpus.timeline} == {("2025-03-03", "one")}
    assert [(each.state, each.year, each.restricts, each.eases) for each in corpus.acts] == [("DEU", "2025", 1, 0)]


def test_a_folder_becomes_json_and_tables(tmp_path: Path):
    folder, out = tmp_path / "articles", tmp_path / "out"
    folder.mkdir()
    ban = "Germany banned exports of soybeans to Japan on Monday. The ministry gave no reason, nobody asked for one."
    (folder / "2025-03-04-ban.txt").write_text(ban, "utf-8")
    (folder / "2025-03-05-again.md").write_text(ban, "utf-8")
    (folder / "later.txt").write_text("Germany lifted its controls on magnets for America.", "utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    shown = CliRunner().invoke(commands, ["read", str(folder), "--date", DAY, "--json", "--out", str(out)])
    assert shown.exit_code == 0, shown.output
    told = json.loads(shown.stdout)
    assert [each["published"] for each in told["articles"]] == ["2025-03-04", "2025-03-05", DAY]
    assert len(told["reprints"]) == 1
    assert [(each["kind"], each["about"]) for each in told["contradictions"]] == [("dual_track", "DEU")]
    assert "2025-03-03" in {each["date"] for each in told["timeline"]}
    with (out / "events.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["source"], row["event"], row["recipient"]) for row in csv.DictReader(file)] == [
            ("DEU", "SANCTION", "JPN"),
            ("DEU", "RETREAT", "USA"),
        ]


def test_the_json_of_an_article_is_what_the_reference_page_lists(library):
    text = (
        "China mined 250,000 tonnes of rare earths in 2024. If it bans gallium, Japan will pay. "
        "China lifted its ban on gallium. Each F-35 holds 920 pounds of rare earths."
    )
    told = reading_json(read(open_text("text", text), library, "2025-06-12"))
    page = (ROOT / "docs/reference/article-json.md").read_text("utf-8")

    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {name for each in value.values() for name in names(each)}
        return {name for each in value for name in names(each)} if isinstance(value, list) else set()

    assert [name for name in sorted(names(told)) if f"`{name}`" not in page] == []


def test_the_json_of_every_article_keeps_the_schema_that_ships(library, tmp_path: Path):
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema comes with frictionless, of the extra dev")
    schema = json.loads((PACKAGE / "data" / "schemas" / "article.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    file = tmp_path / "article.txt"
    file.write_text(
        "China lifted its controls on magnets for America. China banned gallium for Japan.", encoding="utf-8"
    )
    shown = CliRunner().invoke(commands, ["read", str(file), "--date", DAY, "--json"])
    told = [json.loads(shown.stdout)]
    told += [
        json.loads(json.dumps(reading_json(read(open_text(gold["slug"], main_text(gold)), library, gold["published"]))))
        for gold in golds()[20:40]
    ]
    assert [error.message for each in told for error in validator.iter_errors(each)] == []
