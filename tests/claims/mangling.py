"""Make added cases from the list of keys: names carried through a second script and back, titles put over literally.

    cases(7)     the names of seed 7, each with its key and the route it took
    article(7)   a short text made of them, with gold answers as in the corpus

The same seed gives the same cases. Nothing here knows how a reader works.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from tests.claims.library import keys
from tests.claims.sounds import SYSTEMS, syllables, to_chinese, to_cyrillic, to_latin, ukrainian_to_latin

CYRILLIC_NAMES = {
    "volodymyr_zelensky": "Володимир Зеленський",
    "yulia_svyrydenko": "Юлія Свириденко",
    "denys_shmyhal": "Денис Шмигаль",
}
RUSSIAN_NAMES = {
    "scott_bessent": "Скотт Бессент",
    "howard_lutnick": "Говард Латник",
    "jamieson_greer": "Джеймисон Грир",
    "donald_trump": "Дональд Трамп",
    "volodymyr_zelensky": "Владимир Зеленский",
    "yulia_svyrydenko": "Юлия Свириденко",
    "ursula_von_der_leyen": "Урсула фон дер Ляйен",
}
LITERAL_TITLES = {
    "chn_minister_of_commerce": ("commerce department chief", "head of the ministry of merchant affairs"),
    "chn_vice_premier": ("vice general manager of the State Council", "deputy of the premier of the State Institute"),
    "chn_trade_representative": ("international commerce negotiation representative", "delegate for the haggling"),
    "usa_treasury_secretary": ("America finance minister", "head of the American Minfin"),
    "usa_commerce_secretary": ("America merchant-affairs chief", "minister of trade of the USA"),
    "usa_trade_representative": ("America trade deputy", "plenipotentiary of the USA for bargaining"),
    "ukr_minister_of_economy": ("minister of husbandry of Ukraine", "Wukelan economy department chief"),
    "eu_commission_president": ("Euro-alliance committee chairwoman", "head of the Eurocommission"),
}
SURNAME_FIRST = frozenset({"CHN"})
# Chinese texts read these names by their characters, not by their sound: no route here fits.
BY_CHARACTER = frozenset({"JPN", "KOR"})
FRAMES = (
    "On the talks spoke {0}, after him {1}.",
    "{0} to the reporters says: the licence will be.",
    "The newspaper writes that {0} with {1} met.",
    "To the question about rare earths {0} answered not.",
    "If {0} agrees, {1} would agree too.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A mangled name: what stands in the text, whom it means, what it was and how it got so."""

    key: str
    kind: str
    original: str
    surface: str
    route: str


def through_cyrillic(name: str, rng: Random) -> tuple[str, str]:
    """Carry a Chinese name into Cyrillic and back by a system drawn at random."""
    system = rng.choice(SYSTEMS)
    cyrillic = to_cyrillic(name)
    return (
        (cyrillic, "pinyin > Cyrillic")
        if rng.random() < 0.25
        else (to_latin(cyrillic, system), f"pinyin > Cyrillic > {system}")
    )


def through_chinese(name: str, rng: Random) -> tuple[str, str]:
    """Carry a name into Chinese characters by sound and back as pinyin, joined or syllable by syllable."""
    characters, pinyin = to_chinese(name)
    if rng.random() < 0.2:
        return characters, "English > characters"
    if rng.random() < 0.3 and all(syllables(word.lower()) for word in pinyin.split()):
        return to_latin(to_cyrillic(pinyin), "newspaper"), "English > characters > pinyin > Cyrillic > newspaper"
    return pinyin, "English > characters > pinyin"


def mangled(key: str, name: str, country: str, rng: Random) -> tuple[str, str]:
    """Choose a route that fits the name and follow it."""
    if country in SURNAME_FIRST:
        return through_cyrillic(name, rng)
    if key in CYRILLIC_NAMES and rng.random() < 0.5:
        return ukrainian_to_latin(CYRILLIC_NAMES[key]), "Ukrainian > official Latin"
    if key in RUSSIAN_NAMES and rng.random() < 0.5:
        system = rng.choice(SYSTEMS)
        return to_latin(RUSSIAN_NAMES[key], system), f"Russian > {system}"
    return through_chinese(name.rsplit(" ", 1)[-1] if rng.random() < 0.5 else name, rng)


def cases(seed: int) -> list[Case]:
    """Return one case for every person whose name is carried by sound, one for every office with a literal title."""
    rng = Random(seed)  # noqa: S311
    found: list[Case] = []
    for key, row in sorted(keys().items()):
        if row["kind"] == "person" and row["country"] not in BY_CHARACTER:
            surface, route = mangled(key, row["name"], row["country"], rng)
            found.append(Case(key=key, kind="person", original=row["name"], surface=surface, route=route))
        elif key in LITERAL_TITLES:
            title = rng.choice(LITERAL_TITLES[key])
            found.append(
                Case(key=key, kind="office", original=row["name"], surface=title, route="title, word for word")
            )
    return found


def article(seed: int) -> tuple[str, dict[str, Any]]:
    """Return a text made of ten mangled names, and its gold answers (names only)."""
    rng = Random(seed)  # noqa: S311
    drawn = rng.sample(cases(seed), 10)
    text, names = "", list[dict[str, Any]]()
    while drawn:
        frame = rng.choice([frame for frame in FRAMES if "{1}" not in frame or len(drawn) > 1])
        for part in frame.replace("{0}", "\0{\0").replace("{1}", "\0{\0").split("\0"):
            if part != "{":
                text += part
                continue
            one = drawn.pop()
            span = {"start": len(text), "end": len(text) + len(one.surface), "surface": one.surface}
            names.append({**span, "kind": one.kind, "key": one.key})
            text += one.surface
        text += " "
    slug = f"mangled-{seed}"
    gold = {
        "slug": slug,
        "format": "txt",
        "published": "2025-06-12",
        "outlet": "stranger:Zerkalo Rynka",
        "names": names,
    }
    return text.rstrip() + "\n", {**gold, "figures": [], "optional_figures": [], "claims": [], "set_aside": []}
