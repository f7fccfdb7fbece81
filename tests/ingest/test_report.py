"""What ingest says of a document: the words that it mended, not the marks that set it out."""

from assistant.types import Document, Piece
from ingest.report import repairs
from tests.api.fake_core import GUIDE


def document(*pieces: tuple[str, str]) -> Document:
    """A document of stretches, each as it was received and as it reads."""
    made: list[Piece] = []
    raw = text = ""
    for received, read in pieces:
        made.append(
            Piece(
                start=len(text),
                end=len(text + read),
                raw_start=len(raw),
                raw_end=len(raw + received),
            )
        )
        raw, text = raw + received, text + read
    return Document(source=GUIDE, text=text, raw=raw, pieces=tuple(made))


def test_the_marks_of_lists_and_tables_are_no_repair() -> None:
    assert (
        repairs(document(("", "- "), ("Lieu", "Lieu"), (" | ", " : "), ("Niort\n", "Niort\n\n")))
        == 0
    )


def test_a_mended_word_is_one() -> None:
    assert (
        repairs(document(("I'étude ", "l'étude "), ("", "- "), ("a", "à"), (" Niort", " Niort")))
        == 2
    )
