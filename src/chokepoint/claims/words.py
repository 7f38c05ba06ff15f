"""Small word lists of the reader's English: titles, occupations, words that begin a sentence and are no names."""

from __future__ import annotations

import re

NOT_NAMES = frozenset(
    "the a an in on at by for from to of with without and or but nor yet so if when while whether once since after before as until then now here there this that these those "
    "it its he she they we you i his her their our my your him them us one two three four five six seven eight nine ten first second third fourth no not nobody nothing "
    "some somebody someone any all both each every other others another many most more less few several what who whom whose which why how where asked said says "
    "under over above below between across outside inside beyond against during within about around only even still just also too again ever never perhaps maybe "
    "will would shall should may might can could must do does did is are was were be been has have had let under next last chinese american european ukrainian russian japanese "
    "korean congolese british german french indonesian indian australian january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday exports imports prices price magnets magnet licences licence world western eastern north south west east northern southern "
    "buyers suppliers markets officials shipments delegations talks parliament reserves cargoes optics analyst reader wrong hospital prof next quoting according readers "
    "q1 q2 q3 q4 h1 h2 announcement notice rule rules".split()
)
TITLES = frozenset(
    "minister secretary president premier vice-premier vice prime chancellor commissioner representative chairman chairwoman spokesman spokeswoman spokesperson envoy "
    "negotiator deputy ambassador director governor senator commerce treasury trade economy foreign state finance industry energy federal defence defense interior chief "
    "mr mrs ms minfin commissar party leader head general colleague counterpart college mr. sieur".split()
)
OCCUPATIONS = frozenset(
    "analyst broker trader baker porter seller farmer lawyer student students clerk director owner engineer jeweller cellist pianist florist dealer buyer reader readers expert "
    "professor prof dr inspector captain capt agent master farrier smelter landlord correspondent journalist columnist editor photographer teacher priest doctor driver "
    "hairdresser plumber welder carpenter tailor gardener cook chef waiter nurse dentist barber singer actor actress painter poet writer novelist blogger pensioner retired "
    "neighbour neighbor brother sister cousin uncle aunt father mother son daughter widow wife husband namesake lecturer consultant economist strategist geologist miner "
    "manager founder salesman saleswoman shopkeeper publican bartender guest witness resident villager mayor councillor promoter activist lobbyist attache hospital "
    "researcher scholar historian smith mechanic electrician librarian postman fisherman sailor skipper pilot translator interpreter intern apprentice foreman wholesaler "
    "merchant importer exporter grocer butcher potter ceramist optician veterinarian chemist physicist sculptor violinist drummer coach referee goalkeeper".split()
)
ORGANISATION = frozenset(
    "institute house street museum club society guild union hardware parts polytechnic university college school bank fund association centre center company sons brothers "
    "ltd inc corp gmbh llc holdings capital partners group studio foto hotel road square avenue lane park bridge church hospital dental laboratory lab labs works foundry "
    "rotor motors metals mining minerals resources consulting advisers advisors analytics research foundation agency bureau office committee council ministry press post times "
    "gazette herald journal ledger observer tribune wire desk news letter lanthanides druckguss harvest trading logistics shipping lines airlines industries international "
    "bakery cafe restaurant pub inn tavern farm estate stadium team fc library archive archives academy clinic pharmacy market markets exchange lady parvis brewery chemicals "
    "fish foods salon tours travel toys shoes furniture carpets gym supplies supply systems solutions services technologies software optics electronics records films theatre".split()
)
LOWER_JOINS = frozenset(
    {"of", "von", "der", "van", "de", "du", "la", "фон", "дер", "den", "ter", "di", "da", "al", "bin"}
)
_AFTER = re.compile(
    r"^[\s]*(?:,|\(|–|—)\s*(?:no\s|not\s|who\s|whose\s|whom\s|which\s|himself|herself|(?:an?|the|his|her|our|their|my|its)\s+(?:[\w'-]+\s+){0,4}?(?P<what>[\w-]+)|aged?\s|\d\d)",
)
_BEFORE = re.compile(r"(?:\b(?P<what>[a-zé-]+),?\s+|\bnamed\s+|\bcalled\s+|\bone\s+|\bcertain\s+)$")
_OFFICE_WORDS = re.compile(
    r"\b(?:minister|secretary|president|premier|chancellor|commissioner|representative|envoy|negotiator|spokes\w+|leader|chairman|chief executive|head of|counterpart|official)\b"
)


def described_otherwise(before: str, after: str) -> bool:
    """Say whether the words beside a name give it a calling that nobody on record has ("a porter for 31 years")."""
    following = _AFTER.match(after)
    if following and not _OFFICE_WORDS.search(after[:70]):
        return True
    if (
        re.match(r"\s+(?:of|from|at|in)\s+(?:the\s+)?[A-Z]", after)
        and not _OFFICE_WORDS.search(before[-30:])
        and not re.match(
            r"\s+(?:of|from|at|in)\s+(?:London|Washington|Beijing|Geneva|Brussels|Busan|Pusan|Kuala|Kyiv|L0ndon)", after
        )
    ):
        return True
    leading = _BEFORE.search(before)
    if leading and (leading["what"] is None or leading["what"] in OCCUPATIONS):
        return True
    return bool(
        re.search(
            r"\b(?:Prof|Dr|Inspector|Capt|Captain|Analyst|Father|Sister|Brother|Chef|Uncle|Aunt|Big|Little|Old|Young)\.?\s*$",
            before,
        )
    )
