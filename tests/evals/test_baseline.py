"""A real loss is told from noise, question by question, by tests worked by hand."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.baseline import Change, compare, keep, paired, probability, read, unjudged
from evals.messages import NO_BASELINE
from evals.metrics import HEADLINE, metrics
from evals.run import Run
from tests.evals.made import BUDGET, LOCAL, TEXTS, answer, case, judged, many

WANTED = metrics(TEXTS)


def changes(before: Run, after: Run) -> dict[str, Change]:
    return {c.metric: c for c in compare(after, json.loads(keep(before)), WANTED)}


@pytest.mark.parametrize(
    ("gains", "p"),
    [
        ([-1.0] * 6, 2 / 2**6),
        ([-1.0] * 5, 2 / 2**5),
        ([-1.0] * 5 + [1.0], 2 * (1 + 6) / 2**6),
        ([1.0, -1.0, 0.0, 0.0], 1),
        ([0.0, 0.0], 1),
    ],
)
def test_mcnemar_by_hand(gains: Sequence[float], p: float) -> None:
    assert probability(gains, binary=True) == pytest.approx(p)


def test_signed_ranks_by_hand() -> None:
    """Six losses of different sizes: of 64 ways to sign the ranks, two are this extreme."""
    losses = [-0.1, -0.2, -0.3, -0.4, -0.5, -0.6]
    assert probability([*losses, 0.0], binary=False) == pytest.approx(2 / 64)
    assert probability([0.0], binary=False) == 1


def test_nothing_changed_is_no_loss() -> None:
    found = changes(many(20, 5), many(20, 5))
    assert set(found) == set(HEADLINE) - {"right_refusal"}
    assert not any(change.loss or change.real for change in found.values())
    assert {(c.better, c.worse, c.n) for c in found.values()} == {(0, 0, 25)}


def test_noise_is_no_loss() -> None:
    assert not any(change.loss for change in changes(many(20, 5), many(16, 9)).values())


def test_many_answers_lost_is_a_loss_in_each_figure_that_falls() -> None:
    found = changes(many(20, 5), many(12, 13))
    assert all(change.loss for change in found.values())
    good, wrong = found["fully_good"], found["wrong_refusal"]
    assert (good.before, good.after, good.worse, good.better) == (0.8, 0.48, 8, 0)
    assert (wrong.before, wrong.after, wrong.worse) == (pytest.approx(0.2), pytest.approx(0.52), 8)


def test_many_answers_gained_is_real_and_no_loss() -> None:
    found = changes(many(12, 13), many(20, 5))
    assert all(change.real and not change.loss for change in found.values())


def test_only_equal_questions_are_compared() -> None:
    kept = json.loads(keep(many(3, 0)))
    new = case(BUDGET, id="t000")  # asked otherwise than it was
    rows = [judged("test", new, answer(BUDGET)), *many(2, 0).rows[1:]]
    rows.append(judged("test", case(LOCAL, id="t999"), answer(LOCAL)))
    found = compare(Run(system="product", rows=rows), kept, WANTED)
    assert {change.n for change in found} == {1}


def test_what_is_no_longer_asked_as_it_was_is_counted() -> None:
    kept = json.loads(keep(many(3, 0)))
    asked = [case(BUDGET, id="t000"), case(LOCAL, id="t001"), case(LOCAL, id="t999")]
    assert paired(asked, kept) == 1


def test_answers_that_no_headline_metric_judged_are_counted() -> None:
    run = many(2, 1)
    run.rows[0].errors["precision"] = run.rows[1].errors["mrr"] = "ValueError: illisible"
    assert unjudged(run) == 1


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"t001": 1}', '{"t001": {"case": []}}'])
def test_what_is_no_baseline_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    file.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=NO_BASELINE):
        read(file)


def test_what_was_kept_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    file.write_text(keep(many(2, 1)), "utf-8")
    assert read(file) == json.loads(keep(many(2, 1)))


def test_what_is_kept_is_one_line_a_question_without_its_text() -> None:
    kept = keep(many(2, 1))
    assert len(kept.splitlines()) == 5
    assert LOCAL not in kept
    assert json.loads(kept)["t002"].keys() == {"case", *HEADLINE} - {"right_refusal"}
