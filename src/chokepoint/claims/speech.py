"""Who vouches for a sentence: speaker, outlet and the chain between them, read from the verbs of saying."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
_LOUD = re.compile(rf"(?:{SAY})$")
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
_PRONOUN = re.compile(r"^(?:he|she|it|they)(?:\s(?:further|also|then|later|all|now))?$", re.IGNORECASE)
_FIRST = re.compile(r"^(?:I|we)(?:\s\w+)?$", re.IGNORECASE)
_CUT = re.compile(
    r"\s+(?:last|this|next|on \w+day|in the|in our|at|late|yesterday|today|again|still|once|has|had|have|could|would|also|then|now|who|which|that|whose)\b.*$|,.*$|\s+\(.*$"
    r"|\s+(?:from|of|at|in|for)\s+(?:the\s+|an?\s+)?[A-Z].*$"
)
_THINGS = r"(?:data|figures?|statistics|numbers|records|statement|fact sheet|sheet|read-?out|website|notice|report|spokes\w+|officials?)"
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
VAGUE = frozenset({"it is said", "it is called", "it is", "people", "nobody", "markets", "who", "which", "suppliers"})


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
        self.gazetteer, self.strangers = gazetteer, strangers
        self.last: str | None = None
        self.outlet: str | None = None

    def of(self, sentence: Sentence, names: Sequence[Name]) -> Source:
        """Return the source of a sentence."""
        text = re.sub(r"\s+", " ", sentence.text)
        shown = [each for each in names if sentence.start <= each.start < sentence.end]
        for reading in (
            self._inverted,
            self._quoted,
            self._tail,
            self._colon,
            self._told,
            self._lead,
            self._clause,
            self._according,
        ):
            source = reading(text, shown)
            if source is not None:
                if source.chain and source.speaker not in {None, "author"}:
                    self.last = source.speaker
                return source
        person = next((each for each in shown if each.key == "stranger" and each.kind == "person"), None)
        if person is not None and not re.search(r"[\"“]", text):
            self.last = f"stranger:{person.text}"
        return Source(body=text)

    def _made(self, steps: Sequence[str | None], verb: str, body: str) -> Source | None:
        kept = [each for each in steps if each]
        if not kept:
            return None
        return Source(speaker=kept[-1], chain=tuple(kept), verb=verb, body=body)

    def _tail(self, text: str, names: Sequence[Name]) -> Source | None:
        match = _TAIL.search(text)
        if match is None or not self._is_speaker(match["who"], text, match.start("who"), names):
            return None
        who = self._beside(text, match.start("who"), names) or self.who(match["who"], names)
        body = text[: match.start()]
        steps = self._steps(who, match["verb"], text[match.end("verb") :], names)
        return self._made([*steps, *self._inner(who, body, names)], match["verb"], body)

    def _beside(self, text: str, start: int, names: Sequence[Name]) -> str | None:
        """Return the person whose calling stands between commas before the verb ("Maros Sefton, a broker, says")."""
        before = text[:start].rstrip(" ,")
        described = re.match(r"(?:an?|the|who|whose|no|not|his|her|their|aged?)\s", text[start:])
        person = next(
            (each for each in names if each.kind in {"person", "company"} and before.endswith(each.text)), None
        )
        return (
            self.who(person.text, [person])
            if person is not None and described and text[:start].rstrip().endswith(",")
            else None
        )

    def _inner(self, who: str | None, body: str, names: Sequence[Name]) -> list[str | None]:
        """Return who speaks inside what an outlet or a bystander passes on."""
        if (
            who is None
            or (who in self.gazetteer.entries and self.gazetteer.entries[who].kind != "outlet")
            or who == "author"
        ):
            return []
        match = _LEAD.match(body)
        if match is None or match["verb"] not in _VIEWS:
            return []
        inner = self.who(match["who"], names)
        return [inner] if inner in self.gazetteer.entries and not self._is_state(inner) else []

    def _quoted(self, text: str, names: Sequence[Name]) -> Source | None:
        match = _QUOTED.search(text)
        if match is None or not self._is_speaker(match["who"], text, match.start("who"), names):
            return None
        return self._made(
            self._steps(self.who(match["who"], names), match["verb"], text[match.end() :], names),
            match["verb"],
            text[: match.start()],
        )

    def _clause(self, text: str, names: Sequence[Name]) -> Source | None:
        """Read a source in the clause after a colon or a conjunction."""
        for match in re.finditer(r":\s+|;\s+", text):
            found = self._lead(text[match.end() :], names)
            if found is not None:
                return found
        return None

    def _steps(self, who: str | None, verb: str, rest: str, names: Sequence[Name]) -> list[str | None]:
        """Return the chain: the outlet that was told, the speaker, whom the speaker cites."""
        told = _TOLD.match(rest) if verb in {"told", "tells", "tell"} else None
        to = self._outlet(told["to"], names) if told else None
        cited = _CITING.search(rest)
        return [to, who, self.who(cited["cited"], names) if cited else None]

    def _outlet(self, words: str, names: Sequence[Name]) -> str | None:
        return next((each.key for each in names if each.kind == "outlet" and each.text in words), None) or (
            self.outlet if re.search(r"this newspaper|the paper|this paper", words) else None
        )

    def _inverted(self, text: str, names: Sequence[Name]) -> Source | None:
        match = None
        for match in _INVERTED.finditer(text):
            pass
        if match is None or not match["who"].strip():
            return None
        words = match["who"]
        if re.match(r"(?:that|to|of|by|from|about|it|\d|on|in|up|down|for)\b", words):
            return None
        cited = _CITING.search(words)
        who = self.who(words[: cited.start()] if cited else words, names)
        return self._made(
            [who, self.who(cited["cited"], names) if cited else None], match["verb"], text[: match.start()]
        )

    def _colon(self, text: str, names: Sequence[Name]) -> Source | None:
        match = _COLON.match(text)
        if match is None:
            return None
        words = match["who"] or match["other"]
        say = re.search(rf"\s(?P<verb>{SAY})\b(?P<rest>.*)$", words)
        if say:
            steps = self._steps(self.who(words[: say.start()], names), say["verb"], say["rest"], names)
            if say["verb"] in {"tells", "told"} and steps[0] is None and re.search(r"newspaper|paper", say["rest"]):
                steps[0] = self.outlet
            return self._made(steps, say["verb"], text[match.end() :])
        return self._made([self.who(words, names)], "says", text[match.end() :])

    def _told(self, text: str, names: Sequence[Name]) -> Source | None:
        match = re.match(
            r"^(?P<who>[^,;:]{2,60}?)\s+(?P<verb>told|tells)\s+(?P<to>[^,;:]+?)(?:,\s*(?:citing|quoting)\s+(?P<cited>[^,]+),)?,?\s+that\b",
            text[_skip(text) :],
        )
        if match is None:
            return None
        who = self.who(match["who"], names)
        cited = self._cited(match["cited"], names) if match["cited"] else None
        return self._made(
            [self._outlet(match["to"], names), who, cited], match["verb"], text[_skip(text) + match.end() :]
        )

    def _cited(self, words: str, names: Sequence[Name]) -> str | None:
        return self.who(words, names)

    def _lead(self, text: str, names: Sequence[Name]) -> Source | None:
        begin = _skip(text)
        match = _LEAD.match(text[begin:])
        if match is None:
            return None
        verb, rest = match["verb"], match["rest"]
        plain = verb in {"put", "puts", "gave", "gives", "counts", "counted", "held", "show", "shows", "showed", "expected", "waited", "waits", "called", "calls", "spoke", "speaks", "sees",
                         "agreed", "confirmed", "announced", "asked", "answers", "answered", "forecast", "added", "adds", "observed", "expects", "has promised", "promises", "promised", "repeated",
                         "had written", "guesses", "revealed", "reveals"}  # fmt: skip
        who = self.who(match["who"], names)
        thing = verb in _NUMBERED or re.search(
            rf"\b{_THINGS}\b|\b(?:says|write|chart|column|paper|rumour|newsletter|post|caption|text)\b", match["who"]
        )
        named = [
            each
            for each in names
            if each.text in match["who"] and each.kind in {"person", "office", "ministry", "outlet"}
        ]
        if verb in _NUMBERED and not (
            (who or "").startswith("stranger:")
            and re.search(r"\d.*(?:percent|per cent|%|tonnes|dollars)|\bthat\b", rest)
        ):
            return None
        if verb in _NUMBERED and not re.match(
            r"(?:an?\s|one\s|another\s|some|others\b|[A-Z]\w+\s[A-Z])", match["who"], re.IGNORECASE
        ):
            return None
        if verb in {"told", "tells", "tell"} and not re.search(r"\bthat\b", rest):
            return None
        if verb in {"spoke", "speaks", "called", "calls"} and not re.match(r"\s+(?:of|it|the)\b", rest):
            return None
        if re.match(r"(?:[A-Z][a-z]+s|[A-Z][a-z]+ [a-z]+s)(?:\s+in\s+\w+)?$", match["who"]) and not named:
            return None
        if re.search(r"\b(?:was|were|been|be|is|are)\s*$", match["who"]) or re.match(
            r"(?:[Aa] country|[Nn]obody|[Nn]o one|[Ii]t is|[Oo]nly|[Tt]he pattern|[Oo]n \d|[Ii]f\b|[Ww]hether|[Ww]hy|[Tt]hat\b|[Tt]his\b|[Tt]here)",
            match["who"],
        ):
            return None
        if (
            plain
            and not (named or thing or re.match(r"\s+(?:that|of)\b", rest))
            and not (who or "").startswith("stranger:")
        ):
            return None
        if who in {None, "author"} and not re.match(r"^(?:I|we)\b", match["who"], re.IGNORECASE):
            return None
        if self._is_state(who) and verb not in {"said", "says"} and " said " not in rest:
            return None
        if re.search(r"^\s*(?:to|by|in|on|at)\b", rest) and verb in {"held", "reported", "shown"}:
            return None
        return self._made(self._steps(who, verb, rest, names), verb, rest)

    def _is_state(self, key: str | None) -> bool:
        return key in self.gazetteer.entries and self.gazetteer.entries[key or ""].kind == "place"

    def _according(self, text: str, names: Sequence[Name]) -> Source | None:
        for pattern in (_ACCORDING, _COUNT):
            match = pattern.search(text)
            if match:
                words = match["who"] or match.groupdict().get("of") or ""
                if re.match(r"(?:law|the text of|our|last|this)\b", words):
                    return None
                who = self.who(words, names)
                if pattern is _COUNT and (who or "").startswith("stranger:"):
                    return None
                return self._made([who], "", text)
        for each in names:
            place = text.find(each.text)
            if (
                each.kind in {"ministry", "outlet"}
                and place > 0
                and _BY_RECORD.search(text[:place])
                and text[place + len(each.text) :].strip() in {".", ""}
            ):
                return self._made([each.key], "", text)
        return None

    def _is_speaker(self, words: str, text: str, start: int, names: Sequence[Name]) -> bool:
        """Say whether words before a verb of saying are somebody, not the middle of a clause."""
        if len(words.split()) > 14:  # noqa: PLR2004
            return False
        return self.who(words, names) is not None and not re.match(
            r"(?:but|that|because|since|as if|where|when|while|who|which|no|in|on|only|then|so|would|nobody|it is)\b",
            words,
        )

    def who(self, words: str, names: Sequence[Name]) -> str | None:
        """Return the record or the words for somebody who speaks."""
        words = words.strip(" \"“”'’«»*#")
        if _FIRST.match(words):
            return "author"
        if _PRONOUN.match(words):
            return self.last
        if words.lower() in VAGUE or not re.search(r"\w", words):
            return None
        here = [each for each in names if each.text in words]
        for kinds in (("person",), ("office",), ("ministry", "outlet", "company")):
            for each in here:
                if each.kind not in kinds:
                    continue
                if each.key == "stranger":
                    if each.kind == "company" and any(one.kind == "person" for one in here):
                        continue
                    return f"stranger:{self.strangers.get(each.text.split()[-1].lower(), each.text) if ' ' not in each.text else each.text}"
                if each.kind == "office":
                    if re.match(r"an?\s+(?:spokes|aide|adviser)", words, re.IGNORECASE):
                        continue
                    return each.holder or each.key
                if each.key is not None:
                    return each.key
        places = [each for each in here if each.kind == "place" and words.replace("the ", "").strip() == each.text]
        if places:
            return places[0].key
        short = _CUT.sub("", words).strip(" ,")
        short = re.sub(r"^(?:and|but|or|as|what|so)\s+", "", short)
        short = re.sub(r"['’]s\s+\w+$", "", short) if re.match(r"our\b", short) else short
        return f"stranger:{short}" if short and re.match(r"[a-zA-Z]", short) and len(short.split()) < 9 else None  # noqa: PLR2004


def _skip(text: str) -> int:
    """Return where the clause with the source begins, past a first short sentence."""
    found = re.match(r"^[^.]{3,60}\.\s+(?=[A-Z])", text)
    return found.end() if found else 0
