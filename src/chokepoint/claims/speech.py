"""Who vouches for a sentence: speaker, outlet and the chain between them, read from the verbs of saying."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.speakers import Speakers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.names import Name
    from chokepoint.claims.sentences import Sentence

SAY = (
    r"(?:said|says|say|saying|wrote|writes|write|told|tells|tell|reported|reports|report|claimed|claims|claim|adds|added|add|held|shouted|shouts|argued|argues|argue|noted|notes|warned|warns|wams|"
    r"estimates|estimated|estimate|reckons|reckoned|reckon|recalls|recalled|thinks|thought|think|hopes|hoped|hope|fears|feared|explains|explained|predicted|predicts|affirms|affirmed|"
    r"assures|assured|jokes|joked|concludes|concluded|insisted|insists|confirmed|sighs|sighed|guesses|guessed|believes|believed|believe|agree|agrees|agreed|expects|expect|expected|"
    r"announced|stated|states|declared|declares|maintains|maintained|contends|contended|suggested|acknowledged|admitted|admits|alleges|alleged|quipped|quips|complained|complains|"
    r"remarked|remarks|observed|observes|stressed|stresses|tweeted|posted|testified|mused|muses|calculates|calculated|forecasts|forecast|showed|shows|show|sees|waited|waits|promised|promises|"
    r"rep0rts|speaks|spoke|called|calls|puts|put|gave|gives|counts|counted|has promised|had promised|has said|had said|has claimed|has warned|had warned|had written|has written|asserts|asserted|vowed|vows|"
    r"reveals|revealed|discloses|disclosed|boasts|boasted|swears|swore|grumbles|grumbled|repeated|repeats|laughed|laughs|shrugs|shrugged|replied|replies|answered|answers|expressed|quote|quotes|took|had)"
)
_TAIL = re.compile(
    rf"[,–—][\"”'’»]?\s+(?:or\s+|as\s+|so\s+)?(?P<who>(?:[^,;:–—\"“”]|(?<=\d),(?=\d))+?),?\s+(?P<verb>{SAY})"
    rf"(?P<rest>(?:(?<=told)\s+[^,.;]+?|(?<=tells)\s+[^,.;]+?|(?<=tell)\s+[^,.;]+?|\s+(?:again|later|too|yesterday|on \w+day|at [^,]+))?(?:,\s*(?:citing|quoting)\s+(?:[^,]+))?)(?P<more>,[^\"“”]*)?[.!]?$"
)
_INVERTED = re.compile(
    rf"(?:[,;!?–—][\"”'’»]?|[\"”])\s+(?P<verb>{SAY})\s+(?P<who>(?:an?\s|the\s|one\s|two\s|three\s|our\s|his\s|her\s|its\s|some\w*|he\b|she\b|they\b|I\b|[A-ZА-ЯІЇЄÉŠ一-鿿가-힣])[^;:\"“”]*?)[.!]?$"
)
_QUOTED = re.compile(rf"[,!?.][\"”»]\s+(?P<who>[^,;:\"“”]{{1,60}}?)\s+(?P<verb>{SAY})\b")
_ACCORDING = re.compile(r"\b(?:[Aa]ccording to|[Aa]s per)\s+(?P<who>[^,;]+)")
_COUNT = re.compile(r"\b(?:[Bb]y|[Ii]n)\s+(?:the\s+(?:count|reckoning|figures|estimate|base case)\s+of\s+(?P<of>[^,.;]+)|(?P<who>[^,.;]+?)['’]s\s+(?:own\s+)?(?:count|reckoning|figures?|estimate|tally|base case|data|numbers))\b")  # fmt: skip
_BY_RECORD = re.compile(r"(?:\bby|,\s*so|\bper)\s+(?:the\s+)?$")
_LEAD = re.compile(rf"^(?:[^\w]*)(?:(?:{'But|And|Yet|Meanwhile|Later|Still|Now|Outside|First|Then'}),?\s+)?(?P<who>[^,;:]{{2,90}}?)(?:,\s[^,]{{2,80}},)?\s+(?P<verb>{SAY})\b(?P<rest>.*)$", re.DOTALL)  # fmt: skip
_COLON = re.compile(r"^(?P<who>[^:\"“]{2,90}):\s*[\"“«]|^(?P<other>(?:[Oo]ther|[Aa]nother)\s\w+):\s")
_TOLD = re.compile(r"^\s+(?:the\s+)?(?P<to>[^,.;]+?)(?=,|\.|$|\s+that\b|\s+on\b|\s+in\b)")
_CITING = re.compile(r"\b(?:citing|quoting)\s+(?P<cited>[^,.;]+)")
_VIEWS = frozenset(
    {
        "said",
        "says",
        "called",
        "calls",
        "told",
        "promised",
        "promises",
        "has promised",
        "had promised",
        "announced",
        "argues",
        "argued",
        "insists",
        "claims",
        "claimed",
        "wrote",
        "spoke",
    }
)
_NUMBERED = frozenset({"put", "puts", "gave", "gives", "held", "counts", "counted", "had", "took", "quote", "quotes"})
_PLAIN = frozenset({
    "put", "puts", "gave", "gives", "counts", "counted", "held", "show", "shows", "showed", "expected", "waited", "waits", "called", "calls", "spoke", "speaks",
    "sees", "agreed", "confirmed", "announced", "asked", "answers", "answered", "forecast", "added", "adds", "observed", "expects", "has promised", "promises",
    "promised", "repeated", "had written", "guesses", "revealed", "reveals",
})  # fmt: skip
_NO_SPEAKER = re.compile(
    r"(?:[Aa] country|[Nn]obody|[Nn]o one|[Ii]t is|[Oo]nly|[Tt]he pattern|[Oo]n \d|[Ii]f\b|[Ww]hether|[Ww]hy|[Tt]hat\b|[Tt]his\b|[Tt]here)"
)
_NUMBER = re.compile(r"\d.*(?:percent|per cent|%|tonnes|dollars)|\bthat\b")
_SOMEBODY = re.compile(r"(?:an?\s|one\s|another\s|some|others\b|[A-Z]\w+\s[A-Z])", re.IGNORECASE)
_TOLD_THAT = re.compile(
    r"^(?P<who>[^,;:]{2,60}?)\s+(?P<verb>told|tells)\s+(?P<to>[^,;:]+?)(?:,\s*(?:citing|quoting)\s+(?P<cited>[^,]+),)?,?\s+that\b"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Who vouches.

    Args:
        speaker: record key, ``stranger:WORDS``, ``author`` or None for the outlet itself.
        chain: from the one nearest to the reader to the first one.
        verb: the verb of saying; empty where there is none.
        body: the words that are vouched for.
    """

    speaker: str | None = None
    chain: tuple[str, ...] = ()
    verb: str = ""
    body: str = ""


class Attributor:
    """Read the source of each sentence, remembering the last speaker for "he adds"."""

    def __init__(self, gazetteer: Gazetteer, strangers: Mapping[str, str]) -> None:
        self.speakers = Speakers(gazetteer, strangers)

    def of(self, sentence: Sentence, names: Sequence[Name]) -> Source:
        """Return the source of a sentence."""
        text = re.sub(r"\s+", " ", sentence.text)
        for reading in (_inverted, _quoted, _tail, _colon, _told, _lead, _clause, _according):
            source = reading(text, names, self.speakers)
            if source is not None:
                if source.speaker not in {None, "author"}:
                    self.speakers.last = source.speaker
                return source
        person = next((each for each in names if each.key == "stranger" and each.kind == "person"), None)
        if person is not None and not re.search(r"[\"“]", text):
            self.speakers.last = f"stranger:{person.text}"
        return Source(body=text)


def _made(steps: Sequence[str | None], verb: str, body: str) -> Source | None:
    kept = [each for each in steps if each]
    return Source(speaker=kept[-1], chain=tuple(kept), verb=verb, body=body) if kept else None


def _steps(who: str | None, verb: str, rest: str, names: Sequence[Name], speakers: Speakers) -> list[str | None]:
    """Return the chain: the outlet that was told, the speaker, whom the speaker cites."""
    told = _TOLD.match(rest) if verb in {"told", "tells", "tell"} else None
    cited = _CITING.search(rest)
    return [
        speakers.outlet(told["to"], names) if told else None,
        who,
        speakers.who(cited["cited"], names) if cited else None,
    ]


def _tail(text: str, names: Sequence[Name], speakers: Speakers) -> Source | None:
    match = _TAIL.search(text)
    if match is None or not speakers.is_speaker(match["who"], names):
        return None
    who = _beside(text, match.start("who"), names, speakers) or speakers.who(match["who"], names)
    body = text[: match.start()]
    steps = _steps(who, match["verb"], text[match.end("verb") :], names, speakers)
    return _made([*steps, *_inner(who, body, names, speakers)], match["verb"], body)


def _beside(text: str, start: int, names: Sequence[Name], speakers: Speakers) -> str | None:
    """Return the person whose calling stands between commas before the verb ("Rupert, a broker, says")."""
    before = text[:start].rstrip()
    described = re.match(r"(?:an?|the|who|whose|no|not|his|her|their|aged?)\s", text[start:])
    if not described or not before.endswith(","):
        return None
    person = next(
        (each for each in names if each.kind in {"person", "company"} and before.endswith(f"{each.text},")), None
    )
    return speakers.who(person.text, [person]) if person is not None else None


def _inner(who: str | None, body: str, names: Sequence[Name], speakers: Speakers) -> list[str | None]:
    """Return who speaks inside what an outlet or a bystander passes on."""
    if who in {None, "author"} or speakers.kind(who) not in {"", "outlet"}:
        return []
    match = _LEAD.match(body)
    if match is None or match["verb"] not in _VIEWS:
        return []
    inner = speakers.who(match["who"], names)
    return [inner] if speakers.kind(inner) not in {"", "place"} else []


def _quoted(text: str, names: Sequence[Name], speakers: Speakers) -> Source | None:
    match = _QUOTED.search(text)
    if match is None or not speakers.is_speaker(match["who"], names):
        return None
    steps = _steps(speakers.who(match["who"], names), match["verb"], text[match.end() :], names, speakers)
    return _made(steps, match["verb"], text[: match.start()])


def _clause(text: str, names: Sequence[Name], speakers: Speakers) -> Source | None:
    """Read a source in the clause after a colon or a conjunction."""
    ends = [match.end() for match in re.finditer(r":\s+|;\s+", text)]
    return next((found for end in ends if (found := _lead(text[end:], names, speakers)) is not None), None)


def _inverted(text: str, names: Sequence[Name], speakers: Speakers) -> Source | None:
    match = _INVERTED.search(text)
    if match is None:
        return None
    words = match["who"]
    cited = _CITING.search(words)
    who = speakers.who(words[: cited.start()] if cited else words, names)
    return _made([who, speakers.who(cited["cited"], names) if cited else None], match["verb"], text[: match.start()])


def _colon(text: str, names: Sequence[Name], speakers: Speakers) -> Source | None:
    match = _COLON.match(text)
    if match is None:
        return None
    words = match["who"] or match["other"]
    say = re.search(rf"\s(?P<verb>{SAY})\b(?P<rest>.*)$", words)
    if say is None:
        return _made([speakers.who(words, names)], "says", text[match.end() :])
    steps = _steps(speakers.who(words[: say.start()], names), say["verb"], say["rest"], names, speakers)
    return _made(steps, say["verb"], text[match.end() :])


def _told(text: str, names: Sequence[Name], speakers: Speakers) -> Source | None:
    match = _TOLD_THAT.match(text[_skip(text) :])
    if match is None:
        return None
    cited = speakers.who(match["cited"], names) if match["cited"] else None
    steps = [speakers.outlet(match["to"], names), speakers.who(match["who"], names), cited]
    return _made(steps, match["verb"], text[_skip(text) + match.end() :])


def _lead(text: str, names: Sequence[Name], speakers: Speakers) -> Source | None:
    match = _LEAD.match(text[_skip(text) :])
    if (
        match is None
        or _NO_SPEAKER.match(match["who"])
        or re.search(r"\b(?:was|were|been|be|is|are)\s*$", match["who"])
    ):
        return None
    who, verb, rest = speakers.who(match["who"], names), match["verb"], match["rest"]
    if (
        who is None
        or (who == "author" and not re.match(r"(?:I|we)\b", match["who"], re.IGNORECASE))
        or not _fits(verb, match["who"], rest)
    ):
        return None
    is_stranger = who.startswith("stranger:")
    named = any(each.text in match["who"] and each.kind in {"person", "office", "ministry", "outlet"} for each in names)
    if not named and re.match(r"(?:[A-Z][a-z]+s|[A-Z][a-z]+ [a-z]+s)(?:\s+in\s+\w+)?$", match["who"]):
        return None
    if verb in _NUMBERED and not is_stranger:
        return None
    if verb in _PLAIN and not (named or is_stranger or re.match(r"\s+(?:that|of)\b", rest)):
        return None
    if speakers.kind(who) == "place" and verb not in {"said", "says"} and " said " not in rest:
        return None
    return _made(_steps(who, verb, rest, names, speakers), verb, rest)


def _fits(verb: str, who: str, rest: str) -> bool:
    """Say whether a verb that need not be one of saying is one here."""
    if verb in _NUMBERED:
        return _NUMBER.search(rest) is not None and _SOMEBODY.match(who) is not None
    if verb in {"told", "tells", "tell"}:
        return re.search(r"\bthat\b", rest) is not None
    if verb in {"spoke", "speaks", "called", "calls"}:
        return re.match(r"\s+(?:of|it|the)\b", rest) is not None
    return not (verb == "reported" and re.match(r"\s*(?:to|by|in|on|at)\b", rest))


def _according(text: str, names: Sequence[Name], speakers: Speakers) -> Source | None:
    for pattern in (_ACCORDING, _COUNT):
        match = pattern.search(text)
        if match:
            words = match["who"] or match.groupdict().get("of") or ""
            who = None if re.match(r"(?:law|the text of|our|last|this)\b", words) else speakers.who(words, names)
            return None if pattern is _COUNT and not speakers.kind(who) else _made([who], "", text)
    for each in names:
        lead, _, follow = text.partition(each.text)
        if each.kind in {"ministry", "outlet"} and lead and _BY_RECORD.search(lead) and follow.strip() in {".", ""}:
            return _made([each.key], "", text)
    return None


def _skip(text: str) -> int:
    """Return where the clause with the source begins, past a first short sentence."""
    found = re.match(r"^[^.]{3,60}\.\s+(?=[A-Z])", text)
    return found.end() if found else 0
