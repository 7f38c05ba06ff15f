from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from chokepoint.dates import Month
from chokepoint.errors import DataError
from chokepoint.instruments import Ban, Duty, Licence, Quota
from chokepoint.records.measure import DutyTerms, FrameworkTerms, LicenceTerms, QuotaTerms, SuspensionTerms
from chokepoint.scenario import apply, controlled_share, lanes_of
from tests.ruritania import chain, with_parameters
from tests.simulation.acts import LICENCE, act, branch
from tests.simulation.trade import lane, settings_of

MARCH = Month(2025, 3)


def schedule(*measures, world=None, as_of=dt.date(2025, 6, 30), cases=1):
    world = world or chain()
    return apply(world, branch(*measures, as_of=as_of), settings_of(world, cases))


def reached(world, **changes):
    """Return the lanes an act reaches as ``good EXPORTER IMPORTER``."""
    lanes = world.lanes
    rows = np.flatnonzero(lanes_of(world, act(**changes)))
    code, name = [good.code for good in world.goods], world.countries
    return {f"{code[lanes.good[row]]} {name[lanes.exporter[row]]} {name[lanes.importer[row]]}" for row in rows}


def test_an_act_against_the_world_reaches_every_border_lane_of_its_actor_and_none_at_home():
    assert reached(chain()) == {"magnet RUR SYL", "magnet RUR FRE", "magnet RUR GFW"}


def test_an_act_reaches_only_its_targets_and_the_members_of_its_blocs():
    assert reached(chain(), targets=("GFW",)) == {"magnet RUR GFW"}
    assert reached(chain(), targets=("LEAGUE",)) == {"magnet RUR SYL", "magnet RUR FRE"}


def test_an_act_reaches_only_its_goods_and_goods_the_world_does_not_know_are_passed_over():
    assert reached(chain(), goods=("ruritanium", "phlogiston")) == {"ruritanium RUR FRE"}


def test_an_act_on_foreign_made_goods_reaches_the_exports_of_the_countries_it_names():
    assert reached(chain(), exporters=("FRE",)) == {"magnet FRE SYL"}


def test_an_act_never_reaches_what_its_actor_imports():
    assert reached(chain(), actor="SYL", exporters=("RUR", "FRE")) == {"magnet RUR FRE", "magnet RUR GFW"}


def test_an_act_known_to_the_branch_binds_from_its_first_day_on():
    bound = schedule(act())
    row = lane(chain(), "magnet", "RUR", "SYL")
    assert np.isinf(bound.conditions(Month(2025, 1)).cap_share).all()
    assert bound.conditions(Month(2025, 2)).cap_share[0, row] == 0.0
    assert bound.notes == ()


def test_an_act_announced_later_than_the_branch_may_know_is_hidden_and_the_notes_say_so():
    bound = schedule(act("RUR/later", announced=dt.date(2025, 1, 11)), as_of=dt.date(2025, 1, 10))
    assert bound.instruments == ()
    assert np.isinf(bound.conditions(MARCH).cap_share).all()
    assert bound.notes == ("RUR/later: announced 2025-01-11, after 2025-01-10; left out.",)


def test_an_act_announced_on_the_very_day_is_known():
    assert isinstance(schedule(act(), as_of=dt.date(2025, 1, 10)).instruments[0], Ban)


def test_a_hidden_suspension_does_not_lift_what_it_would_suspend():
    ban = act("RUR/licence", LICENCE, instrument="licence")
    lift = act(
        "RUR/pause",
        SuspensionTerms(suspends=("RUR/licence",)),
        instrument="suspension",
        announced=dt.date(2025, 2, 20),
        effective=dt.date(2025, 2, 20),
        targets=(),
        goods=(),
    )
    row = lane(chain(), "magnet", "RUR", "GFW")
    early, late = (
        schedule(ban, lift, as_of=day).conditions(MARCH) for day in (dt.date(2025, 2, 1), dt.date(2025, 3, 1))
    )
    assert early.cap_share[0, row] == 0.0
    assert np.isinf(late.cap_share[0, row])


def test_an_end_whose_outcome_nobody_reports_is_noted_not_asserted():
    bound = schedule(act(ends=dt.date(2025, 5, 31), outcome_of_end="unknown"))
    assert bound.notes == ("RUR/act: set to end on 2025-05-31; what happened then is not known to the sources.",)


def test_an_act_on_goods_the_world_does_not_carry_is_listed_not_simulated():
    bound = schedule(act(goods=("phlogiston",)))
    assert bound.instruments == ()
    assert bound.notes == ("RUR/act: none of its goods is carried by this world; listed, not simulated.",)


@pytest.mark.parametrize(
    ("terms", "kind"),
    [
        (None, Ban),
        (LICENCE, Licence),
        (DutyTerms(ad_valorem_share=0.1), Duty),
        (QuotaTerms(tonnes_per_month=3.0), Quota),
    ],
)
def test_each_kind_of_act_sets_its_instrument(terms, kind):
    assert type(schedule(act(terms=terms)).instruments[0]) is kind


def test_a_quota_in_tonnes_becomes_a_share_of_the_trade_it_reaches():
    bound = schedule(act(terms=QuotaTerms(tonnes_per_month=6.0)))
    assert [each.tolist() for each in bound.groups] == [[9, 10, 11]]
    assert bound.conditions(MARCH).quota_share.item() == pytest.approx(6.0 / 30.0)


def test_quotas_on_the_same_trade_follow_each_other_and_the_smaller_of_two_binds():
    first = act("RUR/first", QuotaTerms(tonnes_per_month=6.0), ends=dt.date(2025, 3, 31))
    bound = schedule(first, act("RUR/second", QuotaTerms(tonnes_per_month=15.0)))
    assert len(bound.groups) == 1
    shares = [bound.conditions(Month(2025, month)).quota_share.item() for month in (3, 4)]
    assert shares == pytest.approx([0.2, 0.5])


def test_quotas_that_overlap_in_part_are_refused_with_a_remedy():
    with pytest.raises(DataError, match="split the wider one"):
        schedule(
            act("RUR/all", QuotaTerms(tonnes_per_month=6.0)),
            act("RUR/one", QuotaTerms(tonnes_per_month=1.0), targets=("GFW",)),
        )


def test_two_quotas_on_different_trade_are_two_groups():
    bound = schedule(
        act("RUR/one", QuotaTerms(tonnes_per_month=6.0)),
        act("RUR/two", QuotaTerms(tonnes_per_month=1.0), goods=("ruritanium",)),
    )
    assert bound.conditions(MARCH).quota_share[0].tolist() == pytest.approx([0.2, 0.25])
    assert [each.tolist() for each in bound.groups] == [[9, 10, 11], [3]]


def test_a_framework_speeds_up_only_the_licence_it_names():
    named = act("RUR/named", LICENCE)
    other = act("RUR/other", LICENCE, goods=("ruritanium",))
    pact = act(
        "RUR/pact",
        FrameworkTerms(modifies=("RUR/named",), approval_per_month=0.9),
        effective=dt.date(2025, 4, 1),
        goods=(),
    )
    bound = schedule(named, other, pact).conditions(Month(2025, 6)).cap_share[0]
    alone = schedule(named, other).conditions(Month(2025, 6)).cap_share[0]
    assert bound[9] > alone[9] + 0.1
    assert bound[3] == alone[3]


def test_a_number_in_an_act_may_be_a_parameter_with_a_value_per_case():
    world = with_parameters(chain(), licence__handling_days=45.0)
    terms = LicenceTerms(share=1.0, handling_days="licence.handling_days", approval_per_month=0.5, already_cleared=0.0)
    settings = settings_of(world, 2, licence__handling_days=[10.0, 60.0])
    cap = apply(world, branch(act(terms=terms)), settings).conditions(MARCH).cap_share[:, 9]
    assert cap[0] > 0.1
    assert cap[1] == 0.0


def spread(share, *goods):
    world = chain()
    return controlled_share(world, act(goods=goods), np.array([share]))[0]


def test_a_controlled_share_fills_the_goods_in_the_order_they_are_listed():
    # Ruritania ships 30 magnets and 20 of ore abroad: half of 50 is 25 of the first listed.
    magnets_first, ore_first = spread(0.5, "magnet", "ore"), spread(0.5, "ore", "magnet")
    assert magnets_first[[9, 10, 11]].tolist() == pytest.approx([25.0 / 30.0] * 3)
    assert magnets_first[1] == 0.0
    assert ore_first[1] == 1.0
    assert ore_first[[9, 10, 11]].tolist() == pytest.approx([5.0 / 30.0] * 3)


def test_a_controlled_share_controls_nothing_at_zero_everything_at_one_and_never_trade_at_home():
    assert spread(0.0, "magnet", "ore").max() == 0.0
    assert np.flatnonzero(spread(1.0, "magnet", "ore")).tolist() == [1, 9, 10, 11]
    assert spread(1.0, "magnet", "ore")[[0, 8]].tolist() == [0.0, 0.0]


def test_a_controlled_share_is_spread_case_by_case():
    both = controlled_share(chain(), act(goods=("magnet", "ore")), np.array([0.3, 0.8]))
    assert both[:, 9].tolist() == pytest.approx([0.5, 1.0])
    assert both[:, 1].tolist() == pytest.approx([0.0, 0.5])
