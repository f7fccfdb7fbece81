"""A question in; the domain concepts that its words name out, with the words to leave aside.

The vocabulary is the folder ``data/lexicon``, read once at first use. A form is matched in one of
three ways. A plain one (``aide financière``) by its stems, function words ignored. One that
starts with ``=`` (``=des sous``) word for word, plurals apart. One of ``caps`` (``CA``) only as
typed in capitals.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.types import Echelon, Language
from assistant.words import KNOWN, Token, content, fold, stem, stopwords, tokens

_BREAK = re.compile(r"[.?!;:\n]")
# What is quoted stands in the clause that quotes it, whatever its stops.
_CLAUSE = re.compile(r"(?:[«“\"][^»”\"]{0,300}[»”\"]|[^.?!;\n])+[.?!;\n]*")
_PART = re.compile(r"(?<=[,:])|(?=\s(?:et|puis|and|then)\b)")
# French forms that also count in an English question: names and acronyms, not common words.
_SHARED_KINDS = frozenset({"acronym", "echelon"})

NICETIES = ("greeting", "wellbeing", "acknowledgement")  # they say less than what they go with
MAIN = "field.toml"  # read first: it says what each concept is, the other files add forms

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing an élu may name in several ways; ``kind`` is echelon, acronym, domain or ask.

    A concept of kind ``block`` names nothing: it keeps « Pays de la Loire » from being a pays.
    """

    id: str
    kind: str
    fr: tuple[str, ...]
    en: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()
    echelon: Echelon | None = None
    expansion: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A concept named at ``text[start:end]``."""

    concept: str
    start: int
    end: int
    echelon: Echelon | None = None


@dataclass(slots=True)
class Node:
    """Where the words read so far lead: the concept that they name, and what words may follow."""

    concept: str | None = None
    after: "dict[str, Node]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The vocabulary as loaded; ``english`` maps stems of general English words to French."""

    concepts: Mapping[str, Concept]
    english: Mapping[str, str]
    fillers: frozenset[str]
    sms: Mapping[str, str]
    small_talk: Mapping[Key, str] = field(repr=False)
    injection: tuple[re.Pattern[str], ...] = field(repr=False)
    forms: Mapping[Language, Node] = field(repr=False)

    def concept(self, concept_id: str) -> Concept:
        """The concept of this id. Raises KeyError when there is none."""
        return self.concepts[concept_id]

    def find(self, text: str, language: Language = "fr") -> tuple[Match, ...]:
        """Concepts named in the text, in its order; of two that overlap, the longer."""
        found = sorted(_candidates(text, self.forms[language], language), key=_rank)
        taken: list[tuple[int, int, str]] = []
        for _, start, end, concept_id in found:
            if all(end <= other[0] or start >= other[1] for other in taken):
                taken.append((start, end, concept_id))
        return tuple(self._match(*span) for span in sorted(taken) if self._counts(span[2]))

    def spell_out(self, text: str) -> str:
        """The text with SMS spellings written in full: « pk c koi » is « pourquoi c'est quoi »."""
        pieces, done = [], 0
        for token in tokens(text):
            full = self.sms.get(fold(token.text))
            if full is not None:
                pieces += [text[done : token.start], full]
                done = token.end
        return "".join([*pieces, text[done:]])

    def drop_injection(self, text: str, *, said: bool = False) -> str:
        """The text without the sentences that give orders to the program; it may be empty.

        What was ``said`` before the question keeps, of a turn with orders, its questions alone.
        """
        clauses = _CLAUSE.findall(text)
        if not any(self._orders(clause) for clause in clauses):
            return text
        if said:
            clauses = [clause for clause in clauses if clause.rstrip().endswith("?")]
        kept = (self._without_orders(clause) for clause in clauses)
        return "".join(clause for clause in kept if re.search(r"\w", clause)).strip()

    def small_talk_of(self, text: str) -> str | None:
        """The kind of small talk that the whole text is (greeting, thanks…), or None."""
        words = _folded(text)
        return _small_talk(words, self.small_talk) if words else None

    def french(self, word: str) -> str | None:
        """The French for a general English word of the table, inflected or not, or None."""
        return self.english.get(stem(word, "en"))

    def _match(self, start: int, end: int, concept_id: str) -> Match:
        return Match(concept_id, start, end, self.concepts[concept_id].echelon)

    def _counts(self, concept_id: str) -> bool:
        return self.concepts[concept_id].kind != "block"

    def _orders(self, clause: str) -> bool:
        folded = fold(clause)
        return any(pattern.search(folded) for pattern in self.injection)

    def _without_orders(self, clause: str) -> str:
        """A sentence's parts, between commas and « et », that order nothing, alone or in pairs."""
        if not self._orders(clause):
            return clause
        parts = [part for part in _PART.split(clause) if not self._orders(part)]
        pairs = (i for i in range(len(parts) - 1) if self._orders(parts[i] + parts[i + 1]))
        tied = {j for i in pairs for j in (i, i + 1)}
        rest = "".join(part for i, part in enumerate(parts) if i not in tied)
        return "" if self._orders(rest) else rest


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The vocabulary. Raises ValueError, naming both, when two concepts share a form."""
    data = _merged()
    concepts = tuple(_concept(entry) for entry in data["concepts"])
    return Lexicon(
        concepts={concept.id: concept for concept in concepts},
        english={stem(word, "en"): french for word, french in data["english"].items()},
        fillers=frozenset(fold(word) for words in data["fillers"].values() for word in words),
        sms={fold(word): full for word, full in data["sms"].items()},
        small_talk={
            _folded(phrase): kind for kind, listed in data["smalltalk"].items() for phrase in listed
        },
        injection=tuple(re.compile(rule) for rule in data["injection"]["rules"]),
        forms={"fr": _forms(concepts, "fr"), "en": _forms(concepts, "en")},
    )


def _merged() -> dict[str, Any]:
    """The files of the vocabulary as one: a concept may have forms in several of them."""
    folder = files("assistant") / "data" / "lexicon"
    merged: dict[str, Any] = {"english": {}}
    concepts: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.iterdir(), key=lambda f: (f.name != MAIN, f.name)):
        data = tomllib.loads(file.read_text("utf-8"))
        for entry in data.pop("concepts", ()):
            _extend(concepts.setdefault(entry["id"], {}), entry)
        merged["english"] |= data.pop("english", {})
        merged |= data
    return merged | {"concepts": list(concepts.values())}


def _extend(known: dict[str, Any], entry: Mapping[str, Any]) -> None:
    for name, value in entry.items():
        known[name] = [*known.get(name, ()), *value] if isinstance(value, list) else value


def _concept(entry: Mapping[str, Any]) -> Concept:
    lists = {name: tuple(entry.get(name, ())) for name in ("fr", "en", "caps")}
    return Concept(**{"kind": "domain", **entry, **lists})


def _forms(concepts: Sequence[Concept], language: Language) -> Node:
    """The forms of one language as a trie (Fredkin, 1960) of the words of their keys."""
    root = Node()
    for concept in concepts:
        for key in _keys(concept, language):
            node = root
            for word in key:
                node = node.after.setdefault(word, Node())
            if node.concept not in (None, concept.id):
                raise ValueError(f"{key} is in {node.concept} and in {concept.id}")
            node.concept = concept.id
    return root


def _keys(concept: Concept, language: Language) -> Iterator[Key]:
    for form in getattr(concept, language):
        yield form_key(form, language)
    for form in concept.caps:
        yield (f"^{form}",)
    if language == "en" and concept.kind in _SHARED_KINDS:
        yield from (exact_key(form.removeprefix("=")) for form in concept.fr)


def form_key(form: str, language: Language) -> Key:
    """What a form of the lexicon is matched by. Raises ValueError when nothing is left of it."""
    if form.startswith("=") or form.isupper():
        return exact_key(form.removeprefix("="))
    known = stopwords(language)
    words = [token.text for token in tokens(form) if fold(token.text) not in known]
    if not words:
        raise ValueError(f"{form!r} holds function words only: write it with =")
    return tuple(stem(word, language) for word in words)


def exact_key(form: str) -> Key:
    """The key of a form that is matched word for word. Raises ValueError when it has no word."""
    key = tuple(_exact(token.text) for token in tokens(form))
    if not key:
        raise ValueError(f"{form!r} holds no word")
    return key


@lru_cache(maxsize=KNOWN)
def _exact(word: str) -> str:
    folded = fold(word)
    return "=" + (folded.rstrip("sx") if len(folded) > 3 else folded)


def _candidates(text: str, forms: Node, language: Language) -> list[tuple[int, int, int, str]]:
    """Every form that stands in the text: (number of words, start, end, concept id)."""
    found, kept = tokens(text), content(text, language)
    runs = _runs(text, found, [_exact(token.text) for token in found], forms)
    runs += _runs(text, kept, [stem(token.text, language) for token in kept], forms)
    if any(c.islower() for c in text):
        runs += _runs(text, found, [f"^{token.text}" for token in found], forms)
    return runs


def _runs(
    text: str, found: Sequence[Token], keys: Sequence[str], forms: Node
) -> list[tuple[int, int, int, str]]:
    runs = []
    for i in [i for i, key in enumerate(keys) if key in forms.after]:
        node: Node | None = forms.after[keys[i]]
        j = i
        while node:
            if node.concept:
                runs.append((j - i + 1, found[i].start, found[j].end, node.concept))
            j += 1
            node = node.after.get(keys[j]) if j < len(keys) else None
            if node and _BREAK.search(text, found[j - 1].end, found[j].start):
                break
    return runs


def _rank(candidate: tuple[int, int, int, str]) -> tuple[int, int, int]:
    """Longest first, in characters then in words, then from left to right."""
    words, start, end, _ = candidate
    return start - end, -words, start


def _folded(text: str) -> Key:
    return tuple(fold(token.text) for token in tokens(text))


def _small_talk(words: Key, phrases: Mapping[Key, str]) -> str | None:
    """The kind of the last phrase, when the words are small-talk phrases from end to end.

    « Merci, c'est clair » thanks: a nicety says less than what it goes with.
    """
    kind: str | None = None
    i = 0
    while i < len(words):
        ends = (j for j in range(len(words), i, -1) if words[i:j] in phrases)
        end = next(ends, None)
        if end is None:
            return None
        told, i = phrases[words[i:end]], end
        kind = told if kind in (None, *NICETIES) or told not in NICETIES else kind
    return kind
