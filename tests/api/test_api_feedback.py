"""Opinions: checked, dated, bounded, and dropped when they are old."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import opinions
from api.errors import HttpError
from api.opinions import Opinions
from api.wire import Feedback
from tests.api.test_api_errors import assert_error, post_json

GOOD = {"answer_id": "a-1", "rating": "up", "reason": None}
NOW = datetime(2026, 8, 2, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("payload", "named"),
    [
        ({}, "answer_id"),
        ([], "answer_id"),
        ({**GOOD, "answer_id": ""}, "answer_id"),
        ({**GOOD, "answer_id": "x" * 101}, "answer_id"),
        ({**GOOD, "answer_id": "a\nb"}, "answer_id"),
        ({**GOOD, "answer_id": "a\n"}, "answer_id"),
        ({**GOOD, "answer_id": 1}, "answer_id"),
        ({**GOOD, "rating": "bof"}, "rating"),
        ({**GOOD, "rating": 1}, "rating"),
        ({"answer_id": "a-1"}, "rating"),
        ({**GOOD, "reason": 3}, "reason"),
        ({**GOOD, "reason": "x" * 1001}, "reason"),
        ({**GOOD, "reason": "\ud800"}, "reason"),
        ({**GOOD, "address": "10.0.0.1"}, "admis"),
    ],
)
def test_bad_opinions(client: TestClient, tmp_path: Path, payload: object, named: str) -> None:
    response = post_json(client, "/api/feedback", payload)
    assert named in assert_error(response, 422, "feedback_malformed")
    assert not (tmp_path / "data" / "feedback.jsonl").exists()


@pytest.mark.parametrize("payload", [GOOD, {"answer_id": "a", "rating": "down"}])
def test_good_opinions(client: TestClient, payload: object) -> None:
    assert post_json(client, "/api/feedback", payload).status_code == 204


def test_lines_are_appended_and_private(tmp_path: Path) -> None:
    kept = Opinions(tmp_path)
    kept.add(Feedback(answer_id="a", rating="up"), NOW)
    kept.add(Feedback(answer_id="b", rating="down", reason="x" * 1000), NOW)
    lines = [json.loads(line) for line in kept.path.read_text(encoding="utf-8").splitlines()]
    assert [line["answer_id"] for line in lines] == ["a", "b"]
    assert lines[0].keys() == {"date", "answer_id", "rating", "reason"}
    assert lines[0]["date"] == "2026-08-02T10:30:00+00:00"
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600


def test_old_opinions_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    old = {"date": "2026-01-01T00:00:00+00:00", **GOOD}
    recent = {"date": "2026-07-01T00:00:00+00:00", **GOOD}
    path.write_text(f"{json.dumps(old)}\nbroken\n{json.dumps(recent)}\n", encoding="utf-8")
    Opinions(tmp_path).add(Feedback(answer_id="c", rating="up"), NOW)
    dates = [json.loads(line)["date"][:10] for line in path.read_text("utf-8").splitlines()]
    assert dates == ["2026-07-01", "2026-08-02"]


def test_the_file_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinions, "MAX_FILE", 150)
    kept = Opinions(tmp_path)
    kept.add(Feedback(answer_id="a", rating="up", reason="x" * 200), NOW)
    with pytest.raises(HttpError) as caught:
        kept.add(Feedback(answer_id="b", rating="up"), NOW)
    assert (caught.value.code, caught.value.status) == ("feedback_unavailable", 503)


def test_a_folder_that_cannot_be_written(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    response = post_json(client, "/api/feedback", GOOD)
    assert_error(response, 503, "feedback_unavailable")
