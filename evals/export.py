"""One run in; the questions, or the answers in the form that another judge reads, out.

``questions`` and ``answers`` are JSON lines, for ``python -m assistant --jsonl`` and ``--answers``.
``ragas`` is JSON lines of its SingleTurnSample. ``evalap`` is an experiment whose answers are
already made, the body of ``POST /v1/experiment`` of https://github.com/etalab-ia/evalap.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from evals.baseline import digest
from evals.case import HALVES
from evals.messages import EXPORT, SYSTEMS
from evals.messages import HALVES as HALF_NAMES
from evals.run import Graded, Run

# Judges of EvalAP that need the question, the answer and the expected answer, nothing else.
JUDGES = ("judge_precision", "judge_exactness", "judge_completude", "output_length")


def export(form: str, run: Run) -> str:
    """The text of the file. Raises KeyError for a form that is not in ``FORMATS``."""
    return FORMATS[form](run)


def _questions(run: Run) -> str:
    rows = (row.case for row in run.rows)
    return _lines({"id": c.id, "question": c.question, "history": list(c.history)} for c in rows)


def _answers(run: Run) -> str:
    return _lines(_answer(row) for row in run.rows)


def _answer(row: Graded) -> dict[str, Any]:
    """What ``--answers`` reads back as it was."""
    if row.given.failure:
        return {"id": row.case.id, "error": {"message": row.given.failure}}
    return {"id": row.case.id, **row.given.model_dump(mode="json", exclude={"failure"})}


def _ragas(run: Run) -> str:
    """Every question; retrieved contexts are the citations, which the answer rests on."""
    return _lines(
        {
            "user_input": _asked(row),
            "response": row.given.answer,
            "retrieved_contexts": [c.quote for c in row.given.citations],
            "reference_contexts": [expected.quote for expected in row.case.quotes],
            "reference": _reference(row),
        }
        for row in run.rows
    )


def _evalap(run: Run) -> str:
    columns: dict[str, list[str]] = {
        "query": [_asked(row) for row in run.rows],
        "output_true": [_reference(row) for row in run.rows],
        "id": [row.case.id for row in run.rows],
        "kind": [row.case.kind for row in run.rows],
    }
    # the frame as pandas writes it: each column by row number
    frame = {name: dict(enumerate(values)) for name, values in columns.items()}
    title, name = SYSTEMS.get(run.system, run.system), _dataset(run)
    dataset = {
        "name": name,
        "readme": EXPORT["readme"],
        "default_metric": JUDGES[0],
        "df": json.dumps(frame, ensure_ascii=False),
    }
    model = {
        "aliased_name": title,
        "output": [_said(row) for row in run.rows],
        "execution_time": [_seconds(row) for row in run.rows],
        "context": [[c.quote for c in row.given.citations] for row in run.rows],
        "retrieval_context": [[p.quote for p in row.given.ranked or ()] for row in run.rows],
    }
    experiment = {
        "name": f"{name} – {title}",
        "readme": EXPORT["readme"],
        "metrics": list(JUDGES),
        "dataset": dataset,
        "model": model,
    }
    return json.dumps(experiment, ensure_ascii=False, indent=1)


def _dataset(run: Run) -> str:
    """Which questions: of which halves, and what tells them from those of another day."""
    halves = " + ".join(HALF_NAMES[half] for half in HALVES if run.of(half))
    return f"{EXPORT['dataset']} – {halves} – {digest(row.case for row in run.rows)}"


def _said(row: Graded) -> str:
    """The answer; one that is missing is told as such, lest it be judged as an empty one."""
    failure = row.given.failure
    return row.given.answer if failure is None else EXPORT["failure"].format(cause=failure)


def _seconds(row: Graded) -> int | None:
    """Whole seconds, as EvalAP keeps them; None where the time is not known."""
    return None if row.given.elapsed_ms is None else round(row.given.elapsed_ms / 1000)


def _asked(row: Graded) -> str:
    """The question, with the turns before it, since these judges read one text."""
    return "\n".join([*row.case.history, row.case.question])


def _reference(row: Graded) -> str:
    """The expected answer: its quotations, or that the documents do not say."""
    quotes = [expected.quote for expected in row.case.quotes]
    return "\n".join(quotes[:1] if row.case.need == "one" else quotes) or EXPORT["refusal"]


def _lines(rows: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


FORMATS: dict[str, Callable[[Run], str]] = {
    "questions": _questions,
    "answers": _answers,
    "ragas": _ragas,
    "evalap": _evalap,
}
