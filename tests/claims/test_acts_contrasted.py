"""A true sentence on an act, and what becomes of it by one change: denied, reversed, other parties or numbers."""

from __future__ import annotations

import pytest

from chokepoint.claims.denials import is_called_false, is_effect, is_never, is_passing, is_reversed, is_undone
from chokepoint.claims.quantities import Quantity
from chokepoint.claims.reading import read
from chokepoint.claims.terms import Term, compared, terms_in
from chokepoint.claims.text import open_text


def verdict(library, text: str, day: str) -> str:
    """Return the verdict on the last sentence of a text."""
    return read(open_text("text", text), library, day).claims[-1].verdict


TRUE = [
    ("Boeing quit buying: it stopped purchases of Russian titanium on 7 March 2022.", "2022-04-02"),
    ("Donald Trump met Xi Jinping in Busan on 30 October 2025.", "2025-11-02"),
    ("Kinshasa stopped exports of cobalt on 22 February 2025.", "2025-03-02"),
    ("On 2 July 2025 Washington lifted its letters on ethane for China.", "2025-07-04"),
    ("Seven medium and heavy rare earths went under licence in China on 4 April 2025.", "2025-04-09"),
    ("The LME cancelled the nickel trades of 8 March 2022.", "2022-04-01"),
    ("Congo suspended exports of cobalt for four months on 22 February 2025.", "2025-03-01"),
    ("He Lifeng headed the Chinese delegation in London.", "2025-06-14"),
    ("Beijing has suspended its rare earth controls of October 9 for one year.", "2025-11-12"),
    ("The ministry put holmium and erbium under licence on 9 October 2025.", "2025-10-11"),
]


@pytest.mark.parametrize(("text", "day"), TRUE)
def test_a_true_telling_is_borne_out(library, text, day):
    assert verdict(library, text, day) == "supported"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kinshasa never stopped exports of cobalt in February 2025.", "2025-03-02"),
        ("It is untrue that Indonesia banned exports of nickel ore on 1 January 2020.", "2020-02-02"),
        ("The LME did not cancel the nickel trades of 8 March 2022.", "2022-04-01"),
        ("Ukraine and the United States did not sign the minerals deal on April 30, 2025.", "2025-05-03"),
        ("The Verkhovna Rada voted down the minerals agreement on 8 May 2025.", "2025-05-10"),
        ("Nobody in Washington put the H20 under licence in April 2025.", "2025-04-20"),
    ],
)
def test_a_denied_or_reversed_act_contradicts_the_record(library, text, day):
    assert verdict(library, text, day) == "contradicted"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Zambia stopped exports of cobalt on 22 February 2025.", "2025-03-02"),
        ("China put the H20 under licence on 9 April 2025.", "2025-04-20"),
        ("Xi Jinping and Narendra Modi met in Busan on 30 October 2025.", "2025-11-02"),
        ("Marco Rubio led the American side in London.", "2025-06-14"),
        ("Exports of gallium to Germany were banned by China on 3 December 2024.", "2024-12-10"),
        ("The Dobra deposit went to Glencore, with at least 179 million dollars of investment.", "2026-01-20"),
    ],
)
def test_other_parties_contradict_the_record(library, text, day):
    assert verdict(library, text, day) == "contradicted"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Congo stopped cobalt exports for six months on 22 February 2025.", "2025-03-01"),
        ("Nine medium and heavy rare earths went under licence in China on 4 April 2025.", "2025-04-09"),
        ("Beijing has suspended its rare earth controls of October 9 for two years.", "2025-11-12"),
        ("The agreement of Ukraine with the United States covers 40 minerals.", "2025-05-12"),
        ("China lifted its ban on gallium for the United States on 3 December 2024.", "2026-01-05"),
    ],
)
def test_other_numbers_and_days_contradict_the_record(library, text, day):
    assert verdict(library, text, day) == "contradicted"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("China is weighing a ban on exports of gallium to the United States.", "2024-11-02"),
        ("China may lift its ban on gallium for American buyers.", "2025-06-01"),
        ("The miners oppose the quotas on cobalt from Congo.", "2025-10-18"),
        ("The ban on gallium is not mentioned in the statement.", "2025-11-02"),
        ("Within days China's exports of dysprosium dried up.", "2025-04-20"),
    ],
)
def test_what_is_weighed_wished_or_only_named_is_no_act(library, text, day):
    assert verdict(library, text, day) in {"not_checkable", "forecast", "opinion"}


def test_the_announced_future_of_an_act_is_the_act(library):
    text = "Congo will let its miners ship 18,125 tonnes of cobalt until the end of the year, the regulator announced."
    assert verdict(library, text, "2025-09-22") == "supported"


def test_the_act_wins_over_a_figure_that_shares_a_percentage(library):
    text = "Goods made abroad with 0.1 percent of Chinese rare earths need a licence of Beijing from 1 December."
    claim = read(open_text("text", text), library, "2025-10-12").claims[-1]
    assert claim.verdict == "supported"
    assert claim.act is not None


def quantity(value: float, unit: str, text: str = "n") -> Quantity:
    return Quantity(start=0, end=1, low=value, high=value, unit=unit, comparison="=", text=text)


@pytest.mark.parametrize(
    ("value", "unit", "behind", "outcome"),
    [
        (3.0, "months", "", "met"),
        (90.0, "days", "", "met"),
        (60.0, "days", "", "missed"),
        (24.0, "pp", "", "met"),
        (5.0, "USD", "", "other"),
        (57.0, "count", " minerals", "met"),
        (40.0, "count", " minerals", "missed"),
        (40.0, "count", " sailors", ""),
        (40.0, "count", " other minerals", ""),
    ],
)
def test_numbers_are_compared_with_terms_of_their_unit(value, unit, behind, outcome):
    terms = terms_in("90 days;24 pp;57 mineral")
    assert compared([quantity(value, unit)], terms, "n" + behind, 0).outcome == outcome


def test_terms_are_read_with_ranges():
    assert terms_in("11-14 days") == (Term(low=11.0, high=14.0, unit="days", told_in="days"),)


def test_a_duration_inside_a_word_or_added_to_another_is_no_term():
    terms = terms_in("4 months")
    assert not compared([quantity(9.0, "years", "nine-year")], terms, "n low", 0).outcome
    added = Quantity(start=10, end=22, low=3, high=3, unit="months", comparison="=", text="three months")
    assert not compared([added], terms, "a further three months", 0).outcome


def test_how_a_sentence_puts_an_act():
    assert is_undone("zenda is mulling a ban")
    assert is_passing("the ban is not mentioned")
    assert is_called_false("it is false that zenda banned ore")
    assert is_never("zenda never banned ore")
    assert is_effect("exports of ore dried up")
    assert is_reversed("the diet rejected the treaty", "ratify")
    assert not is_reversed("the diet passed it, while ruritania rejected the treaty", "ratify")
