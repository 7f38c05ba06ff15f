"""Made names with their answers: people on record by slips and other scripts, and a large set of strangers.

    known(7)       sentences that name somebody on record, with the key
    strangers(7)   sentences that name somebody else: common names of many languages, and names near those on record

The same seed gives the same sentences. Nothing here knows how a reader works.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.claims.library import keys
from tests.claims.mangling import cases

GIVEN = {
    "zho": "Wei Fang Lei Jing Yan Min Jun Ping Xiaoming Guohua Haitao Jianguo Meiling Shuzhen Zhiqiang Yulan Dawei",
    "ukr": "Oksana Taras Iryna Bohdan Svitlana Vasyl Larysa Ostap Halyna Nazar Roksolana Yevhen Solomiya Anton",
    "rus": "Ivan Tatiana Nikolai Svetlana Gennady Lyudmila Boris Raisa Yegor Zinaida Stepan Galina Fyodor Vera",
    "eng": "Emily Walter Susan Derek Paula Gordon Tracy Leonard Heather Stanley Brenda Clive Megan Russell Joyce Alan",
    "eur": "Anneliese Bertrand Giulia Pieter Ingrid Mateusz Solveig Matteo Elise Joaquin Beatriz Florian Katalin Oskar",
    "cod": "Dieudonné Espérance Fiston Merveille Trésor Grâce Papy Nadège Héritier Bijou Gloire Prosper",
    "jpn": "Haruto Yumi Kenta Aiko Daisuke Naoko Takumi Emi Kazuya Rie Shota Megumi",
    "idn": "Agus Dewi Bambang Siti Eko Ratna Slamet Wati Hendra Lestari Joni Indah",
}
SURNAMES = {
    "zho": "Zhang Chen Zhao Zhou Sun Ma Zhu Guo Lin Gao Luo Song Tang Han Feng Cao Xu Ren Wang Li Liu He",
    "ukr": "Melnyk Kovalchuk Bondarenko Tkachenko Polishchuk Savchuk Moroz Kravets Hnatiuk Pavlyuk Demchuk",
    "rus": "Smirnov Kuznetsova Popov Sokolova Lebedev Morozova Volkov Egorova Nikitin Orlova Makarov",
    "eng": "Johnson Taylor Baker Harrison Fletcher Barlow Whitfield Sutton Hargreaves Dawson Pickering Thornton",
    "eur": "Schneider Moreau Rossi Jansen Nowak Lindqvist Ferrari Dubois Herrera Almeida Novotny Keller",
    "cod": "Ilunga Mbuyi Kasongo Mutombo Kalala Tshibangu Ngoy Banza Mwamba Kabongo Mukendi",
    "jpn": "Tanaka Watanabe Nakamura Kobayashi Yoshida Sasaki Matsumoto Inoue Kimura Shimizu Ogawa",
    "idn": "Santosa Wijaya Setiawan Hidayat Saputra Susanto Gunawan Wibowo Nugroho Kusuma Pranata",
}
SURNAME_FIRST = frozenset({"zho"})
TRADES = (
    "a beekeeper from Bristol",
    "who repairs clocks",
    "the owner of the Blue Lantern bar",
    "a retired schoolteacher",
    "aged 54, who sells fish",
    "a lorry driver of thirty years",
    "who teaches piano in Lille",
    "an amateur photographer",
    "our neighbour on the third floor",
    "a night porter",
)
LEADS = (
    "the plumber",
    "the florist",
    "my cousin",
    "Inspector",
    "Grandmother",
    "the violinist",
    "Professor",
    "a translator named",
    "our landlady",
)
PLAIN = (
    "On Monday {0} called the offer thin.",
    "{0} told reporters that the licences would come.",
    "The talks will go on, {0} said in a statement.",
    "Nobody asked {0} about the magnets.",
    "According to {0}, shipments fell by a third.",
)
TOLD = (
    "{0}, {1}, had heard of rare earths on the radio.",
    '"I buy magnets by the dozen," said {0}, {1}.',
    "In the market stood {0}, {1}, with six crates.",
)
LED = ("Next came {1} {0} with a bag of magnets.", "Then {1} {0} read the notice aloud.", "We met {1} {0} at the gate.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence with one name: where it stands, whom it means (empty for a stranger), and how the name was made."""

    text: str
    name: str
    key: str
    way: str


def slipped(name: str, rng: Random) -> tuple[str, str]:
    """Make one slip of the hand: a letter doubled, dropped, or two changed over."""
    place = rng.randrange(1, len(name) - 1)
    while not name[place - 1 : place + 2].isalpha():
        place = rng.randrange(1, len(name) - 1)
    way = rng.choice(("doubled", "dropped", "changed over"))
    if way == "doubled":
        return name[:place] + name[place] + name[place:], way
    if way == "dropped":
        return name[:place] + name[place + 1 :], way
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :], way


def known(seed: int) -> list[Sentence]:
    """Return a sentence for every person of the corpus and every way: as on record, by a slip, by other scripts."""
    rng = Random(seed)  # noqa: S311
    made: list[Sentence] = []
    for key, row in sorted(keys().items()):
        if row["kind"] != "person":
            continue
        made.append(_plain(row["name"], key, "as on record", rng))
        made.append(_plain(*(_with_key(slipped(row["name"], rng), key)), rng))
    made += [_plain(each.surface, each.key, each.route, rng) for each in cases(seed) if each.kind == "person"]
    return made


def _with_key(slip: tuple[str, str], key: str) -> tuple[str, str, str]:
    return slip[0], key, slip[1]


def _plain(name: str, key: str, way: str, rng: Random) -> Sentence:
    return Sentence(text=rng.choice(PLAIN).format(name), name=name, key=key, way=way)


def strangers(seed: int, count: int = 400) -> list[Sentence]:
    """Return sentences that name strangers; names near those on record have a calling beside them."""
    rng = Random(seed)  # noqa: S311
    people = sorted((key, row) for key, row in keys().items() if row["kind"] == "person")
    made: list[Sentence] = []
    while len(made) < count:
        way = rng.choice(("common", "common", "other given name", "other surname", "near"))
        name = _stranger(way, rng.choice(people)[1], rng)
        if name in {one["name"] for _, one in people}:
            continue
        made.append(Sentence(text=_told(name, way, rng), name=name, key="", way=way))
    return made


def _stranger(way: str, row: dict[str, str], rng: Random) -> str:
    """Return the name of a stranger: any, one that shares a part with somebody on record, or one a slip away."""
    language = rng.choice(sorted(GIVEN))
    given, surname = rng.choice(GIVEN[language].split()), rng.choice(SURNAMES[language].split())
    if way == "near":
        return slipped(row["name"], rng)[0]
    parts = row["name"].split()
    first = row["country"] in {"CHN", "KOR"} if way != "common" else language in SURNAME_FIRST
    if way == "other given name":
        surname = parts[0] if first else parts[-1]
    elif way == "other surname":
        given = parts[-1] if first else parts[0]
    return f"{surname} {given}" if first else f"{given} {surname}"


def _told(name: str, way: str, rng: Random) -> str:
    """Return a sentence; a name near somebody's is told from his only by the calling beside it."""
    if way != "near" and rng.random() < 0.4:
        return rng.choice(PLAIN).format(name)
    if rng.random() < 0.5:
        return rng.choice(TOLD).format(name, rng.choice(TRADES))
    return rng.choice(LED).format(name, rng.choice(LEADS))
