"""Orders in a document, a question or its history change no citation and no status."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.ask import ask
from assistant.index import Index
from assistant.request import parse
from assistant.types import Answer, Question

FILE = Path(__file__).parents[2] / "evals" / "injections.jsonl"
ALL: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
TOLD = [line for line in ALL if line["where"] == "history"]
HIDDEN = [line for line in ALL if line["where"] == "document"]


def proof(answer: Answer) -> tuple[str, list[tuple[str, str]]]:
    """What an order might change: the status, and what is cited."""
    return answer.status, [(one.passage_id, one.quote) for one in answer.citations]


@pytest.mark.parametrize("line", TOLD, ids=lambda line: line["id"])
def test_an_order_changes_no_citation_and_no_status(index: Index, line: dict[str, Any]) -> None:
    """A turn that is an order weighs as much as that turn without its order: nothing."""
    ordered = parse({"question": line["question"], "history": line["history"]})
    kept = tuple(turn for turn in ordered.history if line["payload"] not in turn.content)
    clean = Question(text=ordered.text, history=kept)
    assert proof(ask(ordered, index)) == proof(ask(clean, index))


@pytest.mark.parametrize("line", ALL, ids=lambda line: line["id"])
def test_no_order_is_obeyed(index: Index, line: dict[str, Any]) -> None:
    answer = ask(parse({"question": line["question"], "history": line["history"]}), index)
    documents = index.documents
    for one in answer.citations:
        assert documents[one.source_id].text[one.start : one.end] == one.quote
    assert line["obeyed"].casefold() not in answer.answer.casefold()
