"""The nouns of the project: what a document, a passage, a question and an answer are.

Everything here is frozen. Offsets count characters (Unicode code points) of the normalised
text of a source, end excluded, so that ``text[start:end]`` is always the thing named.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Echelon = Literal["commune", "intercommunalite", "departement", "region", "etat"]
SourceKind = Literal["guide", "law", "study", "article", "plan", "experience"]
PassageKind = Literal[
    "definition", "law", "role", "lever", "experience", "figure", "contact", "method", "text"
]
Status = Literal["answered", "partial", "refused"]
Language = Literal["fr", "en"]


class Frozen(BaseModel):
    """A value that is never changed once made; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """A place in a normalised source text: ``text[start:end]``."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Source(Frozen):
    """What is known of one document of the corpus, without its text."""

    id: str
    kind: SourceKind
    title: str
    publisher: str
    date: str = Field(description="As precise as it is known: 2022-05, 2014, ~2021.")
    url: str | None = None
    sha256: str = Field(description="Of the file, byte for byte.")
    obtained: str = Field(description="How the text was obtained, in French, for readers.")
    in_force_from: str | None = Field(
        default=None, description="Of a version of law: its first day, 2014-08-02."
    )
    in_force_to: str | None = Field(
        default=None, description="The day it ceases to be in force; None while none is known."
    )
    article: str | None = Field(default=None, description="Of a version of law: 9, L1111-4.")
    law: str | None = Field(default=None, description="The full name of the law it is of.")
    state: str | None = Field(
        default=None, description="What its file calls it: VIGUEUR, MODIFIE, ABROGE…"
    )


class Piece(Frozen):
    """A stretch of normalised text and the stretch of raw text that it comes from.

    The pieces of a document cover its normalised text in order, without gap. Equal lengths and
    equal text mean that nothing was repaired; anything else is a repair.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int


class Document(Frozen):
    """A source with its two texts, the one that is quoted and the one that was received."""

    source: Source
    text: str = Field(description="Normalised: what citations quote and what offsets refer to.")
    raw: str = Field(description="The file as received, decoded, or as its reader gave it.")
    pieces: tuple[Piece, ...] = Field(description="How one maps to the other.")


class Passage(Frozen):
    """One block of a document (paragraph, list item, call-out, table row, quotation, article).

    ``text == document.text[start:end]``, always. ``units`` are the sentences or list items that
    may be cited, as absolute spans inside [start, end].
    """

    id: str = Field(description="Hash of source id, heading path, text and occurrence.")
    source_id: str
    section: tuple[str, ...] = Field(description="Headings above it, outermost first.")
    page: int | None = None
    text: str
    start: int
    end: int
    kind: PassageKind = "text"
    echelons: tuple[Echelon, ...] = ()
    places: tuple[str, ...] = Field(
        default=(), description="Numbers of départements (38, 2A) and codes of régions (R-84)."
    )
    units: tuple[Span, ...] = ()
    lead: Span | None = Field(
        default=None,
        description="What introduces it: the lead-in of a list, the item a call-out illustrates.",
    )
    list_id: str | None = Field(
        default=None, description="Shared by the items of one list, in one document."
    )


class Turn(Frozen):
    """One turn of a conversation."""

    role: Literal["user", "assistant"] = "user"
    content: str


class Question(Frozen):
    """What a person asked, with what was said before, oldest first."""

    text: str
    history: tuple[Turn, ...] = ()
    echelon: Echelon | None = None
    place: str | None = None
    sources: tuple[str, ...] = Field(default=(), description="Only these sources; all when empty.")


class Nearest(Frozen):
    """A verbatim quotation, ``document.text[start:end] == quote``, offered as near a question."""

    passage_id: str
    source_id: str
    source_title: str
    publisher: str
    date: str
    source_kind: SourceKind
    passage_kind: PassageKind
    url: str | None
    section: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    raw: str | None = Field(
        default=None, description="The received text, where the quote stands on repaired text."
    )


class Citation(Nearest):
    """The same, offered as an answer, with the number of its marker."""

    number: int = Field(ge=1)


class Checked(Frozen):
    """What became of the sentences of a language model when they were checked."""

    kept: int = Field(ge=0)
    replaced: int = Field(ge=0, description="By the verbatim passage that they name.")
    removed: int = Field(ge=0)


class Answer(Frozen):
    """An answer in one of three states, with what proves it."""

    id: str
    status: Status
    language: Language
    answer: str = Field(description="Small Markdown: paragraphs, ###, -, **, [n]; nothing else.")
    missing: str | None = Field(default=None, description="What a partial answer does not say.")
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    generator: str = Field(
        default="extractive", description="extractive, model, or extractive-fallback."
    )
    index_version: str
    elapsed_ms: float
    polite: bool = Field(
        default=False,
        exclude=True,  # not in the HTTP contract
        description="A line to small talk or to bare orders: nothing was asked of the documents.",
    )
    checked: Checked | None = Field(
        default=None,
        exclude=True,  # not in the HTTP contract: the text says it
        description="Of an answer that a language model worded.",
    )
