"""Callings beside a name: offices speak for somebody on record, trades, kin and ranks for somebody else."""

from __future__ import annotations

import re
from functools import lru_cache

from chokepoint.claims.rows import bundled_rows
from chokepoint.claims.spelling import bare

_AGENT = re.compile(r"(?:[^aeiou]er|[a-z]or|ist|ician|ian|eer|ess|man|woman|smith|wright|monger|keeper|master)$")
_NO_AGENT = frozenset(
    "after over under never ever however together whether either neither further former later earlier number order paper other another rather per offer power quarter summer "
    "winter september october november december better longer higher lower greater larger fewer newer older younger bigger smaller cheaper dearer matter letter water silver "
    "copper border corner chapter member computer answer computer transfer server weather river tower dinner supper or for nor major minor prior interior exterior sector factor "
    "motor reactor conductor semiconductor favour labour russian ukrainian indonesian asian persian australian canadian indian italian brazilian chinese norwegian less unless press access process "
    "success business congress progress human german woman roman european list exist consist remember consider deliver cover recover discover enter october wonder were here there "
    "where her their career beer peer civilian humanitarian predecessor successor interlocutor ".split()
)


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in bundled_rows("claims/callings.csv"):
        found.setdefault(row["class"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}


def is_of(word: str, *classes: str) -> bool:
    """Say whether a word is of one of the classes of callings."""
    plain = bare(word).strip(".").removesuffix("'s")
    return any(plain in _classes()[name] for name in classes)


def is_trade(word: str) -> bool:
    """Say whether a word names somebody by what he does or whose kin he is, no office."""
    plain = bare(word).removesuffix("'s")
    last = plain.rsplit("-", 1)[-1]
    if is_of(plain, "office") or is_of(last, "office"):
        return False
    return is_of(plain, "trade", "kin") or (len(last) > 4 and last not in _NO_AGENT and _AGENT.search(last) is not None)


def is_organisation(words: list[str]) -> bool:
    """Say whether a run names a body rather than a person."""
    return any(is_of(each, "body") or each == "&" for each in words)


_APPOSED = re.compile(r"\s*(?:,|\(|–|—)\s*(?P<what>[^,.;:!?()–—]{2,90})")
_DETERMINED = re.compile(r"(?:an?|the|his|her|our|their|my|its|no|not|himself|herself|one|aged?|(?:once|now|then|formerly)\s+(?:an?|the)|\d+|\w+ years)\b", re.IGNORECASE)  # fmt: skip
_RELATIVE = re.compile(r"\s*,?\s*(?:who|whose|whom)\b(?P<what>[^.;:!?]{2,90})")
_OF_OURS = re.compile(r"\s+(?:of|from|at|in|for)\s+(?:our|my|his|her|their)\b")
_OF_BODY = re.compile(r"\s+(?P<by>of|at|from)\s+(?:the\s+)?(?P<what>(?:[A-Z][\w'’&-]*\s*){1,5})")
_UNRELATED = re.compile(r"\b(?:no relation|not (?:a |his |her |any )?(?:related|relative|relation|kin)|unrelated|namesakes?|no kin|not the (?:minister|secretary|president|official|politician|envoy))\b", re.IGNORECASE)  # fmt: skip
_LEAD = re.compile(r"(?P<what>[\w'’.-]+),?\s+$")
_CALLED = re.compile(r"\b(?:named|called|certain|nicknamed|christened)\s+$")


_HABIT = re.compile(r"(?!(?:is|was|has|says|heads|leads|chairs|oversees|represents|serves|speaks|wants|hopes|negotiates|meets|favours|favors|advises|backs)\b)[a-z]+s\b")  # fmt: skip
_IS_WHAT = re.compile(
    r"(?:is|was)\s+(?!\w+(?:ing|ed)\b|in\b|at\b|on\b|to\b|not\b|due\b|also\b|now\b|still\b|expected\b|the\b)"
)
_OURS = re.compile(r"\b(?:of|at|from|for|in)\s+(?:our|my|his|her|the local|a local)\b[^,.;]{2,50},\s+$")
_AHEAD = re.compile(r"(?:^|[.;,:]\s+|\band\s+|\b(?:said|told|asked|by|to)\s+)(?:an?|the|one|another|our|my|his|her)\s+(?P<what>[^,.;:]{3,60}),\s+$", re.IGNORECASE)  # fmt: skip
_WHOSE = re.compile(r"\b(?:whose|our|my|his|her|their|its|an?|the)\s+(?:[\w'’-]+\s+){0,3}?(?P<what>[a-z][\w-]+),\s+$")
_IS_NO = re.compile(r"\s*,?\s*(?:is|was)\s+(?:no\b|not an?\b)")
_SAYING = re.compile(
    r"(?:said|says|told|tells|added|adds|wrote|writes|asked|according|as|and|in|on|by|with|after|before|while|when|but)\b"
)


def office_words(text: str) -> bool:
    """Say whether an office is among words."""
    return any(is_of(word, "office") for word in re.findall(r"[\w'’-]+", text))


def describes_otherwise(before: str, after: str, known_places: frozenset[str]) -> bool:
    """Say whether the words beside a name give it a calling that nobody on record has ("a porter for 31 years").

    Args:
        before, after: what stands beside the name in its sentence.
        known_places: folded places and authorities on record, which "of" may lead to without telling a trade.
    """
    return _follows(after, known_places) or _leads(before)


def _follows(after: str, known_places: frozenset[str]) -> bool:
    clause = re.split(r"[.;]", after, maxsplit=1)[0]
    if (_UNRELATED.search(clause) and not re.match(r"['’]s\s", after)) or _OF_OURS.match(after) or _IS_NO.match(after):
        return True
    after = re.sub(r"^['’]s(?=,)", "", after)
    apposed = _APPOSED.match(after)
    if apposed and not office_words(apposed["what"]) and _tells(apposed["what"]):
        return True
    relative = _RELATIVE.match(after)
    if relative and not office_words(relative["what"]):
        words = re.findall(r"[\w'’-]+", relative["what"])
        if any(is_of(word, "trade", "kin") for word in words[:8]) or re.search(r"\b(?:our|my)\b", relative["what"]):
            return True
        if _HABIT.match(relative["what"].strip()) or _IS_WHAT.match(relative["what"].strip()):
            return True
    the = re.match(r"\s+the\s+(?P<what>[a-z-]+)", after)
    if the and is_trade(the["what"]):
        return True
    body = _OF_BODY.match(after)
    if body is None:
        return False
    what = bare(body["what"]).strip()
    if body["by"] != "of" and not any(is_of(word, "body") for word in what.split()):
        return False
    return what not in known_places and what.split()[0] not in known_places and not office_words(what)


def _tells(what: str) -> bool:
    """Say whether an apposition is a description: it has a determiner or an age, or holds a trade."""
    if _SAYING.match(what.strip()):
        return False
    return _DETERMINED.match(what) is not None or any(is_of(word, "trade", "kin") for word in what.split())


def _leads(before: str) -> bool:
    if _CALLED.search(before) or _OURS.search(before):
        return True
    ahead = _AHEAD.search(before)
    if (
        ahead
        and not office_words(ahead["what"])
        and any(is_trade(word) for word in ahead["what"].split() if word.islower())
    ):
        return True
    whose = _WHOSE.search(before)
    if whose and is_trade(whose["what"]):
        return True
    lead = _LEAD.search(before)
    if lead is None or before.rstrip().endswith(","):
        return False
    word = lead["what"]
    return is_of(word, "civil") if word[:1].isupper() else is_trade(word)
