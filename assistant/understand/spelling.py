"""A question as typed in; the same with its surely mistyped words mended out.

Only words that neither the documents nor French know are touched, and only for a word that
sounds the same or is one slip away (Damerau, 1964): a wrong repair is worse than none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant import lexicon
from assistant.proper import Name
from assistant.understand.language import frequency, usual
from assistant.words import Token, fold, tokens

KNOWN = 3.3  # Zipf frequency from which a word is taken as meant
CORPUS_BONUS = 1.5  # a word of the documents is likelier than an equally usual one
SLIP = 1.6  # what one slip of the finger costs, in the same unit

_SOUNDS = [
    (r"[^a-z\n]", ""), (r"(?<=[a-z])(?:ent|es|e|s|x|t|d|ts|ds)$", ""), (r"ph", "f"),
    (r"sc(?=[eiy])", "s"), (r"c(?=[eiy])", "s"), (r"ti(?=o|a|e[^rt\n])", "si"),
    (r"(?:qu|q|ck|c|k)", "k"), (r"(?:eau|au)", "o"), (r"(?:ai|ei|er|ez|et|e)$", "e"),
    (r"(?:ai|ei)", "e"), (r"(?:an|en|am|em)(?=[^aeiouy]|$)", "A"),
    (r"(?:in|ain|ein|im)(?=[^aeiouy]|$)", "I"), (r"h", ""), (r"y", "i"), (r"z", "s"),
    (r"g(?=[ei])", "j"), (r"(.)\1+", r"\1"),
]  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d")
_RULES = [(re.compile(rule, re.MULTILINE), new) for rule, new in _SOUNDS]
_ELIDED = re.compile(r"(?P<article>qu|[dljnsmtc])(?P<word>[aeiouyh]\w{2,})")


class Speller:
    """Mends the words of questions towards the words of a corpus and of usual French.

    ``names`` are the folded words that the documents only write with a capital, ``bodies`` those
    of names in several words.
    """

    def __init__(self, texts: Sequence[str], bodies: frozenset[Name] = frozenset()) -> None:
        """``texts``: the documents, whose words are known and whose names are learnt."""
        self.bodies = bodies
        written = [token.text for text in texts for token in tokens(text)]
        small = {fold(word) for word in written if word[0].islower()}
        self.latest = max((w for w in written if _YEAR.fullmatch(w)), default="")
        self.names = frozenset(fold(w) for w in written if w[0].isupper()) - small - _vocabulary()
        self.corpus = frozenset(map(fold, written)) | _vocabulary()

    def is_later(self, years: Iterable[str]) -> bool:
        """Whether one of these years comes after all those that the documents name."""
        return any(year > self.latest for year in years)

    def correct(self, text: str) -> str:
        """The text, each unknown word replaced where one known word is surely meant."""
        found = tokens(text)
        pieces, done = [], 0
        for i, token in enumerate(found):
            if token.start < done:
                continue
            end, new = self._mend(text, found, i)
            pieces += [text[done : token.start], new]
            done = end
        return "".join([*pieces, text[done:]])

    def knows(self, word: str) -> bool:
        """Whether a folded word is of the documents or of usual French."""
        return word in self.corpus or frequency(word, "fr") >= KNOWN or _listed(word)

    def _mend(self, text: str, found: list[Token], i: int) -> tuple[int, str]:
        """Where the mended stretch ends, and what it becomes."""
        token = found[i]
        word = fold(token.text)
        meant = self.knows(word) or _listed(token.text.lower()) or _is_name(token, i)
        if not word.isalpha() or len(word) < 3 or meant:
            return token.end, token.text
        if i + 1 < len(found) and word + fold(found[i + 1].text) in self.corpus:
            return found[i + 1].end, word + fold(found[i + 1].text)
        return token.end, self._mended(word) or token.text

    def _mended(self, word: str) -> str | None:
        """An elided article found again, but where a corpus word is one slip away."""
        near = self._nearest(word)
        return near if near in self.corpus else self._elided(word) or near

    def _elided(self, word: str) -> str | None:
        match = _ELIDED.fullmatch(word)
        if match and self.knows(match["word"]):
            return f"{match['article']}'{match['word']}"
        return None

    def _nearest(self, word: str) -> str | None:
        """The best known word that sounds the same or is a slip away; None when none is."""
        worth = self._words()
        scores = {w: worth[w] for w in self._sounds().get(sound(word), ()) if len(w) > 2}
        reach = 0 if len(word) < 5 else 1 if len(word) < 8 else 2
        for near, distance, _ in process.extract(
            word,
            self._by_initial().get(word[0], ()),
            scorer=OSA.distance,
            score_cutoff=reach,
            limit=8,
        ):
            if distance < 2 or near in self.corpus:  # two slips from another word is no slip
                scores[near] = max(scores.get(near, 0.0), worth[near] - SLIP * distance)
        for name in self._acronyms() if len(word) > 3 else ():
            if OSA.distance(word, name) == 1:
                scores[name] = max(scores.get(name, 0.0), worth[name] - SLIP)
        return max(scores, key=scores.__getitem__) if scores else None

    @lru_cache(maxsize=1)  # noqa: B019
    def _acronyms(self) -> frozenset[str]:
        """Acronyms are short, and yet what a question is about: one slip in four letters."""
        concepts = lexicon.load().concepts.values()
        forms = {fold(f) for c in concepts if c.kind == "acronym" for f in c.fr if f.isupper()}
        return frozenset(f for f in forms & self._words().keys() if len(f) > 3)

    @lru_cache(maxsize=1)  # noqa: B019 (one speller an index)
    def _words(self) -> Mapping[str, float]:
        worth = dict(usual("fr"))
        for word in self.corpus:
            if word.isalpha() and len(word) > 2:
                worth[word] = max(worth.get(word, 0.0), KNOWN) + CORPUS_BONUS
        return worth

    @lru_cache(maxsize=1)  # noqa: B019
    def _sounds(self) -> Mapping[str, list[str]]:
        words = list(self._words())
        return _grouped(words, sounds(words))

    @lru_cache(maxsize=1)  # noqa: B019
    def _by_initial(self) -> Mapping[str, list[str]]:
        return _grouped(self._words(), (word[0] for word in self._words()))


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """The words of the lexicon, which are meant when they are typed."""
    forms = (form for concept in lexicon.load().concepts.values() for form in concept.fr)
    return frozenset(fold(token.text) for form in forms for token in tokens(form))


def _listed(word: str) -> bool:
    return bool(simplemma.is_known(word, lang="fr"))


def sound(word: str) -> str:
    """A rough French sound of a folded word: « mairie » and « meri » are one."""
    return sounds([word])[0]


def sounds(words: Sequence[str]) -> list[str]:
    """That of each word: written a line each, thirty thousand are read in a tenth of a second."""
    text = "\n".join(words)
    for rule, new in _RULES:
        text = rule.sub(new, text)
    return text.split("\n")


def _grouped(words: Iterable[str], keys: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word, key in zip(words, keys, strict=True):
        groups[key].append(word)
    return groups


def _is_name(token: Token, i: int) -> bool:
    """A capital inside the question, or an acronym, is taken as meant."""
    return (i > 0 and token.text[0].isupper()) or (token.text.isupper() and len(token.text) < 7)
