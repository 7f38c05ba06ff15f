"""Words that begin a sentence and are no names, and words that join the parts of a name."""

from __future__ import annotations

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
LOWER_JOINS = frozenset(
    {"of", "von", "der", "van", "de", "du", "la", "фон", "дер", "den", "ter", "di", "da", "al", "bin"}
)
