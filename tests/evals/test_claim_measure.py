"""The measure of the check: counts by class, and nothing told of the sentences of a blind file."""

import json
from pathlib import Path

import pytest

from assistant.index import Index
from assistant.settings import Settings
from evals.claims.__main__ import as_json, main, table
from evals.claims.labelled import BLIND, HALVES, Half, load
from evals.claims.measure import Count, Judged, counts, judged


def one(kind: str, *, true: bool, kept: bool) -> Judged:
    """A judged sentence."""
    why = () if kept else ("value",)
    return Judged(id="d1", kind=kind, language="fr", true=true, kept=kept, why=why)


FOUND = [
    one("supported-close", true=True, kept=True),
    one("supported-close", true=True, kept=False),
    one("negated", true=False, kept=False),
]


def test_what_is_taken_out_is_counted_by_class_and_by_language() -> None:
    assert counts(FOUND) == {
        "all false": Count(n=1, taken=1), "all true": Count(n=2, taken=1),
        "fr false": Count(n=1, taken=1), "fr true": Count(n=2, taken=1),
        "negated": Count(n=1, taken=1), "supported-close": Count(n=2, taken=1),
    }  # fmt: skip


def test_the_interval_is_that_of_the_share() -> None:
    low, high = Count(n=10, taken=9).interval
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)  # Wilson, worked by hand


def test_of_a_blind_file_only_counts_are_told() -> None:
    for half in BLIND:
        assert as_json(half, FOUND).keys() == {"classes"}
    for half in set(HALVES) - BLIND:
        assert as_json(half, FOUND).keys() == {"classes", "reasons", "wrong"}
    assert "negated" in table("test", FOUND) and "d1" not in table("test", FOUND)


@pytest.mark.parametrize(
    ("half", "false", "true"),
    [
        ("development", 88, 21),
        pytest.param("third", 91, 79, marks=pytest.mark.full),
        pytest.param("second", 98, 44, marks=pytest.mark.full),
        pytest.param("fourth", 86, 88, marks=pytest.mark.full),
    ],
)
def test_the_check_is_as_good_as_when_it_was_tuned(
    index: Index, half: Half, false: int, true: int
) -> None:
    """What was reached, but for one sentence; docs/model.md has the figures of every file."""
    found = counts(judged(load(half), index))
    assert found["all false"].taken >= false
    assert found["all true"].taken <= true


@pytest.mark.full
def test_the_door_writes_every_file(
    ingested: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(ingested.data_dir))
    file = tmp_path / "claims.json"
    assert main(["--json", str(file)]) == 0
    assert json.loads(file.read_text("utf-8")).keys() == set(HALVES)
