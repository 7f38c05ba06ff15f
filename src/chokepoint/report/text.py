"""The answer on one screen of a terminal, in plain text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from chokepoint.report import amounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.report.front import Hit, Leak, PricePair, Sentence
    from chokepoint.report.payload import Payload

WIDTH = 100
HEIGHT = 40
SENTENCE_LINES = 2
HITS_SHOWN = 7
LEAKS_SHOWN = 4
BAR = 40


def render_text(payload: Payload) -> str:
    """Return the answer as at most 40 lines of at most 100 columns, ending in a line break.

    What does not fit is cut with dots; the page and the tables hold it in full.
    """
    meta = payload.meta
    head = [_one_line(meta.title), *_fitted(meta.question, 2), ""]
    below = [""]
    if payload.price_pair:
        below += _prices(payload.price_pair)
    below += _hits(payload.hits)
    below += _leaks(payload.leaks)
    below += _fitted(payload.limits[0], 2) if payload.limits else []
    for key in payload.said:
        below += _fitted(payload.said[key][0].sentence, SENTENCE_LINES)
    if meta.status_note:
        below += _fitted(f"Note: {meta.status_note}", 2)
    counts = payload.coverage
    closing = (
        f"{counts.sourced:,} cells sourced, {counts.derived:,} derived, {counts.assumed:,} assumed; "
        f"worst residual {amounts.number(payload.accounting.worst_residual, 2)}; run {meta.generated_from}"
    )
    room = HEIGHT - 1 - len(head) - len(below)
    lines = [*head, *_answer(payload.answer, room), *below]
    lines = [*lines[: HEIGHT - 1], _one_line(closing)]
    return "\n".join(_plain(line).rstrip() for line in lines) + "\n"


def _answer(sentences: Sequence[Sentence], room: int) -> list[str]:
    """Return the sentences of two lines each, and more of them for as long as there is room for a line more."""
    said = [_sentence(number, each, SENTENCE_LINES) for number, each in enumerate(sentences, start=1)]
    for most in range(SENTENCE_LINES + 1, room):
        for number, each in enumerate(sentences):
            longer = _sentence(number + 1, each, most)
            if sum(map(len, said)) - len(said[number]) + len(longer) <= room:
                said[number] = longer
    return [line for lines in said for line in lines]


def _sentence(number: int, sentence: Sentence, most: int) -> list[str]:
    """Return one sentence of the answer, its condition, and what it rests on."""
    rests = sentence.rests_on
    counts = f"[{rests.sourced} sourced, {rests.derived} derived, {rests.assumed} assumed]"
    return [
        *_fitted(sentence.sentence, most, first=f"{number}. ", rest="   "),
        *_fitted(f"Holds unless {sentence.unless}", 2, first="   ", rest="   ", end=f" {counts}"),
    ]


def _prices(pair: PricePair) -> list[str]:
    """Return the two prices, each with a bar on one scale."""
    top = max(pair.paid, pair.marginal) or 1.0
    lines = [_one_line(f"{pair.good}, {pair.unit}, {pair.date}")]
    for word, value, model in (
        ("paid", pair.paid, pair.model_paid),
        ("marginal", pair.marginal, pair.model_marginal),
    ):
        bar = "#" * max(1, round(BAR * value / top))
        said = f"  (model {amounts.number(model)})" if model is not None else ""
        lines.append(f"  {word:<9}{amounts.number(value):>8}  {bar}{said}")
    return lines


def _hits(hits: Sequence[Hit]) -> list[str]:
    """Return those hit, one line each."""
    if not hits:
        return []
    lines = [f"{'Who is hit':<20}{'loss':>18}  {'80 % interval':<32}{'empty after':>12}{'unserved':>14}"]
    for hit in hits[:HITS_SHOWN]:
        name = textwrap.shorten(_inert(hit.name), 18, placeholder="...")
        lines.append(
            f"  {name:<18}{amounts.loss(hit.loss_usd):>18}  {amounts.loss_range(hit.low, hit.high):<32}"
            f"{amounts.months(hit.months_until_empty):>12}{amounts.percent(hit.share_unserved):>14}"
        )
    return lines


def _leaks(leaks: Sequence[Leak]) -> list[str]:
    """Return the third countries in one line."""
    if not leaks:
        return ["Leaks through third countries: none; who could sell on is short as well"]
    said = ", ".join(
        f"{leak.name} {'+' if leak.extra_flow_t > 0 else ''}{amounts.number(leak.extra_flow_t)} t"
        for leak in leaks[:LEAKS_SHOWN]
    )
    return [_one_line(f"Leaks through {said}")]


def _fitted(text: str, most: int, first: str = "", rest: str = "", end: str = "") -> list[str]:
    """Return a text wrapped into a few lines; when there was more, dots stand before its fixed end."""
    lines = textwrap.wrap(_inert(text), WIDTH, initial_indent=first, subsequent_indent=rest) or [first.rstrip()]
    if len(lines) <= most and len(lines[-1]) + len(end) <= WIDTH:
        return [*lines[:-1], lines[-1] + end]
    if len(lines) < most:
        return [*lines, rest + end.strip()]
    kept = lines[: most - 1]
    last = textwrap.shorten(" ".join(lines[most - 1 :]), WIDTH - len(rest) - len(end), placeholder=" ...")
    return [*kept, rest + last + end]


def _one_line(text: str) -> str:
    """Return a text cut to one line."""
    return textwrap.shorten(_inert(text), WIDTH, placeholder=" ...")


def _inert(text: str) -> str:
    """Return a text without the control characters by which it could move a terminal's cursor."""
    return "".join(each if each.isprintable() else " " for each in text)


def _plain(line: str) -> str:
    """Return a line with the minus sign every terminal has."""
    return line.replace(amounts.MINUS, "-")
