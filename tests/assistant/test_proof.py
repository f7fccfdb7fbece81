"""Every answer is proved by verbatim citations, whatever was asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.index import Index
from assistant.types import Citation
from evals.case import Case, load
from tests.assistant.asking import CASES, QUESTIONS, asked
from tests.assistant.proof import check, check_raw

EACH = [pytest.param(case, marks=pytest.mark.full if n % 3 else ()) for n, case in enumerate(CASES)]


@pytest.mark.parametrize("case", EACH, ids=[case.id for case in CASES])
def test_every_answer_is_proved(case: Case, index: Index) -> None:
    check(asked(index, case.question, *case.history), index)


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.stem)
def test_expected_quotes_are_in_the_sources(file: Path, index: Index) -> None:
    texts = {id: document.text for id, document in index.documents.items()}
    wrong = [
        case.id
        for case in load(file)
        for expected in case.quotes
        if expected.quote not in texts[expected.source]
    ]
    assert wrong == []


def test_the_received_form_is_given_on_repaired_text_only(index: Index) -> None:
    repaired = asked(index, "Quels sont les huit leviers pour développer les PTCE ?")
    assert any(c.raw for c in repaired.citations)
    sound = asked(index, "Qui a lancé l'AMI « PTCE émergents » ?")
    assert all(c.raw is None for c in sound.citations)
    for citation in _all_citations(index):
        check_raw(citation, index.documents[citation.source_id].raw)


def _all_citations(index: Index) -> Iterator[Citation]:
    for case in CASES[::5]:
        yield from asked(index, case.question, *case.history).citations
