import datetime as dt

import pytest

from chokepoint.errors import DataError
from chokepoint.records.measure import (
    BanTerms,
    DutyTerms,
    FrameworkTerms,
    LicenceTerms,
    QuotaTerms,
    SuspensionTerms,
    read_measures,
)
from tests.position.atlas import VOCABULARY

LICENCE_ID = "CHN/2025-04-04-seven-elements"
LICENCE = """\
title: Licences for seven elements and magnets
actor: CHN
reference: Announcement 18/2025
announced: 2025-04-04
effective: 2025-04-04
ends:
source: mofcom_2025_18
grade: A
targets: world
goods: [dysprosium_oxide, ndfeb_magnet]
instrument: licence
share: licence.share_controlled
handling_days: 45
approval_per_month: 0.3
already_cleared: 0
"""


def put(folder, **files):
    """Write measure files; two underscores stand for a slash, one for a hyphen."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/").replace("_", "-") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def licence(folder, text=LICENCE):
    put(folder, CHN__2025_04_04_seven_elements=text)
    return read_measures(folder, VOCABULARY)


def problems(folder, text):
    with pytest.raises(DataError) as raised:
        licence(folder, text)
    return [str(problem).removeprefix(f"{LICENCE_ID}.yaml:") for problem in raised.value.problems]


def changed(*pairs):
    text = LICENCE
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    return text


def test_a_licence_is_read_with_its_dates_reference_and_terms(tmp_path):
    measure = licence(tmp_path)[LICENCE_ID]
    assert measure.effective == dt.date(2025, 4, 4)
    assert (measure.ends, measure.outcome_of_end) == (None, None)
    assert measure.targets == ("world",)
    assert measure.goods == ("dysprosium_oxide", "ndfeb_magnet")
    assert measure.terms == LicenceTerms(
        share="licence.share_controlled", handling_days=45.0, approval_per_month=0.3, already_cleared=0.0
    )


def test_each_instrument_has_its_own_terms(tmp_path):
    head = LICENCE.split("targets", maxsplit=1)[0].replace("2025-04-04", "2025-06-11")
    aimed = head + "targets: [USA, EU27, Norway]\ngoods: [ndpr_oxide]\n"
    put(
        tmp_path,
        CHN__2025_04_04_seven_elements=LICENCE,
        CHN__2025_06_11_ban=aimed + "instrument: ban\n",
        CHN__2025_06_11_quota=aimed + "instrument: quota\ntonnes_per_month: 12\n",
        CHN__2025_06_11_duty=aimed + "instrument: duty\nad_valorem_share: 0.25\n",
        CHN__2025_06_11_framework=head + f"instrument: framework\nmodifies: [{LICENCE_ID}]\napproval_per_month: 0.5\n",
        CHN__2025_06_11_pause=head + f"instrument: suspension\nsuspends: [{LICENCE_ID}]\n",
    )
    measures = read_measures(tmp_path, VOCABULARY)
    assert {name.rsplit("-", 1)[1]: measure.terms for name, measure in measures.items()} == {
        "elements": measures[LICENCE_ID].terms,
        "ban": BanTerms(),
        "quota": QuotaTerms(tonnes_per_month=12.0),
        "duty": DutyTerms(ad_valorem_share=0.25),
        "framework": FrameworkTerms(modifies=(LICENCE_ID,), approval_per_month=0.5),
        "pause": SuspensionTerms(suspends=(LICENCE_ID,)),
    }
    assert measures["CHN/2025-06-11-ban"].targets == ("USA", "EU27", "NOR")
    assert measures["CHN/2025-06-11-pause"].targets == ()
    assert measures["CHN/2025-06-11-pause"].changes == (LICENCE_ID,)


def test_a_measure_that_ends_before_it_begins_is_refused_at_its_line(tmp_path):
    assert problems(tmp_path, changed(("ends:", "ends: 2025-04-01"))) == [
        (
            "6:1 ends: found '2025-04-01'; expected a day not before it begins (2025-04-04); "
            "exchange the two dates, or leave 'ends' empty when no end is known"
        )
    ]


def test_a_measure_without_a_legal_reference_is_refused(tmp_path):
    assert problems(tmp_path, changed(("reference: Announcement 18/2025\n", ""))) == [
        "1:1: found no 'reference'; expected a line 'reference: ...'; add it"
    ]


def test_all_problems_of_a_measure_are_found_at_once_each_at_its_place(tmp_path):
    text = changed(
        ("actor: CHN", "actor: Chinna"),
        ("announced: 2025-04-04", "announced: 2025-13-04"),
        ("mofcom_2025_18", "mofcom_2025_81"),
        ("grade: A", "grade: Z"),
        ("targets: world", "targets: USA"),
        ("ndfeb_magnet", "ndfeb_magnt"),
        ("handling_days: 45", "handling_days: -45"),
        ("approval_per_month: 0.3", "approval_per_month: 30"),
        ("already_cleared: 0", "already_cleard: 0"),
        ("share: licence.share_controlled", "share: licence.share_controled"),
    )
    assert problems(tmp_path, text) == [
        "2:1 actor: found 'Chinna'; expected a country; did you mean 'China' (CHN)?",
        "4:1 announced: found '2025-13-04'; expected a date, year-month-day; write it like 2025-04-04",
        (
            "7:1 source: found 'mofcom_2025_81'; expected a key of references.bib, or 'assumed'; "
            "did you mean 'mofcom_2025_18'?"
        ),
        "8:1 grade: found 'Z'; expected one of A, B, B-, C, derived, assumed; see docs/reference/grades.md",
        (
            "9:1 targets: found 'USA'; expected 'world' or a list of countries and blocs; "
            "write 'world', or a list such as [USA, EU27]"
        ),
        "10:27 goods.1: found 'ndfeb_magnt'; expected the code of a good that is known; did you mean 'ndfeb_magnet'?",
        (
            "12:1 share: found 'licence.share_controled'; expected a number from 0 to 1, or the name of a parameter; "
            "did you mean 'licence.share_controlled'?"
        ),
        "13:1 handling_days: found '-45'; expected a number, 0 or more, or the name of a parameter; correct the number",
        (
            "14:1 approval_per_month: found '30'; expected a number from 0 to 1, or the name of a parameter; "
            "correct the number"
        ),
        "1:1: found no 'already_cleared'; expected a line 'already_cleared: ...'; add it",
        (
            "15:1 already_cleard: found an unknown key 'already_cleard'; expected only keys that mean something here; "
            "did you mean 'already_cleared'?"
        ),
    ]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("instrument: licence", "instrument: licens", "did you mean 'licence'?"),
        ("instrument: licence", "note: none", "found no 'instrument'; expected a line 'instrument: ...'"),
        ("handling_days: 45", "handling_days: true", "write digits without quotation marks"),
        ("handling_days: 45", "handling_days: .inf", "correct the number"),
        ("goods: [dysprosium_oxide, ndfeb_magnet]", "goods: []", "expected at least one entry; add one"),
        ("goods: [dysprosium_oxide, ndfeb_magnet]", "goods: dysprosium_oxide", "expected a list; write it like"),
        ("title: Licences for seven elements and magnets", "title: 7", "expected text; put it in quotation marks"),
        ("effective: 2025-04-04", "effective: 2025-04-03", "expected a day not before it was announced (2025-04-04)"),
        ("ends:", "title: again", "found duplicate key"),
        ("ends:", "ends: [", "expected YAML: 'key: value' lines"),
        ("grade: A", "grade: &a A\nnote: *a", "9:7: found an alias (*name); expected plain values"),
    ],
)
def test_a_slip_in_a_measure_says_what_was_expected(tmp_path, before, after, message):
    assert message in problems(tmp_path, changed((before, after)))[0]


def test_a_cap_below_zero_is_refused(tmp_path):
    text = LICENCE.split("instrument", maxsplit=1)[0] + "instrument: quota\ntonnes_per_month: -5\n"
    assert problems(tmp_path, text) == [
        (
            "12:1 tonnes_per_month: found '-5'; expected a number, 0 or more, or the name of a parameter; "
            "correct the number"
        )
    ]


def test_a_measure_that_suspends_one_nobody_knows_is_refused(tmp_path):
    head = LICENCE.split("targets", maxsplit=1)[0]
    text = head + "instrument: suspension\nsuspends: [CHN/2025-04-04-seven-element]\n"
    (found,) = problems(tmp_path, text)
    assert "did you mean 'CHN/2025-04-04-seven-elements'?" in found


def test_the_file_name_tells_the_truth_about_actor_and_day(tmp_path):
    put(tmp_path, USA__2025_04_04_seven_elements=LICENCE)
    with pytest.raises(DataError, match=r"expected CHN/2025-04-04-<a few words>.yaml; rename the file"):
        read_measures(tmp_path, VOCABULARY)


def test_problems_of_several_files_are_listed_together(tmp_path):
    put(tmp_path, CHN__2025_04_04_seven_elements=changed(("grade: A", "grade: Z")), CHN__2025_04_04_eight="")
    with pytest.raises(DataError, match="2 problems"):
        read_measures(tmp_path, VOCABULARY)
