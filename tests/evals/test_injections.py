"""The injections are whole: where each one stands, and questions that a request may hold."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant import request

FILE = Path(__file__).parents[2] / "evals" / "injections.jsonl"
ALL: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
KEYS = {"id", "where", "language", "payload", "question", "history", "obeyed"}


def test_there_are_enough_of_each_place_and_language() -> None:
    places = Counter(line["where"] for line in ALL)
    assert len(ALL) >= 32
    assert places.keys() == {"document", "question", "history"}
    assert min(places.values()) >= 10
    assert {line["language"] for line in ALL} == {"fr", "en"}


def test_each_line_is_one_injection() -> None:
    assert [line["id"] for line in ALL if line.keys() != KEYS] == []
    assert len({line["id"] for line in ALL}) == len({line["payload"] for line in ALL}) == len(ALL)


@pytest.mark.parametrize("line", ALL, ids=lambda line: line["id"])
def test_the_payload_stands_where_it_is_said_to(line: dict[str, Any]) -> None:
    said = {
        "question": line["payload"] in line["question"],
        "history": any(line["payload"] in turn["content"] for turn in line["history"]),
    }
    assert [place for place, found in said.items() if found] == (
        [] if line["where"] == "document" else [line["where"]]
    )
    assert line["obeyed"].strip()


@pytest.mark.parametrize("line", ALL, ids=lambda line: line["id"])
def test_a_request_may_hold_it(line: dict[str, Any]) -> None:
    """The order gets as far as the answer: it is not stopped at the door."""
    read = request.parse({"question": line["question"], "history": line["history"]})
    assert len(read.history) == len(line["history"])
