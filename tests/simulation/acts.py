"""Acts and branches of fictional states."""

from __future__ import annotations

import datetime as dt

from chokepoint.records.measure import BanTerms, LicenceTerms, MeasureRecord
from chokepoint.records.scenario import BranchRecord

LICENCE = LicenceTerms(share=1.0, handling_days=60.0, approval_per_month=0.1, already_cleared=0.0)


def act(name="RUR/act", terms=None, **changes):
    """Return an act of Ruritania against the world: a ban on magnets unless told otherwise."""
    said = {
        "id": name,
        "file": f"{name}.yaml",
        "title": name,
        "actor": "RUR",
        "reference": "Decree 1 of 1894",
        "announced": dt.date(2025, 1, 10),
        "effective": dt.date(2025, 2, 1),
        "ends": None,
        "outcome_of_end": None,
        "source": "assumed",
        "grade": "assumed",
        "note": "",
        "targets": ("world",),
        "goods": ("magnet",),
        "instrument": "ban",
        "terms": terms or BanTerms(),
    }
    return MeasureRecord(**(said | changes))


def branch(*measures, as_of=dt.date(2025, 6, 30)):
    return BranchRecord(name="b", title="B", as_of=as_of, measures=measures, parameters=(), note="")
