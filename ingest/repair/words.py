"""The repair of a block, in order: elisions, words, « à ».

Comes in: the text of one block and the damage of its document. Goes out: the mended block.
"""

from collections.abc import Iterator

from ingest.aligned import Aligned
from ingest.repair import alone, elision
from ingest.repair.channel import ROMAN
from ingest.repair.damage import Damage
from ingest.repair.lexicon import english, known
from ingest.repair.score import best
from ingest.repair.token import Word, opens, words

Edit = tuple[int, int, str]


def repair(text: Aligned, damage: Damage) -> Aligned:
    """The mended text of one block (its lines joined); unchanged where nothing is surely broken."""
    mended = text.rewrite(elision.misread(text.text))
    if damage.clean:
        return mended
    if damage.rate:
        mended = mended.rewrite(elision.doubled(mended.text))
        mended = mended.rewrite(elision.lost(mended.text))
        mended = mended.rewrite(_words(mended.text, damage))
    return mended.rewrite(alone.lost(mended.text, damage.lost_a))


def _words(text: str, damage: Damage) -> Iterator[Edit]:
    """Edits of the words of a block."""
    found = list(words(text))
    for at, word in enumerate(found):
        if _foreign([*found[max(0, at - 1) : at], *found[at + 1 : at + 2]]):
            continue
        new = acronym(word, text, damage) or best(word, damage.rate, damage.counts, damage.words)
        if new and new != word.text:
            yield word.start, word.end, new


def _foreign(around: list[Word]) -> bool:
    """Whether words stand among English ones."""
    return any(english(word.text) and not known(word.text) for word in around)


def acronym(word: Word, text: str, damage: Damage) -> str | None:
    """An acronym of the document with the article l glued to it: LESS, where ESS is met."""
    head, core = word.text[:1], word.text[1:]
    if head not in "LlI1|[" or not core.isupper() or core[:1] not in "AEIOUYH":
        return None
    met, alike = damage.counts.get(core, 0), damage.counts.get(word.text, 0)
    if len(core) < 2 or met < 2 or met <= alike or ROMAN.fullmatch(core.lower()):
        return None
    return ("L'" if opens(text, word.start) else "l'") + core
