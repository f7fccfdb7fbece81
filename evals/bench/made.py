"""A published index in; any number of passages that read like it out, the same for the same seed.

Halves of sentences are put together anew, with the names of other places and other numbers, in
documents with headings and lists: what search and judgement cost depends on words and shapes.
"""

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import places
from assistant.index import Index
from assistant.types import Document, Passage, Piece, Source, Span

SEED = 20_13
A_DOCUMENT = 60  # passages
LISTED = 0.2  # of the blocks are lists
_NUMBER = re.compile(r"\d+")
_MIDDLE = re.compile(r"(?<=[,;:]) ")


@dataclass(frozen=True, slots=True)
class Model:
    """A sentence of the corpus: its two halves, and the passage that it is taken from."""

    opening: str
    ending: str
    passage: Passage


class Writer:
    """Writes one document after the other."""

    def __init__(self, index: Index, seed: int = SEED) -> None:
        self._dice = random.Random(seed)
        self._models = list(_models(index))
        self._headings = sorted({p.section[-1] for p in index.order if p.section})
        self._towns = sorted({n.place.name for n in places.load().names.values()})

    def document(self, number: int, count: int) -> tuple[Document, list[Passage]]:
        """A document of so many passages, or one or two more where it ends on a list."""
        page = _Page(f"fait-{number:05}")
        town = self._dice.choice(self._towns)
        while len(page.passages) < count:
            if len(page.passages) % 8 == 0:
                page.section = (self._renamed(self._dice.choice(self._headings)), f"À {town}")
            if self._dice.random() < LISTED:
                self._list(page)
            else:
                model = self._dice.choice(self._models)
                page.add([self._sentence(model) for _ in range(self._dice.randint(1, 3))], model)
        return page.document(f"Guide de {town}, n° {number}"), page.passages

    def _list(self, page: "_Page") -> None:
        model = self._dice.choice(self._models)
        lead = page.add([self._sentence(model).rstrip(" .;:,") + " :"], model).units[-1]
        name = f"{page.id}#{len(page.passages)}"
        for _ in range(self._dice.randint(3, 6)):
            page.add([self._sentence(model)], model, lead, name)

    def _sentence(self, model: Model) -> str:
        """The opening of one sentence and the end of another, of other places and numbers."""
        return self._renamed(f"{model.opening} {self._dice.choice(self._models).ending}".strip())

    def _renamed(self, text: str) -> str:
        pieces, done = [], 0
        for match in places.find(text):
            pieces += [text[done : match.start], self._dice.choice(self._towns)]
            done = match.end
        said = "".join([*pieces, text[done:]])
        return _NUMBER.sub(lambda m: str(self._dice.randrange(1, 10 ** len(m.group()))), said)


class _Page:
    """A document as it is written: its blocks, and the passages that they are."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.section: tuple[str, ...] = ("",)
        self.passages: list[Passage] = []
        self._blocks: list[str] = []
        self._end = 0

    def add(
        self,
        sentences: Sequence[str],
        model: Model,
        lead: Span | None = None,
        list_id: str | None = None,
    ) -> Passage:
        """One passage more, two line ends after the one before."""
        start = at = self._end + 2 if self._blocks else 0
        units = []
        for sentence in sentences:
            units.append(Span(start=at, end=at + len(sentence)))
            at += len(sentence) + 1
        text = " ".join(sentences)
        self._blocks.append(text)
        self._end = start + len(text)
        passage = Passage(
            id=hashlib.sha256(f"{self.id}/{start}".encode()).hexdigest()[:16],
            source_id=self.id,
            section=self.section,
            text=text,
            start=start,
            end=self._end,
            kind=model.passage.kind,
            echelons=model.passage.echelons,
            places=tuple(dict.fromkeys(m.code for m in places.find(text))),
            units=tuple(units),
            lead=lead,
            list_id=list_id,
        )
        self.passages.append(passage)
        return passage

    def document(self, title: str) -> Document:
        """What was written, under a title."""
        text = "\n\n".join(self._blocks)
        source = Source(
            id=self.id,
            kind="guide",
            title=title,
            publisher="RTES",
            date="2022",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            obtained="écrit pour la mesure",
        )
        whole = Piece(start=0, end=len(text), raw_start=0, raw_end=len(text))
        return Document(source=source, text=text, raw=text, pieces=(whole,))


def made(index: Index, count: int) -> tuple[list[Document], list[Passage]]:
    """Documents that hold ``count`` passages in all, or a few more, and these passages."""
    writer = Writer(index)
    documents: list[Document] = []
    passages: list[Passage] = []
    while len(passages) < count:
        document, parts = writer.document(len(documents), min(A_DOCUMENT, count - len(passages)))
        documents.append(document)
        passages += parts
    return documents, passages


def _models(index: Index) -> Iterator[Model]:
    for passage in index.order:
        text = index.documents[passage.source_id].text
        for unit in passage.units:
            sentence = " ".join(text[unit.start : unit.end].split())
            cut = _MIDDLE.search(sentence, len(sentence) // 3)
            at = cut.end() if cut else sentence.find(" ", len(sentence) // 2) + 1
            yield Model(sentence[:at].strip(), sentence[at:].strip(), passage)
