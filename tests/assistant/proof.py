"""What must be true of any answer, whatever was asked: it is proved by verbatim citations."""

import re

from assistant.index import Index
from assistant.types import Answer, Citation, Nearest


def check(answer: Answer, index: Index) -> None:
    """All that must be true of any answer, whatever was asked."""
    _check_state(answer)
    _check_numbers(answer)
    _check_markdown(answer.answer)
    places: list[Citation | Nearest] = [*answer.citations, *answer.nearest]
    for place in places:
        _check_place(place, index)
    assert answer.index_version == index.version
    assert answer.answer.strip()


def _check_state(answer: Answer) -> None:
    if answer.status == "refused":
        assert answer.citations == ()
    else:
        assert answer.citations and answer.nearest == ()
    assert bool(answer.missing) == (answer.status == "partial")


def _check_numbers(answer: Answer) -> None:
    told = [int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)]
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert list(dict.fromkeys(told)) == [c.number for c in answer.citations]
    line = " ".join(answer.answer.split())
    for citation in answer.citations:
        assert " ".join(citation.quote.split()) in line


def _check_markdown(text: str) -> None:
    assert not re.search(r"</?[a-zA-Z!]", text), text
    assert not re.search(r"\]\(|\]\[|`|^\s*>|<http", text, re.M), text
    for line in text.splitlines():
        assert not line.startswith("#") or line.startswith("### "), line
        assert line.count("**") % 2 == 0, line


def _check_place(place: Citation | Nearest, index: Index) -> None:
    document, passage = index.documents[place.source_id], index.passages[place.passage_id]
    assert place.quote == document.text[place.start : place.end]
    assert place.quote.strip()
    assert passage.start <= place.start < place.end <= passage.end
    told = (place.section, place.page, place.passage_kind, place.source_id)
    assert told == (passage.section, passage.page, passage.kind, passage.source_id)
    source = document.source
    of_source = (place.source_title, place.publisher, place.date, place.source_kind, place.url)
    assert of_source == (source.title, source.publisher, source.date, source.kind, source.url)
    check_raw(place, document.raw)


def check_raw(place: Citation | Nearest, received: str) -> None:
    """The received form is given where it reads otherwise, and only there."""
    if place.raw is None:
        assert _read(place.quote) in _read(received)
    else:
        assert place.raw in received
        assert " ".join(place.raw.split()) != " ".join(place.quote.split())


def _read(text: str) -> str:
    """What is read of a text: its letters and digits."""
    return "".join(c for c in re.sub(r"</?\w+>", "", text) if c.isalnum())
