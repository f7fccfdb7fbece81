"""What the model learns from: pairs of texts, alike or one asking for the other.

A batch is drawn from one source, so that each text has neighbours of its own kind to be told
from; it is drawn in short runs of the file, since what stands side by side in a law is close and
the harder to tell apart.
"""

from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from ingest.model.text import Ints, Rows, Texts, synonyms

RUN = 8  # neighbours in a file that come together
SHORTEST, LONGEST = 3, 40  # pieces in a span that asks for the rest of its text
SPAN = (0.1, 0.5)  # its share of the text

Stretch = tuple[Texts, Ints, Ints]  # where each text of a batch begins and how long it is


@dataclass(frozen=True, slots=True)
class Source:
    """Texts side by side, in one or more versions of each side; ``share`` of the batches."""

    share: float
    left: tuple[Texts, ...]
    right: tuple[Texts, ...]
    span: bool = False  # the left side is a span of its text

    def draw(self, size: int, chance: np.random.Generator) -> tuple[Stretch, Stretch, Ints]:
        """The two sides of about ``size`` pairs, and their rows."""
        left = self.left[chance.integers(len(self.left))]
        right = self.right[chance.integers(len(self.right))]
        rows = _rows(len(left), size, chance)
        rows = rows[(left.length[rows] > 0) & (right.length[rows] > 0)]
        if not self.span:
            return _whole(left, rows), _whole(right, rows), rows
        rows = rows[left.length[rows] > 4 * SHORTEST]
        start, length = _spans(left, rows, chance)
        other = _rest(left, rows, start, length) if left is right else _whole(right, rows)
        return (left, start, length), other, rows


def sources(rows: Rows, pieces: Tokenizer) -> list[Source]:
    """Every source of pairs that the training text gives, and the forms of the lexicon."""

    def texts(file: str, field: str) -> Texts:
        return Texts(pieces, (row[field] for row in rows[file]))

    law = rows["laws_sections"]
    english, french = texts("laws_sections", "en"), texts("laws_sections", "fr")
    asked = [
        Texts(
            pieces, (f"{row[f'{code}_note'] or ''} {row[f'{code}_heading'] or ''}" for row in law)
        )
        for code in ("en", "fr")
    ]
    notes = [texts("laws_sections", f"{code}_note") for code in ("en", "fr")]
    code = texts("codes_fr", "text")
    titles = Texts(
        pieces, (" ".join(row["headings"][-2:]) or row["code"] for row in rows["codes_fr"])
    )
    last = Texts(pieces, ((row["headings"] or [row["code"]])[-1] for row in rows["codes_fr"]))
    one, other, concept = zip(*synonyms(0), strict=True)
    made = [
        Source(7, (*asked, *asked, *notes), (french, french, english)),
        Source(1.5, (english,), (french,)),
        Source(2, (english, french), (english, french), span=True),
        *(
            Source(share, (texts(file, "en"),), (texts(file, "fr"),))
            for file, share in (
                ("laws_parallel", 1.5),
                ("laws_terms", 1),
                ("tatoeba", 2),
                ("eurovoc", 1),
            )
        ),
        Source(2, (titles, last), (code,)),
        Source(2, (code,), (code,), span=True),
        Source(1, (texts("questions_fr", "question"),), (texts("questions_fr", "passage"),)),
        Source(0.5, (Texts(pieces, one, concept),), (Texts(pieces, other, concept),)),
    ]
    return [source for source in made if len(source.left[0])]


def _rows(count: int, size: int, chance: np.random.Generator) -> Ints:
    starts = chance.integers(0, max(1, count - RUN + 1), size // RUN)
    return np.unique((starts[:, None] + np.arange(RUN)).ravel() % count)


def _whole(texts: Texts, rows: Ints) -> Stretch:
    return texts, texts.start[rows], texts.length[rows]


def _spans(texts: Texts, rows: Ints, chance: np.random.Generator) -> tuple[Ints, Ints]:
    whole = texts.length[rows]
    length = np.clip((whole * chance.uniform(*SPAN, len(rows))).astype(np.int64), SHORTEST, LONGEST)
    return texts.start[rows] + (chance.random(len(rows)) * (whole - length)).astype(
        np.int64
    ), length


def _rest(texts: Texts, rows: Ints, start: Ints, length: Ints) -> Stretch:
    """What stands before the span or what follows it, whichever is longer."""
    before = start - texts.start[rows]
    after = texts.length[rows] - before - length
    first = before > after
    begin = np.where(first, texts.start[rows], start + length)
    return texts, begin, np.maximum(np.where(first, before, after), 1)
