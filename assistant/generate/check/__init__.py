"""stub"""

from collections.abc import Sequence

from assistant import lexical
from assistant.generate.check.evidence import Evidence
from assistant.index import Index
from assistant.types import Language


class Checker:
    """stub"""

    def __init__(self, index: Index, language: Language) -> None:
        self.index = index

    def supports(self, sentence: str, named: Sequence[Evidence]) -> bool:
        """stub"""
        have = set(lexical.stems(" ".join(e.quote for e in named)))
        want = lexical.stems(sentence)
        return sum(w in have for w in want) >= 0.7 * len(want)
