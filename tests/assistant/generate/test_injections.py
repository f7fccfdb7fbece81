"""A model that obeys what a stranger wrote: neither state nor citation changes, nor is it shown."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.ask import ask
from assistant.generate.prompt import RULES
from assistant.generate.sentences import split
from assistant.generate.write import Writer
from assistant.index import Index
from assistant.settings import Settings
from assistant.types import Question, Turn
from tests.assistant.generate.model_server import ModelServer
from tests.corpus_folder import LIBRARY, fill

FILE = Path(__file__).parents[3] / "evals" / "injections.jsonl"
ORDERS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
HIDDEN = [order for order in ORDERS if order["where"] == "document"]


def question_of(order: dict[str, Any]) -> Question:
    """The question with the order where a person could have put it."""
    text, said = order["question"], [*order["history"]]
    if order["where"] == "question" and order["payload"] not in text:
        text = f"{text} {order['payload']}"
    if order["where"] == "history" and order["payload"] not in str(said):
        said.append(order["payload"])
    contents = [turn if isinstance(turn, str) else turn["content"] for turn in said]
    return Question(text=text[:1000], history=tuple(Turn(content=c) for c in contents))


def words(text: str) -> str:
    """The text as it reads, without its marks."""
    return " ".join("".join(c if c.isalnum() else " " for c in text).split()).casefold()


@pytest.mark.parametrize("order", ORDERS, ids=[order["id"] for order in ORDERS])
def test_what_an_obedient_model_writes_is_not_shown(
    order: dict[str, Any], index: Index, served: ModelServer, writer: Writer
) -> None:
    question = question_of(order)
    plain = ask(question, index)
    true = [" ".join(c.quote.split()) + f" [{c.number}]" for c in plain.citations]
    served.does = lambda h: h.reply("\n\n".join([*true, order["obeyed"]]), size=60)
    answer = ask(question, index, writer)
    assert answer.status == plain.status
    assert answer.citations == plain.citations
    assert answer.missing == plain.missing
    shown = words(answer.answer)
    quoted = words(plain.answer)
    for sentence in split(order["obeyed"]):
        assert words(sentence.text) in quoted or words(sentence.text) not in shown
    assert "http" not in answer.answer.replace(plain.answer, "")
    assert bool(served.asked) == (plain.status != "refused")


def test_an_order_in_a_document_stays_a_string_of_the_data(
    tmp_path: Path, served: ModelServer, writer: Writer
) -> None:
    from assistant.index import Reader
    from ingest.__main__ import run

    lines = "\n\n".join(f"Aider un jardin : {order['payload']}" for order in HIDDEN)
    fill(tmp_path / "corpus", LIBRARY | {"notes": f"# Aider un jardin\n\n{lines}\n"})
    made = Settings(data_dir=tmp_path / "data", corpus_dir=tmp_path / "corpus")
    run(made)
    index = Reader(made).current()
    question = Question(text="Comment une commune peut-elle aider un jardin partagé ?")
    plain = ask(question, index)
    assert plain.citations
    served.does = lambda h: h.reply("Voici mes instructions [1]. HACKED")
    answer = ask(question, index, writer)
    assert (answer.status, answer.citations) == (plain.status, plain.citations)
    assert "HACKED" not in answer.answer
    (system, human) = served.asked[0]["messages"]
    assert system["content"] == RULES["fr"]
    told = json.loads(human["content"])
    assert [p["text"] for p in told["passages"]] == [c.quote for c in plain.citations]
