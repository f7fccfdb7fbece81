"""A text in; the values that it states out: dates, amounts, counts, persons, addresses.

A question that wants a value is answered only by words that state one of that kind.
"""

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

from assistant import places
from assistant.words import fold, tokens

_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "sept|oct|nov|déc"
)
_NUMBER = r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d+(?:[,.]\d+)?"
_SPELLED = (
    r"un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    r"vingt|trente|quarante|cinquante|soixante|cent|mille|"
    r"dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|centaine|millier"
)
_UNIT = r"(?:k|m|mds?|millions?|milliards?|mille)?\s*(?:d['’]\s*)?(?:€|euros?)|[km]€"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATE = re.compile(
    rf"\b(?:(?:\d{{1,2}}(?:er)? )?(?:{_MONTHS})\b(?: (?:19|20)\d\d)?|(?:19|20)\d\d)\b", re.I
)
_AMOUNT = re.compile(rf"(?:{_NUMBER})\s*(?:{_UNIT})(?!\w)", re.I)
_PERCENT = re.compile(rf"(?:{_NUMBER})\s*%|\bpour cent\b", re.I)
_DURATION = re.compile(
    rf"\b(?:{_NUMBER}|{_SPELLED}|plusieurs|quelques)\s+(?:ans?|années?|mois|semaines?|jours?)\b"
    r"|\bpluriannuel\w*|\blong terme\b|\bannuel\w*",
    re.I,
)
_COUNT = re.compile(rf"\b(?:{_NUMBER}|{_SPELLED})\b", re.I)
# A number that counts nothing: « (38) », « n°5 », « article 9 », « 1er », « Deux-Sèvres ».
_REFERENCE = re.compile(
    r"\(\s*\w{1,3}\s*\)|\b\d+(?:er|ère|e|ème)\b"
    r"|(?:n\s?°|n[o°]\s|\barticles?\s|\b(?:axe|fiche(?:[ -]action)?|objectif|chapitre|partie)\s"
    r"|\bsaison\s|\bpage\s)\s*\d+"
    r"|\b\w+-(?-i:[A-ZÀ-ÖØ-Þ])",
    re.I,
)
_TIME = re.compile(r"\b\d{1,2}\s?[hH](?:\s?\d\d)?\b")
_URL = re.compile(r"(?:https?://|www\.)[^\s,;)<>»]+[^\s,;.)<>»]", re.I)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_PHONE = re.compile(r"(?:\+33\s?|\b0)[1-9](?:[ .-]?\d\d){4}\b")
_POSTAL = re.compile(
    r"\b\d{5}\s+[A-ZÉ]|\b\d+,?\s+(?:rue|avenue|boulevard|place|allée|chemin)\b", re.I
)
_ENUMERATION = re.compile(r"[^,;:.]+(?:[,;][^,;:.]+)+(?:[,;]| et | and )[^,;:.]+")
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_NAME = re.compile(rf"\b({_CAPITALISED})(?:\s+(?:de |du |d['’]|von |van |Le |La )?{_CAPITALISED})+")
_TITLED = re.compile(rf"\b(?:M\.|MM\.|Mme|Mmes|Mr|Dr)\s+{_CAPITALISED}")
_PROPER = re.compile(rf"(?<=[\wà-ÿ,’'(:»] ){_CAPITALISED}|(?<=['’]){_CAPITALISED}|\b[A-Z]{{2,}}\b")


def years(text: str) -> frozenset[str]:
    """The years of four digits that the text names."""
    return frozenset(_YEAR.findall(text))


def amounts(text: str) -> list[str]:
    """Sums of money as they are written: « 152 K Euros », « 100 000 euros »."""
    return [m.group() for m in _AMOUNT.finditer(text)]


def counts(text: str) -> list[str]:
    """Numbers that are neither years, sums nor percentages, in digits or in letters."""
    rules = (_AMOUNT, _PERCENT, _YEAR, _REFERENCE)
    spans = [m.span() for rule in rules for m in rule.finditer(text)]
    found = [m for m in _COUNT.finditer(text) if fold(m.group()) not in {"un", "une"}]
    return [m.group() for m in found if not any(s < m.end() and m.start() < e for s, e in spans)]


def dates(text: str) -> list[str]:
    """Days, months and years, as they are written."""
    found = [m.group() for m in _DATE.finditer(text)]
    return [d for d in found if fold(d) != "mars" and fold(d) != "oct"]


def persons(text: str) -> list[str]:
    """Names of people: a known first name and what follows it, or a title and a name."""
    named = [m.group() for m in _NAME.finditer(text) if _first_name(m.group(1))]
    return named + [m.group() for m in _TITLED.finditer(text)]


def proper_names(text: str) -> list[str]:
    """Words with a capital where none is due, and acronyms: people, organisations, places."""
    return [m.group() for m in _PROPER.finditer(text)]


def organisations(text: str) -> list[str]:
    """Proper names but for what names the subject of the whole corpus, or what is counted."""
    bare = _AMOUNT.sub(" ", text)
    return [name for name in proper_names(bare) if fold(name) not in TOPICS | COUNTED]


def urls(text: str) -> list[str]:
    """Web addresses."""
    return _URL.findall(text)


def _all(pattern: re.Pattern[str]) -> Callable[[str], list[str]]:
    return lambda text: [m.group() for m in pattern.finditer(text)]


TOPICS = frozenset({"ptce", "ess", "ami"})
COUNTED = frozenset({"etp", "ht", "ttc", "euros", "euro"})
FINDERS: dict[str, Callable[[str], list[str]]] = {
    "phone": _all(_PHONE),
    "email": _all(_EMAIL),
    "postal": _all(_POSTAL),
    "time": _all(_TIME),
    "url": urls,
    "percent": _all(_PERCENT),
    "duration": _all(_DURATION),
    "amount": amounts,
    "count": counts,
    "date": dates,
    "year": _all(_YEAR),
    "where": lambda text: [match.name for match in places.find(text)],
    "enumeration": _all(_ENUMERATION),
    "person": persons,
    "names": persons,
    "actor": lambda text: persons(text) + organisations(text),
}


def find(kind: str, text: str) -> list[str]:
    """The values of a kind that the text states; empty for kinds that are no value."""
    return FINDERS[kind](text) if kind in FINDERS else []


def _first_name(word: str) -> bool:
    return fold(word) in _first_names()


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    data = tomllib.loads((files("assistant") / "data" / "firstnames.toml").read_text("utf-8"))
    listed = next(iter(data.values()))
    names = listed.split() if isinstance(listed, str) else listed
    return frozenset(fold(name) for name in names) | frozenset(
        fold(t.text) for name in names for t in tokens(name) if "-" not in name
    )
