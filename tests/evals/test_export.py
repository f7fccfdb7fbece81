"""Exports are what the others read: ragas's own samples, the fields that EvalAP admits."""

import io
import json

import pandas as pd
import pytest

from evals.case import Case
from evals.export import FORMATS, export
from evals.given import failed
from evals.messages import HALVES
from evals.run import Run
from tests.evals.made import BUDGET, LOCAL, OTHER, answer, case, judged, many, places, refusable

# The fields of ExperimentCreate, DatasetCreate and ModelRaw; others are refused.
EXPERIMENT = {
    "name", "readme", "experiment_set_id", "judge_model", "with_vision", "metrics", "dataset",
    "model",
}  # fmt: skip
DATASET = {"name", "readme", "default_metric", "columns_map", "df"}
MODEL = {
    "output", "aliased_name", "name", "base_url", "system_prompt", "prelude_prompt",
    "sampling_params", "extra_params", "execution_time", "nb_tokens_prompt",
    "nb_tokens_completion", "nb_tool_calls", "context", "retrieval_context", "think",
}  # fmt: skip


def asked() -> list[Case]:
    """One after another turn, one that any of two quotations answers, one to refuse."""
    return [
        case(LOCAL, BUDGET, id="t001", history=("Avant ?",)),
        case(BUDGET, OTHER, id="t002", need="one"),
        refusable(id="t003"),
    ]


@pytest.fixture
def run() -> Run:
    given = [
        answer(LOCAL, BUDGET, ranked=places(LOCAL, OTHER), elapsed_ms=2600.0),
        answer(OTHER),
        answer(status="refused"),
    ]
    rows = [judged("test", c, g) for c, g in zip(asked(), given, strict=True)]
    return Run(system="product", rows=rows)


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_questions_are_what_the_terminal_reads(run: Run) -> None:
    assert lines(export("questions", run))[0] == {
        "id": "t001", "question": "Quoi ?", "history": ["Avant ?"],
    }  # fmt: skip


def test_ragas_reads_its_samples(run: Run) -> None:
    from ragas import EvaluationDataset

    dataset = EvaluationDataset.from_list(lines(export("ragas", run)))
    first, second, third = dataset.samples
    assert first.user_input == "Avant ?\nQuoi ?"
    assert first.retrieved_contexts == [LOCAL, BUDGET]
    assert first.reference == f"{LOCAL}\n{BUDGET}"
    assert (second.reference, second.reference_contexts) == (BUDGET, [BUDGET, OTHER])
    assert third.retrieved_contexts == [] and third.reference


def test_evalap_finds_the_fields_that_it_admits_and_no_other(run: Run) -> None:
    found = json.loads(export("evalap", run))
    dataset, model = found["dataset"], found["model"]
    assert {"name", "metrics", "dataset", "model"} <= found.keys() <= EXPERIMENT
    assert {"name", "readme", "default_metric", "df"} <= dataset.keys() <= DATASET
    assert {"output", "aliased_name"} <= model.keys() <= MODEL
    assert dataset["default_metric"] in found["metrics"]


def test_evalap_reads_as_many_answers_as_questions_in_their_order(run: Run) -> None:
    found = json.loads(export("evalap", run))
    frame = pd.read_json(io.StringIO(found["dataset"]["df"]))
    model = found["model"]
    assert list(frame["id"]) == ["t001", "t002", "t003"]
    assert {"query", "output_true"} <= set(frame.columns)
    for name in ("output", "execution_time", "context", "retrieval_context"):
        assert len(model[name]) == len(frame)
    assert model["execution_time"] == [3, None, None]
    assert model["retrieval_context"] == [[LOCAL, OTHER], [], []]


def test_evalap_is_told_of_what_is_missing_and_which_questions(run: Run) -> None:
    rows = [judged("test", case(LOCAL), failed("panne", ranks=False))]
    found = json.loads(export("evalap", Run(system="product", rows=rows)))
    assert "panne" in found["model"]["output"][0]
    name = found["dataset"]["name"]
    assert name in found["name"] and HALVES["test"] in name
    assert HALVES["development"] not in name
    assert name != json.loads(export("evalap", run))["dataset"]["name"]


@pytest.mark.parametrize("form", FORMATS)
def test_every_question_is_exported_answered_or_not(form: str) -> None:
    run = many(15, 0)
    text = export(form, run)
    rows = json.loads(text)["model"]["output"] if form == "evalap" else lines(text)
    assert len(rows) == 15


def test_order_of_rows_holds_beyond_ten() -> None:
    frame = pd.read_json(io.StringIO(json.loads(export("evalap", many(12, 0)))["dataset"]["df"]))
    assert list(frame["id"]) == [f"t{i:03}" for i in range(12)]
