"""A report on Ruritania: every number here is invented, to show and test the page."""

from __future__ import annotations

from dataclasses import replace

from chokepoint.report.exhibits import Chart
from chokepoint.report.front import Counts, Hit, Leak, PricePair, Sentence
from chokepoint.report.payload import (
    Accounting,
    Coverage,
    FigureNote,
    Meta,
    Payload,
    SourceNote,
    TableCounts,
    Wrong,
)
from tests.browser.sample_tables import ACTS, NAMES, PARTS, all_tables

BAND = {"low": "low", "high": "high"}


def charts_over_months() -> tuple[Chart, ...]:
    return (
        Chart(
            id="exports",
            kind="fan",
            title="Exports fell to a quarter in May and were back by August",
            caption=(
                "The licence path was fixed before the outcome was drawn. Months that customs did not publish for a "
                "destination are left blank. Each panel has its own scale."
            ),
            table="exports",
            unit="t",
            encoding={
                **BAND,
                "month": "month",
                "median": "median",
                "reported": "reported",
                "naive": "naive",
                "destination": "destination",
            },
            options={"label_reported": "reported by customs", "label_naive": "naive: mean of 2024"},
            events=ACTS,
        ),
        Chart(
            id="prices",
            kind="lines",
            title="The quoted price tripled; the paid price hardly moved",
            caption="Marginal: one more kilogram abroad. Paid: average over tonnes that changed hands.",
            table="prices",
            unit="USD/kg",
            encoding={
                **BAND,
                "month": "month",
                "value": "value",
                "series": "price",
                "facet": "good",
                "quoted": "quoted",
            },
            options={"log": True},
            events=ACTS[:2],
        ),
        Chart(
            id="stocks",
            kind="stocks",
            title="India and the United States run dry first",
            caption="Months of normal use left in industry's stores at the end of each month.",
            table="stocks",
            unit="months",
            encoding={**BAND, "month": "month", "cover": "cover", "country": "country"},
            events=ACTS[:2],
        ),
    )


def charts() -> tuple[Chart, ...]:
    return (
        Chart(
            id="shares",
            kind="shares",
            title="Ruritania holds two fifths of heavy mining, but nearly all of what comes after it",
            caption="Share of tonnes at each stage, 2024. Separation of heavy elements is the narrowest point.",
            table="shares",
            unit="share",
            encoding={"stage": "stage", "country": "country", "share": "share"},
            options={"emphasis": "RUR"},
        ),
        *charts_over_months(),
        Chart(
            id="losses",
            kind="losses",
            title="Most of the loss is output that stopped, not dearer tonnes",
            caption="Rent is money changing hands: what one party loses another gains. Bars left of zero are gains.",
            table="losses",
            unit="USD",
            encoding={**BAND, "party": "party", "component": "component", "value": "loss"},
        ),
        Chart(
            id="expiry",
            kind="compare",
            title="If the suspended rules returned",
            caption="Two assumptions side by side. Which of them holds, no source read so far says.",
            table="comparison",
            unit="USD",
            encoding={**BAND, "item": "party", "series": "assumption", "value": "loss"},
        ),
    )


def answer() -> tuple[Sentence, ...]:
    why = ("mine.ree_concentrate_heavy.RUR", "licence.handling_days", "stock_cover.ndfeb_magnet_heavy.EU27")
    said = (
        (
            "Ruritania separates 98 % of the world's heavy rare earths and makes 86 % of the magnets that need them.",
            "unreported plants in Borduria separate more than 400 t a year.",
            (31, 12, 4),
        ),
        (
            "Licences took about two months to flow, and magnet exports fell by 76 % at the trough in May 2025.",
            "more than a third of exported magnets were outside the control.",
            (14, 6, 5),
        ),
        (
            "India and the United States emptied their stores within two months, Japan never did.",
            "Indian makers held more than six weeks of magnets, which nobody has counted.",
            (6, 9, 11),
        ),
        (
            "Twelve months cost the importers USD 3.9 bn (2.4 to 6.6), four fifths of it output that stopped.",
            "exporters take more than half of the scarcity rent.",
            (22, 18, 16),
        ),
        (
            "Graustark and Syldavia passed on about 610 t more than before, a tenth of what was withheld.",
            "their customs count transit as import.",
            (5, 4, 3),
        ),
    )
    return tuple(
        Sentence(sentence=text, unless=unless, rests_on=Counts(sourced=n[0], derived=n[1], assumed=n[2]), why=why)
        for text, unless, n in said
    )


def hits() -> tuple[Hit, ...]:
    empty = {"EU27": 2.1, "JPN": None, "KOR": 3.4, "IND": 1.0, "USA": 1.6}
    unserved = {"EU27": 0.34, "JPN": 0.08, "KOR": 0.17, "IND": 0.41, "USA": 0.37}
    return tuple(
        Hit(
            party=party,
            name=NAMES[party],
            loss_usd=sum(PARTS[party][:3]),
            low=PARTS[party][3],
            high=PARTS[party][4],
            shortage_usd=PARTS[party][0],
            rent_usd=PARTS[party][1],
            switching_usd=PARTS[party][2],
            months_until_empty=empty[party],
            share_unserved=unserved[party],
        )
        for party in empty
    )


def figures() -> tuple[FigureNote, ...]:
    return (
        FigureNote(
            name="mine.ree_concentrate_heavy.RUR",
            value=19200.0,
            unit="t/yr",
            low=17000.0,
            high=21000.0,
            year=2024,
            source="ruritania_yearbook_2025",
            grade="A",
        ),
        FigureNote(
            name="licence.handling_days",
            value=45.0,
            unit="working days",
            low=30.0,
            high=60.0,
            year=2023,
            source="assumed",
            grade="assumed",
            reason="the law allows 45; the gallium licences of 2023 took 35 to 51",
        ),
    )


def price_pair() -> PricePair:
    return PricePair(
        good="Dysprosium oxide",
        unit="USD/kg",
        paid=239.0,
        marginal=850.0,
        date="1 May 2025",
        quoted_paid=239.0,
        quoted_marginal=850.0,
        source_note="Invented for Ruritania: a yearbook's annual average beside a price agency's quote in Europe.",
        model_paid=251.0,
        model_marginal=790.0,
        quoted_marginal_low=700.0,
        quoted_marginal_high=1000.0,
        model_marginal_low=540.0,
        model_marginal_high=1080.0,
    )


def coverage() -> Coverage:
    return Coverage(
        sourced=412,
        derived=655,
        assumed=238,
        by_table=(
            TableCounts(table="production", sourced=96, derived=14, assumed=22),
            TableCounts(table="flows", sourced=288, derived=402, assumed=9),
            TableCounts(table="uses", sourced=0, derived=221, assumed=131),
            TableCounts(table="parameters", sourced=28, derived=18, assumed=76),
        ),
    )


def sample_payload() -> Payload:
    """The whole report, invented from end to end."""
    return Payload(
        meta=Meta(
            title="Ruritania's licences on heavy rare earths and magnets, 2025",
            question="Who is hit when every shipment needs a licence, when do stores run dry, what does it cost?",
            scenario="ruritania-2025",
            as_of="2025-06-10",
            base_year=2024,
            version="0.1.0",
            world="ruritania-2024",
            generated_from="a3f09c21e7",
            status_note=(
                "Every number on this page is invented. The suspension of the October rules ran out on 10 November "
                "2026; "
                "what happened then is not known here."
            ),
        ),
        answer=answer(),
        price_pair=price_pair(),
        hits=hits(),
        leaks=(
            Leak(country="GRA", name="Graustark", extra_flow_t=410.0, low=190.0, high=720.0),
            Leak(country="SYL", name="Syldavia", extra_flow_t=200.0, low=60.0, high=390.0),
        ),
        tables=all_tables(),
        charts=charts(),
        coverage=coverage(),
        wrong=Wrong(
            title="Magnets came back, the raw heavy elements did not",
            text=(
                "The model lets every controlled good recover on one licence path. In fact licences for magnets flowed "
                "from June while those for dysprosium and terbium stayed scarce all year."
            ),
            evidence="Dysprosium exports for the year: model -12 %, reported -35 %.",
        ),
        sources=(
            SourceNote(
                key="ruritania_yearbook_2025",
                text="Royal Statistical Office, Yearbook of Mines 2025, table 14.",
                licence="public domain",
                used_for="mine and separation tonnes",
            ),
            SourceNote(
                key="zenda_customs",
                text="Customs House of Zenda, monthly bulletins, January 2025 to March 2026.",
                licence="reuse with attribution",
                used_for="reported exports",
            ),
        ),
        limits=(
            "Lanthanum, cerium and yttrium are not carried; their value is small.",
            "End uses by sector rest on ratios, not on counts; see the assumed cells.",
            "Nothing after March 2026 was read.",
        ),
        accounting=Accounting(worst_residual=3.1e-11, worst_identity=8.4e-13, unsolved_cases=0),
        disagreements="disagreements",
        reconciliation="reconciliation",
        scores="scores",
        names=NAMES,
        figures=figures(),
    )


def hostile_payload(text: str) -> Payload:
    """The sample with one text in every place that takes text from data."""
    sample = sample_payload()
    table = replace(sample.tables["losses"], title=text)
    rows = tuple((text if row[0] == "KOR" else row[0], *row[1:]) for row in table.rows)
    return replace(
        sample,
        meta=replace(sample.meta, title=text, question=text, status_note=text),
        answer=tuple(replace(each, sentence=text, unless=text, why=(text,)) for each in sample.answer),
        hits=tuple(replace(each, name=text) for each in sample.hits),
        tables={**sample.tables, "losses": replace(table, rows=rows)},
        charts=tuple(replace(each, title=text, caption=text) for each in sample.charts),
        names={**sample.names, "DEU": text, "GRA": text},
        limits=(text,),
        sources=tuple(replace(each, text=text) for each in sample.sources),
    )
