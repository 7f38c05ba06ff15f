"""Units as texts spell them, and calendar dates, which look like figures and are none."""

from __future__ import annotations

import re

_LB, _KG = "lb", "kg"
_MONEY = {
    "USD": r"US\s+dollars?|U\.S\.\s+dollars?|American\s+dollars?|dollars?|bucks|USD|\$|美元|долларов?|доларів|доллара|долара|долл\.?|달러|Dollar",
    "CNY": r"yuan|renminbi|RMB|CNY|元|人民币|юаней|юаня|юанів|위안",
    "EUR": r"euros?|EUR|€|евро|євро|欧元|유로",
    "JPY": r"yen|JPY|円|日元|иен|ієн|엔",
    "GBP": r"pounds\s+sterling|GBP|£",
    "MMK": r"kyats?|MMK",
}
_MASS = (
    (r"million\s+(?:metric\s+)?tonnes|megatonnes|Mt", 1e6),
    (r"kilotonnes|kilotons|kt", 1e3),
    (
        r"(?:metric\s+|long\s+)?tonnes?|(?:metric\s+)?tons?|tonnen|тонн[аыи]?|тон|т(?![а-яії])|吨|公吨|噸|톤|トン|t(?![\w'’])",
        1.0,
    ),
    (r"kilograms?|kilogrammes?|kilos?|kg|公斤|кг|килограммов|кілограмів|킬로그램", 1e-3),
)
_PER = r"\s*(?:a|an|per|the|/|each|for\s+a|la|der|pro|за|на|每|the\s+single)\s*"
_TONNE = r"(?:metric\s+)?tonnes?|(?:metric\s+)?tons?|t|тонну|吨|톤"
_KILO = r"kilograms?|kilogrammes?|kilos?|kg|公斤|кг|килограмм|кілограм"
_POUND = r"pounds?|lbs?|фунт|磅"
_MTU = r"(?:metric[\s-]+ton(?:ne)?[\s-]+units?|mtu|MTU|dmtu)"
_YEAR = r"years?(?!\s+(?:ago|earlier|before|later))|yr|y|annum|год|рік|年|Jahr"
_DAY = r"days?|d|сутки|добу|день|天|日"
_PERCENT = r"%|％|per\s?cent|percent|pct|procent|pourcent|Prozent|процент(?:ов|а|ы)?|відсотк(?:ів|и|а)|퍼센트|百分"
_POINTS = r"(?:%|per\s?cent|percent(?:age)?)[\s-]*points?|pp\b|个百分点|процентных\s+пункт(?:ов|а)|відсоткових\s+пункт(?:ів|и)|points?\s+of\s+percent"
_TIME = {
    "days": r"working\s+days|w\.\s*days|days?|天|дней|днів|일간|jours?",
    "weeks": r"weeks?|周|недель|тижнів|주",
    "months": r"months?|个月|месяцев|місяців|개월",
    "years": r"years?|年(?!\d)|лет|років|년",
    "hours": r"hours?|小时|часов|годин|시간",
    "minutes": r"minutes?|分钟|минут|хвилин",
}
_GAP = r"[\s-]*"
_OF_WHAT = r"(?:\s+of\s+[a-z][a-z-]*(?:\s+[a-z-]+)?)?"


_RULES: tuple[tuple[str, str, float], ...] = (
    *((f"(?:{money}){_PER}(?:{_MTU})", f"{code}/mtu", 1.0) for code, money in _MONEY.items()),
    *((f"(?:{money}){_PER}(?:{_KILO})", f"{code}/kg", 1.0) for code, money in _MONEY.items()),
    *((f"(?:{money}){_PER}(?:{_POUND})", f"{code}/lb", 1.0) for code, money in _MONEY.items()),
    *((f"(?:{money}){_PER}(?:{_TONNE})", f"{code}/t", 1.0) for code, money in _MONEY.items()),
    *((f"(?:{money}){_PER}(?:{_YEAR})", f"{code}/year", 1.0) for code, money in _MONEY.items()),
    *((f"(?:{words}){_OF_WHAT}{_PER}(?:{_YEAR})", "t/year", factor) for words, factor in _MASS),
    (rf"(?:barrels?|барел(?:ів|ей)|баррелей|bbl|桶|배럴){_PER}(?:{_DAY})|桶/日|bpd|b/d", "bbl/d", 1.0),
    (r"barrels?|барел(?:ів|ей)|баррелей|bbl|桶", "bbl", 1.0),
    (_POINTS, "pp", 1.0),
    (_PERCENT, "%", 1.0),
    (r"(?:cents|¢)\s*(?:a|per|/)\s*(?:pound|lb)", "USD/lb", 0.01),
    *((money, code, 1.0) for code, money in _MONEY.items()),
    *((words, "t", factor) for words, factor in _MASS),
    (r"degrees(?:\s+celsius)?|°\s?C?|градусов|градусів|度", "celsius", 1.0),
    (r"-?fold|times|倍|раза?|рази|разів|배", "times", 1.0),
    *((words, unit, 1.0) for unit, words in _TIME.items()),
    (r"aircraft|aeroplanes|airplanes|planes|jets|самолет(?:ов|а)|літаків|架", "aircraft", 1.0),
    (r"pounds", "GBP", 1.0),
)
UNIT_PATTERN = "|".join(f"(?:{_GAP}(?:{pattern})(?![A-Za-zа-яії]))" for pattern, _, _ in _RULES)
_COMPILED = tuple((re.compile(f"{_GAP}(?:{pattern})", re.IGNORECASE), unit, factor) for pattern, unit, factor in _RULES)
_SIGNS = {
    "$": "USD",
    "US$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "€": "EUR",
    "£": "GBP",
    "¥": "CNY",
    "USD": "USD",
    "EUR": "EUR",
    "CNY": "CNY",
    "RMB": "CNY",
}
_SIGN_PER = {_KG: _KILO, _LB: _POUND, "t": _TONNE, "year": _YEAR}
COUNTED = (
    r"licen[cs]es?|requests?|applications?|plants?|works|mines?|elements?|minerals?|metals?|countries|states|firms|companies|deposits?|managers|"
    r"items?|codes?|ships?|cargoes|suppliers?|lines?|people|workers|pages?|projects?|members?|orders?"
)
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ju1y|"
    r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|січня|лютого|березня|квітня|травня|червня|липня|"
    r"серпня|вересня|жовтня|листопада|грудня|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:-|–|to|and|or|и|та)\s*\d{{1,2}}(?:st|nd|rd|th)?)?\s+(?:of\s+)?{_MONTHS}\b(?:,?\s+(?:of\s+)?\d{{4}})?"
    rf"|\b{_MONTHS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s*(?:%|percent|per\s?cent|tonn|tons|t\b|dollar|million|billion|thousand|,\d{{3}}|[.,]\d))(?:\s*(?:-|–|to|and)\s*\d{{1,2}}\b)?(?:,?\s+\d{{4}}\b)?"
    rf"|\b{_MONTHS},?\s+(?:of\s+)?(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b"
    r"|(?:(?:19|20)\d\d\s*[年년])?\s*\d{1,2}\s*[月월](?:\s*\d{1,2}\s*[日号일])?|\d{1,2}\s*[日号일](?!\w)|(?:19|20)\d\d\s*[年년](?!间)"
    r"|(?<![\d.,$€£¥])(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d))?(?![\d]|[.,]\d|\s*(?:tonn|tons\b|t\b|kg|dollar|percent|%|licen|yuan|USD|barrel|тонн|people|workers))"
    r"|\b(?:the\s+)?\d{1,2}(?:st|nd|rd|th)\b|\bQ[1-4]\b|\bthe\s+\d{1,2}(?=\s+(?:meeting|of\s+the\s+month))",
    re.IGNORECASE,
)  # fmt: skip


def unit_of(words: str, sign: str) -> tuple[str, float]:
    """Return the unit that words and a sign before the number mean, and the factor to it; empty where there is none."""
    text = words.strip(" -")
    code = _SIGNS.get(sign.strip(), "")
    if code:
        for unit, pattern in _SIGN_PER.items():
            if re.fullmatch(rf"(?:/|per\s|a\s)?\s*(?:{pattern})", text, re.IGNORECASE):
                return f"{code}/{unit}", 1.0
        return code, 1.0
    for pattern, unit, factor in _COMPILED:
        if text and pattern.fullmatch(text):
            return unit, factor
    return "", 1.0


def dates(text: str) -> list[tuple[int, int]]:
    """Return the spans of calendar dates."""
    return [match.span() for match in _DATE.finditer(text)]
