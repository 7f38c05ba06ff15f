"""What is told of a figure wherever one is shown: on the page, in the record, by ``why``, in tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from chokepoint.provenance import ASSUMED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.provenance import Figure


class Input(TypedDict):
    """A figure as ``run.json`` and the tables hold it, beside its name."""

    value: float
    low: float
    high: float
    unit: str
    year: int
    source: str
    grade: str
    reason: str


class Facts(Input):
    """A figure as people are told of it: its name, its kind and its source in words as well."""

    name: str
    kind: str
    source_text: str


def recorded(figure: Figure) -> Input:
    """Return what is recorded of a figure."""
    return Input(
        value=figure.value,
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        year=figure.year,
        source=figure.source,
        grade=figure.grade,
        reason=figure.reason,
    )


def facts(figure: Figure, references: Mapping[str, object]) -> Facts:
    """Return what people are told of a figure.

    Args:
        figure: the figure.
        references: the sources by key; their texts are what ``str`` makes of them.
    """
    return Facts(
        **recorded(figure),
        name=figure.name,
        kind=figure.kind.value,
        source_text=source_text(references, figure.source),
    )


def source_text(references: Mapping[str, object], key: str) -> str:
    """Return what is known of a source by its key."""
    if key == ASSUMED:
        return "nobody says so; it is assumed"
    return str(references[key]) if key in references else f"{key} (not among the references given)"
