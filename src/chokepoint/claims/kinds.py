"""What kind of statement a sentence is, whether it denies, and whether it hedges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.names import Name
    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.speech import Source

_CONDITION = re.compile(
    r"^(?P<lead>.*?)\b(?:If|Once|Unless|Should|In case|Provided(?: that)?)\s+(?P<condition>[^,]+),\s*(?:then\s+)?(?P<promise>.+)$",
    re.DOTALL,
)
_LATE = re.compile(
    r"^(?P<promise>[^\"“]+?),?\s+(?:if|unless|provided that|on condition that)\s+(?P<condition>[^,]+?)(?:,\s.*)?[.]?$",
    re.DOTALL,
)
_FUTURE = re.compile(
    r"\b(?:will|shall|won't|['’]ll|expects?|expected to|forecasts?|predict\w*|foresee\w*|is going to|are going to|is bound to|is set to|are set to|likely to|about to become|by next|would bet|I bet|"
    r"waits? for a|attends|awaits|hopes? (?:that|for)|is due to|by (?:the\s+)?(?:summer|autumn|spring|winter|Easter|Christmas|year['’]?s end|end of the decade|20[3-9]\d)|in 20[3-9]\d|cannot last|meet after|"
    r"sees? .{0,40}(?:back|at|within)|to double|to halve|will be|here to stay)\b", re.IGNORECASE,
)  # fmt: skip
_ADDRESSED = re.compile(r"^(?:You|I) (?:can|could|may|might|would|cannot)\b")
UNMEASURED = frozenset({"count", "clock", "rank", "celsius", "date", "days", "weeks", "months", "years"})
"""Units that do not make a figure the point of a sentence."""
_EXPECTED = re.compile(r"\bhad expected\b.*\bto\b|\d[^.]*,\s+(?:waited|expected|expects|waits)\b")
_PLANNED = re.compile(r"\b(?:is|are) to (?:vote|meet|take|begin|start|enter)\b")
_OPINION = re.compile(
    r"\b(?:in my|my (?:view|verdict|opinion|modest)|should|ought|deserves?|must not|folded|theatre|farce|shame\w*|absurd|foolish|wise|unwise|silly|ridiculous|looks? like|seems?|as if|as though|"
    r"better than|worse than|worth (?:more|less)|of course|frankly|honestly|the truth is|misfortune|mistake|courtesy|habit|leash|gift|bluff|blunder|triumph|disgrace|scandal|"
    r"nobody (?:was|is|knows|cares)|everybody|a good one|not even|only .{3,40} counts?|the cure|patience|like (?:a\b|an\b|two\b|[a-z]+s\b)|hypocri\w+|cynic\w*|naive|brilliant|stupid|sensible|"
    r"beautiful|ugly|sad|sadly|alas|dangerous|harmless|welcome|regrettable|pity|luck|lucky|unlucky|proud|humiliat\w+|win(?:s|ner)?|los(?:es|er)|no more than|nothing but|"
    r"virtue|sin|faith|trust|moral|lesson|fair|unfair|just and|too (?:late|little|much|soon|clever)|enough)\b",
    re.IGNORECASE,
)  # fmt: skip
_INTERPRETS = re.compile(r"\b(?:suggests?|guess(?:es)?|implies|means that|signals?|at stake|was itself a message|reads? like|points? to|appears? to|in effect|amounts? to|explains why|a link with|hints?)\b", re.IGNORECASE)  # fmt: skip
_HEDGES = re.compile(
    r"\b(?:perhaps|maybe|possibly|probably|reportedly|allegedly|it is said|it is called|said to|believed to|thought to|hopes?|hoped|fears?|expect(?:s|ed)?|preliminary|seems?|appears?|apparently|"
    r"rumou?r|or so|guess(?:es|ed)?|sees|as is said|unconfirmed|might|could be|is thought|supposedly|believes?|one attends|could not find)\b|not-named|some months ago", re.IGNORECASE,
)  # fmt: skip
_DENIES = re.compile(r"\b(?:did not|does not|do not|is not|was not|are not|were not|has not|have not|had not|cannot|never|nobody|no one|neither|nothing|none|no longer|not been|may not|would not|is no\b|no\s+\w+\s+(?:has|was|is|that|who|may|shows?)|reported no|knew nothing|has no|without)\b|^No\b|\bis\s+not\.$|\bnot\.$|n['’]t\b", re.IGNORECASE)  # fmt: skip
_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|us|me)\b")
_DONE = re.compile(
    r"\b(?:was|were|had|went|came|rose|fell|took|signed|met|sold|told|left|shut|stopped|gave|made|put|held|got|sent|said|[a-z]{3,}ed)\b"
)
_SPEAKING = re.compile(
    r"\b(?:spoke of|speaks of|called (?:it|the)|calls (?:it|the)|expressed|by his words|by her words|promises? that|promised that|hailed|condemned|protest\w*|demand\w*)\b"
)


def condition_of(text: str) -> tuple[str, str] | None:
    """Return condition and promise of an offer, threat or consequence, or None."""
    clean = re.sub(r"\s+", " ", text)
    if re.search(r"\bin 20[3-9]\d\b", clean):
        return None
    match = _CONDITION.match(clean)
    if match and len(match["lead"]) < 40:
        promise = re.split(
            r",\s+(?:[^,]+\s)?(?:said|says|say|told|wrote|thinks?|explains|fears|sighs|sees|guesses|the\s[\w\s]+said|he|she|a\s|an\s|one\s)",
            match["promise"],
        )[0]
        return match["condition"].strip(), promise.strip(" .,")
    if re.search(r"\sif\s|\sunless\s", clean) and not re.search(r"\bas if\b|\beven if\b|\basked if\b", clean):
        late = _LATE.match(clean)
        if late and re.search(r"\b(?:may|will|would|could|might|can|must)\b", late["promise"]):
            return late["condition"].strip(" ."), late["promise"].strip()
    return None


def kind_of(text: str, source: Source, quantities: Sequence[Quantity], names: Sequence[Name], *, has_date: bool) -> str:
    """Return the kind of a statement; offers, threats and consequences are told before."""
    is_measured = any(each.unit not in UNMEASURED for each in quantities)
    quoted = re.search(r"[\"“«].{3,}[\"”»]", text) is not None
    body = source.body or text
    if _is_forecast(text, body, quoted=quoted, is_measured=is_measured):
        return "forecast"
    if _INTERPRETS.search(text) and not is_measured:
        return "interpretation"
    if quoted and source.chain:
        return _quoted(body)
    if is_measured and not _ADDRESSED.search(text):
        return "figure"
    if _is_opinion(text, source, quantities, names, has_date=has_date):
        return "opinion"
    return "quotation" if _SPEAKING.search(text) or (source.chain and source.speaker and _is_view(source)) else "fact"


def _is_forecast(text: str, body: str, *, quoted: bool, is_measured: bool) -> bool:
    """Say whether a sentence tells what is to come, not what was said to come and is past."""
    if _EXPECTED.search(text) or (
        re.search(r"\b(?:would|to)\s+(?:fall|rise|double|collapse)\b", text) and not is_measured
    ):
        return True
    told = quoted and _DONE.search(body) and not re.search(r"\bwill\b", body)
    return bool(_FUTURE.search(text) and not _PLANNED.search(text) and not told)


def _is_opinion(
    text: str, source: Source, quantities: Sequence[Quantity], names: Sequence[Name], *, has_date: bool
) -> bool:
    """Say whether a sentence judges: by its words, by a verb of thinking, or as the author's own voice."""
    if _OPINION.search(source.body or text) and not _SPEAKING.search(text) and not (has_date and names):
        return True
    addresses = (
        not source.chain and re.search(r"\b(?:I|you|You|my|My)\b", text) is not None and not re.search(r"[\"“]", text)
    )
    if addresses or source.verb in {"thinks", "thought"}:
        return True
    return not source.chain and not has_date and _is_general(text, names, quantities)


def _quoted(body: str) -> str:
    """Tell words that report from words that judge."""
    if _FIRST_PERSON.search(body):
        return "quotation"
    if (
        _OPINION.search(body)
        or re.search(r"\b(?:is|are)\b(?!.*\b(?:was|were|had|ate|wanted)\b)", body)
        or re.search(r"\bmust\b", body)
    ):
        return "opinion"
    return "quotation"


def _is_view(source: Source) -> bool:
    """Say whether somebody gives a view, against a body or paper that reports a fact."""
    return source.verb in {
        "said",
        "says",
        "say",
        "told",
        "tells",
        "argues",
        "argued",
        "called",
        "calls",
        "spoke",
        "speaks",
        "recalled",
        "recalls",
        "insists",
    }


def _is_general(text: str, names: Sequence[Name], quantities: Sequence[Quantity]) -> bool:
    """Say whether a sentence names nobody, dates nothing and tells no event: the author's own voice."""
    if any(each.kind in {"person", "office", "ministry", "company", "outlet"} for each in names):
        return False
    if quantities and any(each.unit != "count" for each in quantities):
        return False
    if _DONE.search(text):
        return False
    return (
        not any(each.kind in {"mineral", "good"} for each in names)
        and re.search(r"\b(?:is|are|has|have|means|remains?|stays?)\b", text) is not None
        and not any(each.kind == "place" for each in names)
    )


def is_hedged(text: str) -> bool:
    """Say whether a sentence holds back ("perhaps", "it is said", "hopes")."""
    return _HEDGES.search(text) is not None


def polarity_of(text: str, source: Source) -> str:
    """Return ``negative`` where the main statement denies."""
    return "negative" if _DENIES.search(source.body or text) else "positive"
