"""What a server says of itself: metrics, logs, ids and traces, without a word of who asked what."""

import json
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import ValidationError

from api.app import create_app
from api.watch import traces
from api.watch.lines import Lines, Plain
from assistant.errors import EmbeddingError
from assistant.settings import Settings
from assistant.stages import stage
from assistant.types import Answer, Question
from tests.api.fake_core import FakeAsk, FakeIndex, FakeReader, answer_to, make_index, missing_index

SECRET = "Mme Durand, 06 12 34 56 78, cherche un local"
TOKEN = "a-token-long-enough"
ORIGIN = "https://www.rtes.fr"
LOCAL = ("127.0.0.1", 5_000)


class StagedAsk(FakeAsk):
    """A fake core that has stages."""

    def __call__(self, question: Question, index: FakeIndex) -> Answer:
        with stage("understand"), stage("retrieve"):
            return super().__call__(question, index)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """One application for the module: they take their time to be made."""
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("watch"), rate_limit="off", allowed_origins=(ORIGIN,)
    )
    return create_app(settings, FakeReader(make_index()), StagedAsk())


@pytest.fixture
def near(watched: FastAPI) -> Iterator[TestClient]:
    """A client on the same machine; the core is as new."""
    vars(watched.state.core.ask).update(vars(FakeAsk()))
    watched.state.watch.tracer = None
    yield TestClient(watched, client=LOCAL)


def value(client: TestClient, sample: str) -> float:
    """The value of a sample by its name and labels as written; 0 where there is none."""
    found = re.search(rf"^{re.escape(sample)} (\S+)$", client.get("/metrics").text, re.M)
    return float(found[1]) if found else 0.0


# ---------------------------------------------------------------- metrics


def test_an_answer_is_counted_and_timed_by_stage(near: TestClient) -> None:
    names = [
        'assistant_stage_seconds_count{stage="understand"}',
        'assistant_stage_seconds_count{stage="retrieve"}',
        'assistant_requests_total{method="POST",route="/api/ask",status="200"}',
    ]
    before = [value(near, name) for name in names]
    near.post("/api/ask", json={"question": "Quelle heure ?"})
    near.post("/api/ask", json={"question": "Quelle heure ?"}, headers={"Origin": ORIGIN})
    text = near.get("/metrics").text
    assert [value(near, n) - b for n, b in zip(names, before, strict=True)] == [2, 2, 2]
    assert re.search(r'assistant_answers_total\{[^}]*channel="widget"', text)
    assert re.search(r'assistant_answers_total\{[^}]*channel="api"', text)


def test_failures_and_fallbacks_are_counted(near: TestClient, watched: FastAPI) -> None:
    core = watched.state.core.ask
    core.error = EmbeddingError("model_failed", "Le modèle…")
    near.post("/api/ask", json={"question": "Quelle heure ?"})
    core.error = None
    made = answer_to(Question(text="Quelle heure ?"), make_index())
    core.answer = made.model_copy(update={"generator": "extractive-fallback"})
    near.post("/api/ask", json={"question": "Quelle heure ?"})
    assert value(near, 'assistant_model_failures_total{code="model_failed"}') == 1
    assert value(near, 'assistant_model_failures_total{code="language_model"}') == 1
    assert value(near, "assistant_fallbacks_total") == 1


def test_no_label_holds_what_a_stranger_writes(near: TestClient) -> None:
    for path in (
        "/Mme-Durand",
        "/lire/Mme-Durand",
        "/static/Mme-Durand",
        "/api/sources/Mme-Durand",
    ):
        near.get(path)
    near.request("DURAND", "/")
    text = near.get("/metrics").text
    assert "urand" not in text.lower()
    assert 'route="other"' in text and 'route="/static"' in text


def test_the_queue_the_rows_and_the_index_are_told(near: TestClient, watched: FastAPI) -> None:
    folder = watched.state.settings.data_dir / "index"
    (folder / "v-7").mkdir(parents=True)
    (folder / "v-7" / "version.json").write_text("{}")
    (folder / "current").write_text("v-7")
    assert value(near, 'assistant_index_info{version="v-7"}') == 1
    assert "assistant_index_age_seconds" in near.get("/metrics").text
    assert value(near, 'assistant_queue_length{queue="audience"}') >= 1
    assert value(near, "assistant_rows_dropped_total") == 0


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        (("203.0.113.9", 1), {}),
        (("testclient", 1), {}),
        (LOCAL, {"X-Forwarded-For": "203.0.113.9"}),
        (LOCAL, {"Forwarded": "for=203.0.113.9"}),
        (LOCAL, {"X-Real-IP": "203.0.113.9"}),
    ],
)
def test_metrics_are_for_this_machine_alone(
    watched: FastAPI, client: tuple[str, int], headers: dict[str, str]
) -> None:
    reply = TestClient(watched, client=client).get("/metrics", headers=headers)
    assert reply.status_code == 404 and "assistant_" not in reply.text


def test_with_a_token_everybody_needs_it(watched: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    guarded = watched.state.settings.model_copy(
        update={"metrics_token": Settings(metrics_token=TOKEN).metrics_token}
    )
    monkeypatch.setitem(watched.state._state, "settings", guarded)
    far = TestClient(watched, client=("203.0.113.9", 1))
    good = {"Authorization": f"Bearer {TOKEN}"}
    assert far.get("/metrics", headers=good).status_code == 200
    for given in ({}, {"Authorization": TOKEN}, {"Authorization": "Bearer é"}):
        encoded = {name: text.encode() for name, text in given.items()}
        assert TestClient(watched, client=LOCAL).get("/metrics", headers=encoded).status_code == 404


@pytest.mark.parametrize("name", ["staff_password", "metrics_token"])
def test_a_secret_that_is_soon_guessed_is_refused_and_not_told(name: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings.model_validate({name: "azerty"})
    assert "azerty" not in caught.value.errors()[0]["msg"]
    assert TOKEN not in repr(Settings.model_validate({name: TOKEN}))


# ---------------------------------------------------------------- readiness


def test_ready_tells_a_database_that_is_away(near: TestClient, watched: FastAPI) -> None:
    writer = watched.state.audience.writer
    for up, status, database in ((None, "ready", "ok"), (False, "degraded", "down")):
        writer.up = up
        told = near.get("/ready").json()
        assert (told["status"], told["database"]) == (status, database)
    writer.up = True
    assert near.get("/ready").json()["status"] == "ready"
    assert near.get("/health").json() == {"status": "ok"}


def test_ready_tells_a_model_or_an_index_that_is_away(
    near: TestClient, watched: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = watched.state.core

    def fail(index: object) -> None:
        raise EmbeddingError("model_unavailable", "…")

    monkeypatch.setitem(vars(core), "check", fail)
    assert near.get("/ready").json()["error"]["code"] == "model_unavailable"
    monkeypatch.setattr(core.reader, "error", missing_index())
    assert (near.get("/ready").status_code, near.get("/health").status_code) == (503, 200)


# ---------------------------------------------------------------- ids, logs


@pytest.mark.parametrize("given", ["0123456789abcdef", "req-2026_11-22-abcdef", "a" * 64])
def test_a_well_formed_id_is_sent_back(near: TestClient, given: str) -> None:
    assert near.get("/health", headers={"X-Request-ID": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "0612345678", "a" * 65, "a b" * 8, "<script>" * 3, "é" * 20])
def test_another_is_replaced(near: TestClient, given: str) -> None:
    reply = near.get("/rien", headers={"X-Request-ID": given.encode()})
    assert re.fullmatch(r"[0-9a-f]{32}", reply.headers["x-request-id"])


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that the program logs, written as it writes it."""
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(Lines())
    return caplog


def test_no_question_and_no_address_is_logged_whatever_happens(
    near: TestClient, watched: FastAPI, logged: pytest.LogCaptureFixture
) -> None:
    core, asked = watched.state.core.ask, {"question": SECRET, "history": [SECRET]}
    for error in (None, ValueError(SECRET), EmbeddingError("model_failed", "…")):
        core.error = error
        near.post("/api/ask", json=asked)
        near.post("/api/ask/stream", json=asked)
    near.get(f"/Durand?q={SECRET}")
    near.post("/api/feedback", json={"answer_id": "a", "rating": "down", "reason": SECRET})
    ours = [r for r in logged.records if not r.name.startswith(("httpx", "asyncio"))]
    lines = [json.loads(Lines().format(record)) for record in ours]
    assert [line for line in lines if "exception" in line]
    assert {line["route"] for line in lines if line["message"] == "request"} >= {
        "/api/ask",
        "/api/ask/stream",
        "other",
    }
    whole = json.dumps(lines, ensure_ascii=False)
    assert "Durand" not in whole and "06 12" not in whole and "127.0.0.1" not in whole


def test_a_line_holds_the_id_of_its_request(
    near: TestClient, logged: pytest.LogCaptureFixture
) -> None:
    near.post(
        "/api/ask", json={"question": "Un local ?"}, headers={"X-Request-ID": "0123456789abcdef"}
    )
    lines = [json.loads(line) for line in logged.text.splitlines() if line.startswith("{")]
    [answered] = [line for line in lines if line["logger"] == "api.answer"]
    assert answered["request"] == "0123456789abcdef"
    assert {"status", "ms", "channel", "understand_ms"} <= answered.keys()


def test_an_exception_is_told_by_its_types_and_places() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        record = logging.LogRecord("api", 40, "", 0, "failed", None, exc_info=sys.exc_info())
    for formatter in (Lines(), Plain("%(message)s")):
        text = formatter.format(record)
        assert "ValueError" in text and "KeyError" in text and "test_watch.py" in text
        assert "Durand" not in text


# ---------------------------------------------------------------- traces


def test_a_request_an_answer_and_its_stages_are_spans(near: TestClient, watched: FastAPI) -> None:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    watched.state.watch.tracer = provider.get_tracer("test")
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    near.post("/api/ask", json={"question": SECRET}, headers={"traceparent": parent})
    spans = {span.name: span for span in exporter.get_finished_spans()}
    assert spans.keys() == {"POST /api/ask", "answer", "understand", "retrieve"}
    request, answer = spans["POST /api/ask"], spans["answer"]
    assert request.context is not None and answer.parent is not None and request.parent is not None
    assert f"{request.context.trace_id:032x}" == parent.split("-")[1]
    assert answer.parent.span_id == request.context.span_id
    assert "Durand" not in "".join(span.to_json() for span in spans.values())


def test_without_the_variable_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in traces.ASKED:
        monkeypatch.delenv(name, raising=False)
    assert traces.tracer() is None


def test_the_folder_of_the_watch_keeps_nothing(watched: FastAPI) -> None:
    folder: Path = watched.state.settings.data_dir
    assert not any(b"Durand" in f.read_bytes() for f in folder.rglob("*") if f.is_file())
