"""A small core with meaning: three passages, ranked by the words they share with the question."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event

from assistant.errors import AssistantError, IndexUnavailable
from assistant.messages import ERRORS
from assistant.types import Answer, Citation, Document, Nearest, Passage, Piece, Question, Source

GUIDE = Source(
    id="reperes-2022",
    kind="guide",
    title="Points de repères : PTCE et collectivités",
    publisher="RTES",
    date="2022-05",
    url="https://example.org/reperes.pdf",
    sha256="0" * 64,
    obtained="Texte extrait du PDF.",
)
STUDY = Source(
    id="etude-2014",
    kind="study",
    title="8 leviers pour le développement des PTCE",
    publisher="RTES et l'Atelier Coopératif",
    date="~2014",
    sha256="1" * 64,
    obtained="Texte reconnu sur une image.",
)
LAW = (
    "Les pôles territoriaux de coopération économique sont constitués par le regroupement "
    "sur un même territoire d'entreprises de l'économie sociale et solidaire."
)
ROLE = (
    "Une commune peut mettre à disposition un local, participer au capital d'une SCIC et "
    "acheter auprès des structures du pôle."
)
FIGURE = "42 PTCE ont été étudiés, et plus de 30 entretiens menés."
RAW_FIGURE = "42 PTCE, étudié et plus de 3O entretiens menes."


@dataclass
class FakeIndex:
    """What the web needs of an index."""

    version: str
    documents: dict[str, Document]
    passages: dict[str, Passage]
    dense: "FakeDense" = field(default_factory=lambda: FakeDense())


@dataclass
class FakeDense:
    """Says, or not, that the vectors are away."""

    trouble: str | None = None


@dataclass
class FakeReader:
    """Gives its index, or raises its error."""

    index: FakeIndex
    error: Exception | None = None
    opened: int = 0

    def current(self) -> FakeIndex:
        self.opened += 1
        if self.error is not None:
            raise self.error
        return self.index

    def wrong(self) -> AssistantError | None:
        """Nothing: what it gives is what is published."""
        return None


@dataclass
class FakeAsk:
    """Answers from shared words; keeps the questions; fails, or answers, as told.

    A question that is held is answered once its event is set.
    """

    questions: list[Question] = field(default_factory=list)
    error: Exception | None = None
    answer: Answer | None = None
    seconds: float = 0.0
    held: Mapping[str, Event] = field(default_factory=dict)

    def __call__(self, question: Question, index: FakeIndex) -> Answer:
        self.questions.append(question)
        time.sleep(self.seconds)
        if question.text in self.held:
            self.held[question.text].wait(30)
        if self.error is not None:
            raise self.error
        return self.answer or answer_to(question, index)


def make_index() -> FakeIndex:
    """Two documents, three passages, offsets true."""
    passages: dict[str, Passage] = {}
    documents: dict[str, Document] = {}
    for source, texts in ((GUIDE, (LAW, ROLE)), (STUDY, (FIGURE,))):
        text = "\n\n".join(texts)
        raw = RAW_FIGURE if source is STUDY else text
        whole = Piece(start=0, end=len(text), raw_start=0, raw_end=len(raw))
        documents[source.id] = Document(source=source, text=text, raw=raw, pieces=(whole,))
        for number, body in enumerate(texts):
            start = text.index(body)
            passages[f"{source.id}-{number}"] = Passage(
                id=f"{source.id}-{number}",
                source_id=source.id,
                section=("Quels rôles pour les collectivités ?", "Les communes"),
                page=3 if source is GUIDE else None,
                text=body,
                start=start,
                end=start + len(body),
                kind="law" if body is LAW else "figure" if body is FIGURE else "role",
            )
    return FakeIndex("v-1", documents, passages)


def missing_index() -> AssistantError:
    """What a reader raises where nothing was ingested."""
    return IndexUnavailable("index_missing", ERRORS["index_missing"])


def answer_to(question: Question, index: FakeIndex) -> Answer:
    """Answered with the passages that share a word of five letters, else refused."""
    words = {w.strip("?.,'").lower() for w in question.text.split()}
    words = {w for w in words if len(w) >= 5}
    chosen = [p for p in index.passages.values() if any(w in p.text.lower() for w in words)]
    if not chosen:
        return _made("refused", "Les documents ne le disent pas.", nearest=_nearest(index))
    lines = [f"- {p.text} [{n}]" for n, p in enumerate(chosen, start=1)]
    text = "### Ce que disent les documents\n\n" + "\n".join(lines)
    text += "\n\nVoir **surtout** la première source [1], et non la [9]."
    citations = tuple(_citation(n, p, index) for n, p in enumerate(chosen, start=1))
    if len(chosen) == 1:
        return _made("answered", text, citations=citations)
    return _made("partial", text, citations=citations, missing="Le rôle de la région.")


def _made(status: str, text: str, **fields: object) -> Answer:
    return Answer.model_validate(
        {
            "id": "a-1",
            "status": status,
            "language": "fr",
            "answer": text,
            "index_version": "v-1",
            "elapsed_ms": 1.5,
            **fields,
        }
    )


def _fields(passage: Passage, index: FakeIndex) -> dict[str, object]:
    source = index.documents[passage.source_id].source
    return {
        "passage_id": passage.id,
        "source_id": source.id,
        "source_title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "source_kind": source.kind,
        "passage_kind": passage.kind,
        "url": source.url,
        "section": passage.section,
        "page": passage.page,
        "quote": passage.text,
        "start": passage.start,
        "end": passage.end,
        "raw": RAW_FIGURE if passage.text == FIGURE else None,
    }


def _citation(number: int, passage: Passage, index: FakeIndex) -> Citation:
    return Citation.model_validate({"number": number, **_fields(passage, index)})


def _nearest(index: FakeIndex) -> tuple[Nearest, ...]:
    passage = index.passages["etude-2014-0"]
    return (Nearest.model_validate(_fields(passage, index)),)
