"""The judge is ragas itself, asked through its client; the model behind it is a stand-in."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assistant.index import Index
from evals.given import failed
from evals.judge import judges
from evals.metrics import Metric
from evals.run import graded
from evals.settings import Endpoint
from tests.evals.made import BUDGET, LOCAL, answer, case, refusable, standing_in

STATEMENTS = {"statements": [LOCAL, BUDGET]}
VERDICTS = {
    "statements": [
        {"statement": LOCAL, "reason": "cité", "verdict": 1},
        {"statement": BUDGET, "reason": "absent", "verdict": 0},
    ]
}
GUESSED = {"question": "Que prête la commune ?", "noncommittal": 0}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ragas keeps a number of its own in the folder of the user, and leaves it open when it is."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


@contextmanager
def judging(index: Index, *replies: Any) -> Iterator[tuple[dict[str, Metric], list[Any]]]:
    """The two metrics, by name, of a model that says these replies; and what it was asked."""
    texts = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in replies]
    with standing_in(texts) as (url, asked):
        endpoint = Endpoint(name="stand-in", url=url, timeout=20)
        yield {metric.name: metric for metric in judges(endpoint, index.embedder)}, asked


def test_faithfulness_is_the_share_of_claims_borne_out(index: Index) -> None:
    with judging(index, STATEMENTS, VERDICTS) as (metrics, asked):
        score = metrics["faithfulness"].judge(case(LOCAL), answer(LOCAL))
    assert score == 0.5
    told = [json.dumps(one["messages"], ensure_ascii=False) for one in asked]
    assert len(told) == 2
    assert all(LOCAL in text for text in told)


def test_relevance_compares_the_question_and_those_guessed_back(index: Index) -> None:
    one = case(LOCAL, question="Que prête la commune ?")
    with judging(index, GUESSED) as (metrics, asked):
        assert metrics["relevance"].judge(one, answer(LOCAL)) == pytest.approx(1, abs=1e-4)
        same = len(asked)
        other = metrics["relevance"].judge(case(LOCAL, question="Quel âge a Paul ?"), answer(LOCAL))
    assert same == 3
    assert other is not None and other < 0.9


def test_a_reply_that_is_no_verdict_is_a_failure_of_the_judge(index: Index) -> None:
    with judging(index, "je ne sais pas") as (metrics, _):
        row = graded("test", case(LOCAL), answer(LOCAL), [metrics["faithfulness"]])
    assert row.scores == {}
    assert row.errors.keys() == {"faithfulness"}


def test_a_missing_answer_is_zero_and_a_refusal_claims_nothing(index: Index) -> None:
    with judging(index, STATEMENTS) as (metrics, asked):
        for metric in metrics.values():
            assert metric.judge(case(LOCAL), failed("panne", ranks=False)) == 0
            assert metric.judge(refusable(), failed("panne", ranks=False)) is None
            assert metric.judge(case(LOCAL), answer(status="refused")) is None
        assert metrics["faithfulness"].judge(case(LOCAL), answer(answer="Oui.")) == 0
    assert asked == []


def test_ragas_tells_no_one_what_it_does(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAGAS_DO_NOT_TRACK", raising=False)
    judges(Endpoint(name="stand-in", url="http://127.0.0.1:9/v1"), index.embedder)
    assert os.environ["RAGAS_DO_NOT_TRACK"] == "true"
