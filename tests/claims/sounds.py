"""Tables of sound: pinyin to Cyrillic, Cyrillic to Latin, English spelling to Chinese characters and their pinyin.

The Cyrillic of Chinese follows Palladius; the others are the everyday conventions of newspapers, simplified.
"""

from __future__ import annotations

import re

INITIALS = {
    "zh": "чж", "ch": "ч", "sh": "ш", "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л", "g": "г",
    "k": "к", "h": "х", "j": "цз", "q": "ц", "x": "с", "r": "ж", "z": "цз", "c": "ц", "s": "с",
}  # fmt: skip
FINALS = {
    "iang": "ян", "iong": "юн", "uang": "уан", "ang": "ан", "eng": "эн", "ong": "ун", "iao": "яо", "ian": "янь", "ing": "ин",
    "uai": "уай", "uan": "уань", "ai": "ай", "ei": "эй", "ao": "ао", "ou": "оу", "an": "ань", "en": "энь", "ia": "я", "ie": "е",
    "iu": "ю", "in": "инь", "ua": "уа", "uo": "о", "ui": "уй", "ue": "юэ", "un": "унь", "er": "эр", "a": "а", "o": "о", "e": "э",
    "i": "и", "u": "у",
}  # fmt: skip
WHOLE = {
    "yi": "и", "ya": "я", "ye": "е", "yao": "яо", "you": "ю", "yan": "янь", "yin": "инь", "yang": "ян", "ying": "ин", "yong": "юн",
    "yu": "юй", "yue": "юэ", "yuan": "юань", "yun": "юнь", "wu": "у", "wa": "ва", "wo": "во", "wai": "вай", "wei": "вэй", "wan": "вань",
    "wen": "вэнь", "wang": "ван", "weng": "вэн", "zi": "цзы", "ci": "цы", "si": "сы", "hui": "хуэй", "ai": "ай", "an": "ань", "ao": "ао",
    "ju": "цзюй", "qu": "цюй", "xu": "сюй", "juan": "цзюань", "quan": "цюань", "xuan": "сюань", "jun": "цзюнь", "xun": "сюнь", "qun": "цюнь",
}  # fmt: skip
SYLLABLE = "|".join(
    sorted({*WHOLE, *(first + last for first in INITIALS for last in FINALS)}, key=lambda part: (-len(part), part))
)
PINYIN = re.compile(SYLLABLE)

LATIN = {
    "newspaper": dict(zip("абвгдежзийклмнопрстуфхцчшщыэюя", "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya".split(), strict=True)),
    "scholarly": dict(zip("абвгдежзийклмнопрстуфхцчшщыэюя", "a b v g d e ž z i j k l m n o p r s t u f x c č š šč y è ju ja".split(), strict=True)),
    "french": dict(zip("абвгдежзийклмнопрстуфхцчшщыэюя", "a b v g d e j z i i k l m n o p r s t ou f kh ts tch ch chtch y e iou ia".split(), strict=True)),
    "german": dict(zip("абвгдежзийклмнопрстуфхцчшщыэюя", "a b w g d e sch s i i k l m n o p r s t u f ch z tsch sch schtsch y e ju ja".split(), strict=True)),
}  # fmt: skip
SOFT = {"newspaper": "", "scholarly": "'", "french": "", "german": ""}
UKRAINIAN = {"г": "h", "и": "y", "і": "i", "ї": "i", "є": "ie", "ґ": "g", "ю": "iu", "я": "ia", "щ": "shch", "х": "kh", "й": "i"}

CHINESE = {
    "b": "巴ba 贝bei 比bi 博bo 布bu 布bu", "p": "帕pa 佩pei 皮pi 波bo 普pu 普pu", "d": "达da 德de 迪di 多duo 杜du 德de",
    "t": "塔ta 特te 蒂di 托tuo 图tu 特te", "g": "加jia 格ge 吉ji 戈ge 古gu 格ge", "k": "卡ka 凯kai 基ji 科ke 库ku 克ke",
    "v": "瓦wa 韦wei 维wei 沃wo 武wu 夫fu", "w": "瓦wa 韦wei 威wei 沃wo 伍wu 夫fu", "f": "法fa 费fei 菲fei 福fu 富fu 夫fu",
    "s": "萨sa 塞sai 西xi 索suo 苏su 斯si", "z": "扎zha 泽ze 齐qi 佐zuo 祖zu 兹zi", "sh": "沙sha 谢xie 希xi 肖xiao 舒shu 什shi",
    "j": "贾jia 杰jie 吉ji 乔qiao 朱zhu 奇qi", "ch": "查cha 切qie 奇qi 乔qiao 楚chu 奇qi", "h": "哈ha 赫he 希xi 霍huo 胡hu 赫he",
    "m": "马ma 梅mei 米mi 莫mo 穆mu 姆mu", "n": "纳na 内nei 尼ni 诺nuo 努nu 恩en", "l": "拉la 莱lai 利li 洛luo 卢lu 尔er",
    "r": "拉la 雷lei 里li 罗luo 鲁lu 尔er", "y": "亚ya 耶ye 伊yi 约yue 尤you 伊yi", "": "阿a 埃ai 伊yi 奥ao 乌wu",
}  # fmt: skip
CHINESE_GRID = {row: [(cell[0], cell[1:]) for cell in cells.split()] for row, cells in CHINESE.items()}
NASAL = {
    "b": "班ban 本ben 宾bin 邦bang 本ben", "p": "潘pan 彭peng 平ping 庞pang 蓬peng", "d": "丹dan 登deng 丁ding 东dong 敦dun",
    "t": "坦tan 滕teng 廷ting 通tong 通tong", "g": "甘gan 根gen 金jin 贡gong 贡gong", "k": "坎kan 肯ken 金jin 孔kong 昆kun",
    "v": "万wan 文wen 温wen 旺wang 文wen", "w": "万wan 文wen 温wen 旺wang 文wen", "f": "凡fan 芬fen 芬fen 丰feng 丰feng",
    "s": "桑sang 森sen 辛xin 松song 孙sun", "z": "赞zan 曾zeng 津jin 宗zong 尊zun", "sh": "尚shang 申shen 辛xin 雄xiong 顺shun",
    "j": "詹zhan 真zhen 金jin 忠zhong 准zhun", "ch": "钱qian 琴qin 钦qin 琼qiong 春chun", "h": "汉han 亨heng 欣xin 洪hong 洪hong",
    "m": "曼man 门men 明ming 蒙meng 蒙meng", "n": "南nan 嫩nen 宁ning 农nong 农nong", "l": "兰lan 伦lun 林lin 朗lang 伦lun",
    "r": "兰lan 伦lun 林lin 朗lang 伦lun", "y": "扬yang 延yan 英ying 永yong 云yun", "": "安an 恩en 因yin 翁weng 文wen",
}  # fmt: skip
NASAL_GRID = {row: [(cell[0], cell[1:]) for cell in cells.split()] for row, cells in NASAL.items()}
SPELLINGS = (
    ("tsh", "ch"), ("ck", "k"), ("ph", "f"), ("sch", "sh"), ("š", "sh"), ("č", "ch"), ("é", "e"), ("x", "ks"), ("q", "k"), ("c(?!h)", "k"),
    ("ee|ea|ie", "i"), ("oo|ou", "u"), ("ai|ae|ey|ei", "e"), ("ng(?![aeiou])", "n"), ("(?<=.)y", "i"), (r"([bdfgklmnprstz])\1", r"\1"), ("-", ""),
)  # fmt: skip
ENGLISH = re.compile(r"(sh|ch|[bpdtgkvwfszjhmnlry])?(?:([aeiou])(n(?![aeiou]))?)?")


def syllables(word: str) -> list[str]:
    """Cut a pinyin word into syllables, longest first, stepping back where the rest would not cut."""
    if not word:
        return []
    for length in range(min(6, len(word)), 0, -1):
        if PINYIN.fullmatch(word[:length]):
            rest = word[length:]
            tail = syllables(rest)
            if not rest or tail:
                return [word[:length], *tail]
    return []


def cyrillic_syllable(syllable: str) -> str:
    """Write one pinyin syllable in the Cyrillic of Palladius."""
    if syllable in WHOLE:
        return WHOLE[syllable]
    initial = next(first for first in INITIALS if syllable.startswith(first))
    return INITIALS[initial] + FINALS[syllable[len(initial) :]]


def to_cyrillic(name: str) -> str:
    """Write a Chinese name, given in pinyin, in Cyrillic."""
    return " ".join("".join(map(cyrillic_syllable, syllables(word.lower()))).capitalize() for word in name.split())


def to_latin(name: str, system: str) -> str:
    """Write Cyrillic in Latin letters by one of the everyday systems."""
    table = LATIN[system] | {"ь": SOFT[system], "ъ": ""}
    return " ".join("".join(table.get(letter, letter) for letter in word.lower()).capitalize() for word in name.split())


def ukrainian_to_latin(name: str) -> str:
    """Write a Ukrainian name by the official table of Ukraine, simplified."""
    table = LATIN["newspaper"] | UKRAINIAN | {"ь": ""}
    starts = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
    words = [starts.get(word[0], table[word[0]]) + "".join(table.get(letter, letter) for letter in word[1:]) for word in name.lower().split()]
    return " ".join(word.capitalize() for word in words)


def to_chinese(name: str) -> tuple[str, str]:
    """Write an English name by sound in Chinese characters; return them and their pinyin."""
    characters, pinyin = [], []
    for word in name.lower().split():
        spelt = word
        for old, new in SPELLINGS:
            spelt = re.sub(old, new, spelt)
        cells = [cell(*found.groups()) for found in ENGLISH.finditer(spelt) if found[0]]
        characters.append("".join(character for character, _ in cells))
        pinyin.append("".join(sound for _, sound in cells).capitalize())
    return "·".join(characters), " ".join(pinyin)


def cell(start: str | None, vowel: str | None, nasal: str | None) -> tuple[str, str]:
    """Return the character and pinyin of one piece: consonant, vowel, closing n."""
    grid = NASAL_GRID if nasal else CHINESE_GRID
    return grid[start or ""]["aeiou".index(vowel) if vowel else 5]
