"""What a model is sent: the question, the échelon, the passages, the plan, and nothing secret."""

import json
import os

import pytest

from assistant.ask import ask
from assistant.generate.prompt import RULES
from assistant.generate.write import Writer
from assistant.index import Index
from assistant.types import Echelon, Question, Turn
from tests.assistant.generate.conftest import KEY
from tests.assistant.generate.model_server import ModelServer

BROAD = "Comment une commune peut-elle soutenir un PTCE ?"


def told(
    question: Question, index: Index, writer: Writer, served: ModelServer
) -> dict[str, object]:
    """The data of the prompt of a question."""
    served.does = lambda h: h.reply("rien")
    ask(question, index, writer)
    return served.data


def test_it_holds_what_the_answer_cites_in_its_order(
    index: Index, writer: Writer, served: ModelServer
) -> None:
    plain = ask(Question(text=BROAD), index)
    data = told(Question(text=BROAD), index, writer, served)
    passages = data["passages"]
    assert isinstance(passages, list)
    assert [(p["number"], p["text"]) for p in passages] == [
        (c.number, c.quote) for c in plain.citations
    ]
    assert {p["date"] for p in passages} == {"mai 2022"}
    assert {p["kind"] for p in passages} == {c.passage_kind for c in plain.citations}
    plan = data["plan"]
    assert isinstance(plan, list)
    assert [n for part in plan for n in part["passages"]] == [c.number for c in plain.citations]
    assert [part["heading"] for part in plan if part["heading"]]
    assert (data["question"], data["echelon"]) == (BROAD, "commune")


@pytest.mark.parametrize("echelon", ["commune", "region"])
def test_the_echelon_given_is_told(
    echelon: Echelon, index: Index, writer: Writer, served: ModelServer
) -> None:
    question = Question(text="Qu'est-ce qu'un PTCE ?", echelon=echelon)
    assert told(question, index, writer, served)["echelon"] == echelon


def test_a_follow_up_is_told_as_it_stands_alone(
    index: Index, writer: Writer, served: ModelServer
) -> None:
    history = (Turn(content="Comment mon département peut-il soutenir un PTCE ?"),)
    data = told(Question(text="Et pour une commune ?", history=history), index, writer, served)
    assert "soutenir un PTCE" in str(data["question"])
    assert "commune" in str(data["question"])


def test_what_is_missing_is_told(index: Index, writer: Writer, served: ModelServer) -> None:
    question = Question(text="Quel est aujourd'hui le budget annuel des cellules d'animation ?")
    plain = ask(question, index)
    assert plain.missing
    assert told(question, index, writer, served)["missing"] == plain.missing


def test_an_english_question_is_answered_by_english_rules(
    index: Index, writer: Writer, served: ModelServer
) -> None:
    told(Question(text="How many PTCEs were studied?"), index, writer, served)
    assert served.asked[0]["messages"][0]["content"] == RULES["en"]


@pytest.mark.parametrize("rule", ["[2][5]", "JSON", "missing"])
def test_both_languages_have_the_same_rules(rule: str) -> None:
    assert all(rule in text for text in RULES.values())
    counts = {text.count("\n") for text in RULES.values()}
    assert len(counts) == 1


def test_nothing_secret_is_in_it(index: Index, writer: Writer, served: ModelServer) -> None:
    told(Question(text=BROAD), index, writer, served)
    sent = json.dumps(served.asked, ensure_ascii=False)
    assert KEY not in sent
    assert os.getcwd() not in sent
