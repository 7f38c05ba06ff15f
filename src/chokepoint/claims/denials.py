"""Whether a sentence tells an act as done at all, denies it, or tells the reverse of it."""

from __future__ import annotations

import re
from functools import cache

from chokepoint.claims.rows import bundled_rows

_FALSE = re.compile(
    r"\b(?:it (?:is|was) (?:false|untrue|wrong|not true|a lie|a myth) that|nobody believes|no one believes|there was (?:no|never)|contrary to (?:claims|reports))\b|^(?:no one|nobody|none)\b(?! (?:says|said|claims|claimed|knows|knew|shows|expects|expected|asked|asks))"
)
_EFFECT = re.compile(
    r"\b(?:exports?|shipments?|sales|deliveries|imports?)\b[^.;]{0,40}\b(?:stopped|stops|fell|dried up|dropped|collapsed|ceased|rose|recovered)\b"
)
_NEVER = re.compile(r"\bnever\s+(?:\w+ed|put|set|met|gave|took|held|signed|shut|led)\b")
_UNDONE = re.compile(
    r"\b(?:(?:is|are|was|were|has been|have been|been) (?:still |now |again )?(?:considering|weighing|mulling|discussing|debating|preparing|planning|asked|urged|demanding|wanting|expected|ready|willing|thinking)"
    r"|consider(?:s|ed)|weighs|weighed|mull(?:s|ed)|wants?|wanted|demanded|demands (?:that|the|an?|its)\b|urge[sd]?|oppose[sd]?|supports?|supported|backs|backed|criticis\w+|criticiz\w+|condemn(?:s|ed)|welcom(?:es|ed)"
    r"|calls? for|called for|call on|called on|propose[sd]?|hopes?|hoped|might|could|denies|denied|denying|may (?:yet |soon |still )?(?:lift|end|suspend|drop|ban|scrap|ease|relax|stop|halt|restrict|license|extend|sign|meet)|plans? to|planned to|asks? for the end|asked for the end|again asked|ask(?:s|ed) \w+ to"
    r"|must be (?:removed|lifted|scrapped|ended|dropped|withdrawn)|should (?:be )?\w+)\b"
)
"""Words that tell a wish, a view or a deliberation."""
_PASSING = re.compile(
    r"\bmention(?:ed|s|ing)?\b|^(?:nobody|no one|none) (?:says|said|claims|claimed|knows|knew|expects|expected|asked|asks)\b|\bcall(?:s|ed) the \w+ [\"“'a-z]|\bbit(?:e|es|ing)\b|\bheard (?:of|that|about)\b|\b(?:pointed|referred|refers|points) to\b|\bremarks\b|\bspokes\w+\b.*\bmeeting\b"
    r"|\bnot (?:called|quoted|invited|disclosed|clear|known)\b|\bunderstandings? reached\b|\bmay ask for\b|\bspoke (?:today|yesterday|on)\b"
)
"""Words that name an act in passing."""
_ASIDE = re.compile(r";|\b(?:while|whereas|but|although|though|after|because)\b")
UNTOLD = frozenset({"discuss", "silent", "absent", "owe", "exclude", "dispute", "move"})
"""Deeds that say that something is not so."""
WISHES = frozenset({"ask", "threaten", "promise", "plan", "say", "complain", "discuss", "dispute", "invest", "owe", "exclude", "report", "silent", "buy", "call", "absent"})  # fmt: skip
"""Deeds that are themselves words, wishes or plans."""


def is_undone(low: str) -> bool:
    """Say whether a sentence only weighs, wishes, judges or demands."""
    return _UNDONE.search(low) is not None


def is_passing(low: str) -> bool:
    """Say whether a sentence names an act in passing."""
    return _PASSING.search(low) is not None


def is_effect(low: str) -> bool:
    """Say whether a sentence tells how trade went, not what was ordered."""
    return _EFFECT.search(low) is not None


def is_never(low: str) -> bool:
    """Say whether something never was ("never stopped")."""
    return _NEVER.search(low) is not None


def is_called_false(low: str) -> bool:
    """Say whether a sentence calls something false, or says that nobody did it."""
    return _FALSE.search(low) is not None


@cache
def _reversals() -> dict[str, re.Pattern[str]]:
    rows = bundled_rows("claims/deeds.csv")
    words = {row["deed"]: row["reversed"].replace("*", r"\w*").replace(";", "|") for row in rows}
    return {deed: re.compile(rf"\b(?:{parts})\b") for deed, parts in words.items() if parts}


def is_reversed(low: str, deed: str) -> bool:
    """Say whether the main clause of a sentence tells the reverse of a deed."""
    pattern = _reversals().get(deed)
    return pattern is not None and pattern.search(_ASIDE.split(low)[0]) is not None
