"""The mangling generator: the same seed, the same names; every name keeps its key."""

from __future__ import annotations

import pytest

from tests.claims.library import keys
from tests.claims.mangling import BY_CHARACTER, LITERAL_TITLES, article, cases
from tests.claims.scoring import score
from tests.claims.sounds import syllables, to_chinese, to_cyrillic, to_latin, ukrainian_to_latin


@pytest.mark.parametrize(
    ("pinyin", "cyrillic"),
    [
        ("He Lifeng", "Хэ Лифэн"),
        ("Wang Wentao", "Ван Вэньтао"),
        ("Li Chenggang", "Ли Чэнган"),
        ("Xi Jinping", "Си Цзиньпин"),
        ("Liu He", "Лю Хэ"),
        ("Ding Xuexiang", "Дин Сюэсян"),
        ("He Yongqian", "Хэ Юнцянь"),
        ("Wang Shouwen", "Ван Шоувэнь"),
    ],
)
def test_chinese_names_are_written_as_palladius_writes_them(pinyin: str, cyrillic: str):
    assert to_cyrillic(pinyin) == cyrillic


@pytest.mark.parametrize(
    ("system", "latin"), [("newspaper", "Khe Lifen"), ("scholarly", "Xè Lifèn"), ("german", "Che Lifen")]
)
def test_cyrillic_goes_back_by_several_systems(system: str, latin: str):
    assert to_latin("Хэ Лифэн", system) == latin


def test_ukrainian_names_follow_the_table_of_ukraine():
    assert ukrainian_to_latin("Юлія Свириденко") == "Yuliia Svyrydenko"
    assert ukrainian_to_latin("Денис Шмигаль") == "Denys Shmyhal"


@pytest.mark.parametrize(
    ("word", "cut"), [("chenggang", ["cheng", "gang"]), ("xian", ["xian"]), ("wentao", ["wen", "tao"])]
)
def test_pinyin_is_cut_into_syllables(word: str, cut: list[str]):
    assert syllables(word) == cut


def test_english_names_become_characters_and_pinyin():
    assert to_chinese("Bessent") == ("贝森特", "Beisente")
    assert to_chinese("Lutnick") == ("卢特尼克", "Lutenike")
    assert to_chinese("Greer") == ("格里尔", "Gelier")
    assert to_chinese("Janet Yellen") == ("贾内特·耶伦", "Jianeite Yelun")


@pytest.mark.parametrize("seed", [0, 1, 2025])
def test_the_same_seed_gives_the_same_cases(seed: int):
    assert cases(seed) == cases(seed)
    assert article(seed) == article(seed)


def test_other_seeds_give_other_cases():
    assert len({tuple(case.surface for case in cases(seed)) for seed in range(10)}) == 10


def test_every_person_and_every_literal_title_is_carried_over_with_its_key():
    people = {key for key, row in keys().items() if row["kind"] == "person" and row["country"] not in BY_CHARACTER}
    for seed in range(5):
        found = cases(seed)
        assert {case.key for case in found} == people | (set(LITERAL_TITLES) & set(keys()))
        assert all(case.surface.strip() for case in found)
        assert all(case.surface != case.original for case in found if case.kind == "office")


def test_most_names_no_longer_look_like_themselves():
    found = [case for seed in range(5) for case in cases(seed) if case.kind == "person"]
    assert sum(case.surface != case.original for case in found) > 0.9 * len(found)


@pytest.mark.parametrize("seed", range(20))
def test_made_articles_have_exact_spans_and_known_keys(seed: int):
    text, gold = article(seed)
    assert len(gold["names"]) == 10
    for name in gold["names"]:
        assert text[name["start"] : name["end"]] == name["surface"]
        assert keys()[name["key"]]["kind"] == name["kind"]
    assert score(gold, gold, text).people.share == 1.0
