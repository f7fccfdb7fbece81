"""What a block is about: its kind, the échelons it concerns, the places it names.

Comes in: a text with its headings and lead. Goes out: tags by the rules of ``kinds.toml``.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast, get_args

from assistant import places
from assistant.messages import MONTHS
from assistant.slots import urls
from assistant.types import Echelon, PassageKind, Source, SourceKind
from assistant.words import fold
from ingest.blocks import Block

_WORD = re.compile(r"\w+")
LEVELS: tuple[Echelon, ...] = ("commune", "intercommunalite", "departement", "region")


@dataclass(frozen=True)
class Rule:
    """Conditions that all must hold; an absent one always holds."""

    kind: PassageKind
    text: re.Pattern[str] | None
    heading: re.Pattern[str] | None
    lead: re.Pattern[str] | None
    path: re.Pattern[str] | None
    forms: frozenset[str]
    sources: frozenset[str]
    longest: int

    def holds(
        self, block: Block, text: str, section: tuple[str, ...], lead: str, source: SourceKind
    ) -> bool:
        """Whether a passage of a block, in a document of a kind, fulfils every condition."""
        return (
            (not self.sources or source in self.sources)
            and (self.path is None or self.path.search(" > ".join(section)) is not None)
            and (not self.forms or block.form in self.forms)
            and (not self.longest or len(text) <= self.longest)
            and (self.text is None or self.text.search(text) is not None)
            and (self.lead is None or self.lead.search(lead) is not None)
            and (self.heading is None or any(self.heading.search(h) for h in section))
        )


@dataclass(frozen=True)
class Rules:
    """All that ``kinds.toml`` says."""

    kinds: tuple[Rule, ...]
    hidden: re.Pattern[str]
    echelons: tuple[tuple[Echelon, re.Pattern[str]], ...]
    all_levels: re.Pattern[str]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules of ``kinds.toml``, read once."""
    data = tomllib.loads((files("ingest") / "kinds.toml").read_text("utf-8"))
    names = dict(data["echelons"]["names"])
    every = names.pop("all")
    assert set(names) == set(get_args(Echelon))
    return Rules(
        kinds=tuple(_rule(entry) for entry in data["rules"]),
        hidden=_any(data["echelons"]["hidden"]),
        echelons=tuple((cast(Echelon, name), _any(forms)) for name, forms in names.items()),
        all_levels=_any(every),
    )


def kind_of(
    block: Block, text: str, section: tuple[str, ...], lead: str, source: SourceKind
) -> PassageKind:
    """The kind of a passage of a block: what the block is, else the first rule that holds."""
    if block.form == "law":
        return "law"
    if block.kind is not None:
        return cast(PassageKind, block.kind)
    matching = (r.kind for r in rules().kinds if r.holds(block, text, section, lead, source))
    return next(matching, "text")


def echelons_of(*texts: str) -> tuple[Echelon, ...]:
    """The échelons that the first of the texts to name any names, from commune to State.

    A text goes with what introduces it: « Les communes peuvent : – aider les départements »
    concerns both.
    """
    for text in texts:
        seen = rules().hidden.sub(lambda m: " " * len(m.group()), text)
        named = [name for name, forms in rules().echelons if forms.search(seen)]
        if rules().all_levels.search(seen):
            named += LEVELS
        if named:
            return tuple(e for e in get_args(Echelon) if e in named)
    return ()


def places_of(*texts: str) -> tuple[str, ...]:
    """Codes of the places that the first of the texts to name any names, in its order."""
    for text in texts:
        named = [*places.find(text), *_of_hosts(text)]
        codes = tuple(dict.fromkeys(match.code for match in named))
        if codes:
            return codes
    return ()


def home_of(text: str) -> tuple[str, ...]:
    """The one département that an account tells of; empty where it names none or several."""
    named = {match.code for match in places.find(text) if not match.code.startswith("R-")}
    return tuple(named) if len(named) == 1 else ()


def signed(text: str, source: Source) -> bool:
    """Whether a text only says who published a document and when: « RTES, mars 2024 »."""
    said, publisher = (set(_WORD.findall(fold(t))) for t in (text, source.publisher))
    dated = {word for word in said if word.isdigit() or word in _months()}
    return bool(dated and said & publisher) and said <= dated | publisher


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    return frozenset(fold(month) for month in MONTHS["fr"])


def _of_hosts(text: str) -> list[places.PlaceMatch]:
    """Places that the hosts of a text's web addresses name: « www.cress-aura.org »."""
    hosts = [url.split("//")[-1].split("/")[0] for url in urls(text)]
    words = [word for host in hosts for word in re.split(r"[.-]", host)[:-1] if len(word) > 3]
    return [match for word in words for match in places.find(word.upper())]


def _rule(entry: dict[str, Any]) -> Rule:
    def pattern(name: str) -> re.Pattern[str] | None:
        return re.compile(entry[name], re.IGNORECASE) if name in entry else None

    assert entry["kind"] in get_args(PassageKind)
    return Rule(
        kind=entry["kind"],
        text=pattern("text"),
        heading=pattern("heading"),
        lead=pattern("lead"),
        path=pattern("path"),
        forms=frozenset(entry.get("forms", ())),
        sources=frozenset(entry.get("sources", ())),
        longest=entry.get("longest", 0),
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)
