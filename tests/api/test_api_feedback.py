"""Opinions: checked, dated, bounded, dropped once old, taken over from an older version."""

import json
import logging
import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import app as application
from api.audience import store
from api.errors import HttpError
from api.wire import Feedback
from tests.api.conftest import Served
from tests.api.kept import DATABASE, audience, opinions
from tests.api.test_api_errors import assert_error, post_json
from tests.api.test_audience import asked

GOOD = {"answer_id": "a-1", "rating": "up", "reason": None}
NOW = datetime(2026, 8, 2, 10, 30, tzinfo=UTC)


def opinion(answer_id: str, reason: str | None = None) -> Feedback:
    return Feedback(answer_id=answer_id, rating="up", reason=reason)


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
def test_bad_opinions(client: TestClient, kept: Path, payload: object, named: str) -> None:
    response = post_json(client, "/api/feedback", payload)
    assert named in assert_error(response, 422, "feedback_malformed")
    assert post_json(client, "/api/feedback", GOOD).status_code == 204
    assert [row["answer_id"] for row in opinions(kept)] == ["a-1"]


@pytest.mark.parametrize("payload", [GOOD, {"answer_id": "a-1", "rating": "down"}])
def test_good_opinions(client: TestClient, payload: object) -> None:
    assert post_json(client, "/api/feedback", payload).status_code == 204


def test_rows_are_dated_and_private(tmp_path: Path) -> None:
    kept = audience(tmp_path)
    kept.add(opinion("a"), NOW)
    kept.add(Feedback(answer_id="b", rating="down", reason="œ'; DROP TABLE\0 " * 50), NOW)
    first, second = opinions(tmp_path)
    assert first == {"date": "2026-08-02 10:30:00.000000", **GOOD, "answer_id": "a"}
    assert (second["rating"], second["reason"]) == ("down", "œ'; DROP TABLE\ufffd " * 50)
    assert stat.S_IMODE((tmp_path / DATABASE).stat().st_mode) == 0o600


def test_a_second_opinion_on_an_answer_replaces_the_first(tmp_path: Path) -> None:
    kept = audience(tmp_path)
    for answer_id, reason in (("a", None), ("b", None), ("a", "Trop long")):
        kept.add(opinion(answer_id, reason), NOW)
    rows = opinions(tmp_path)
    assert [(row["answer_id"], row["reason"]) for row in rows] == [("b", None), ("a", "Trop long")]


def test_dates_are_in_utc(tmp_path: Path) -> None:
    audience(tmp_path).add(opinion("a"), NOW.astimezone(timezone(timedelta(hours=9))))
    assert opinions(tmp_path)[0]["date"] == "2026-08-02 10:30:00.000000"


def test_old_opinions_are_dropped(tmp_path: Path) -> None:
    kept = audience(tmp_path)
    for days in (200, 181, 180, 1):
        kept.add(opinion(f"{days}-days"), NOW - timedelta(days=days))
    kept.purge(NOW)
    assert [row["answer_id"] for row in opinions(tmp_path)] == ["180-days", "1-days"]
    assert b"181-days" not in (tmp_path / DATABASE).read_bytes()


def test_a_day_later_the_next_opinion_drops_what_is_old(tmp_path: Path) -> None:
    kept = audience(tmp_path)
    kept.add(opinion("first"), NOW)
    kept.add(opinion("next"), NOW + timedelta(days=1))
    kept.add(opinion("last"), NOW + timedelta(days=181))
    assert [row["answer_id"] for row in opinions(tmp_path)] == ["next", "last"]


def test_what_is_old_is_dropped_whether_someone_comes_or_not(
    app: FastAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "DAY", 0.001)
    with TestClient(app) as client:
        audience(tmp_path / "data").add(opinion("old"), NOW - timedelta(days=10_000))
        while opinions(tmp_path / "data"):
            client.get("/health")
    assert opinions(tmp_path / "data") == []


def test_a_full_table_drops_the_oldest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_ROWS", 2)
    kept = audience(tmp_path)
    for name in "abbc":
        kept.add(opinion(name), NOW)
    assert [row["answer_id"] for row in opinions(tmp_path)] == ["b", "c"]
    assert kept.store.displaced == 1


def test_an_opinion_on_no_answer_is_refused_and_counted(
    client: TestClient, kept: Path, served: Served
) -> None:
    invented = post_json(client, "/api/feedback", {**GOOD, "answer_id": "invented"})
    assert_error(invented, 404, "answer_unknown")
    assert opinions(kept) == []
    near = TestClient(served.client.app, client=("127.0.0.1", 1))
    assert "assistant_opinions_refused_total 1.0" in near.get("/metrics").text


def test_an_answer_of_another_server_or_of_before_a_start_is_known(tmp_path: Path) -> None:
    audience(tmp_path).store.keep([asked(id="earlier")])
    audience(tmp_path).receive(opinion("earlier"))
    assert [row["answer_id"] for row in opinions(tmp_path)] == ["earlier"]


def test_the_answers_held_in_memory_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.audience.GIVEN", 2)
    kept = audience(tmp_path)
    for name in "abc":
        kept.give(name)
    with pytest.raises(HttpError, match="identifiant"):
        kept.receive(opinion("a"))
    kept.receive(opinion("c"))


# ---------------------------------------------------------------- the file of an older version


def line(date: str, **given: Any) -> str:
    return json.dumps({"date": date, **GOOD, **given}, ensure_ascii=False) + "\n"


OLDER = (
    line("2026-01-01T00:00:00+00:00", answer_id="too-old")
    + line("2026-07-01T09:00:00+00:00", answer_id="one", reason="Œuvre\u2028utile \u0085")
    + "broken\n[]\n3\n{}\n"
    + line("yesterday", answer_id="undated")
    + line("2026-07-01T09:00:01+00:00", answer_id="two", address="10.0.0.1")
    + line("2026-07-02T09:00:00+00:00", answer_id="same")
    + line("2026-07-02T09:00:00+00:00", answer_id="same")
)


def test_an_older_file_is_taken_over_once(tmp_path: Path) -> None:
    older = tmp_path / "feedback.jsonl"
    older.write_text(OLDER, encoding="utf-8")
    for name in ("x", "y"):
        audience(tmp_path).add(opinion(name), NOW)
    rows = opinions(tmp_path)
    assert [row["answer_id"] for row in rows] == ["one", "same", "same", "x", "y"]
    assert rows[0]["reason"] == "Œuvre\u2028utile \u0085"
    assert rows[0]["date"] == "2026-07-01 09:00:00.000000"
    assert not older.exists()


def test_an_older_file_that_came_back_adds_nothing_twice(tmp_path: Path) -> None:
    """As after a stop between the rows written and the file removed."""
    for _ in range(2):
        (tmp_path / "feedback.jsonl").write_text(OLDER, encoding="utf-8")
        audience(tmp_path).purge(NOW)
    assert [row["answer_id"] for row in opinions(tmp_path)] == ["one", "same", "same"]


def test_the_log_never_holds_what_a_person_wrote(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept = audience(tmp_path)
    kept.add(opinion("a"), NOW)
    with caplog.at_level(logging.DEBUG):
        (tmp_path / DATABASE).write_bytes(b"\0" * 5_000)
        with pytest.raises(HttpError):
            kept.add(opinion("b", "Je suis Mme Untel"), NOW)
    assert "La base des avis ne peut pas être écrite" in caplog.text
    assert "Untel" not in caplog.text
