"""Each route gives what the HTTP contract says."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.errors import STATUS
from api.recent import HELD, Recent
from assistant import lexicon, places
from assistant.types import Question
from tests.api.fake_core import GUIDE, ROLE, FakeAsk, FakeReader, make_index
from tests.api.kept import opinions

CITATION = {
    "number",
    "passage_id",
    "source_id",
    "source_title",
    "publisher",
    "date",
    "source_kind",
    "passage_kind",
    "url",
    "section",
    "page",
    "quote",
    "start",
    "end",
    "raw",
}


def test_ask_gives_an_answer_with_verbatim_citations(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "Quel local pour une commune ?"}).json()
    assert answer["status"] == "answered"
    (citation,) = answer["citations"]
    assert citation.keys() == CITATION
    text = client.get(f"/api/sources/{citation['source_id']}").json()["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"] == ROLE
    assert answer["index_version"] == "v-1"
    assert answer["generator"] == "extractive"
    assert answer["elapsed_ms"] > 0


def test_a_refusal_is_a_result_with_nearest_passages(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "Quelle heure est-il ?"})
    assert response.status_code == 200
    answer = response.json()
    assert answer["status"] == "refused"
    assert answer["citations"] == []
    assert answer["nearest"][0].keys() == CITATION - {"number"}


def test_every_field_of_a_question_reaches_the_core(client: TestClient, core: FakeAsk) -> None:
    asked = {
        "question": "  Et pour une commune ?  ",
        "history": [{"role": "user", "content": "Un"}, {"role": "assistant", "content": "Deux"}],
        "echelon": "commune",
        "place": "38",
        "sources": ["reperes-2022"],
    }
    assert client.post("/api/ask", json=asked).status_code == 200
    (question,) = core.questions
    assert question.model_dump() == {
        "text": "Et pour une commune ?",
        "history": (
            {"role": "user", "content": "Un"},
            {"role": "assistant", "content": "Deux"},
        ),
        "echelon": "commune",
        "place": "38",
        "sources": ("reperes-2022",),
    }


def test_suggestions_are_other_questions_that_are_answered(client: TestClient) -> None:
    lexicon.load(), places.load()  # as a real core is warmed: the tries are short of time
    question = "Quelles entreprises sont dans un pôle ?"
    given = client.post("/api/suggestions", json={"question": question})
    assert given.status_code == 200
    offered = given.json()["suggestions"]
    assert 1 <= len(offered) <= 3 and question not in offered
    for text in offered:
        asked = {"question": text, "history": [question]}
        assert client.post("/api/ask", json=asked).json()["status"] == "answered", text
    again = {"question": question, "history": offered}
    assert not set(offered) & set(client.post("/api/suggestions", json=again).json()["suggestions"])


def test_the_answer_before_suggestions_is_made_once_a_version(
    client: TestClient, core: FakeAsk, reader: FakeReader
) -> None:
    question = "Quelles entreprises sont dans un pôle ?"
    for path, times in (("/api/suggestions", 1), ("/api/ask", 2), ("/api/suggestions", 2)):
        client.post(path, json={"question": question})
        assert [asked.text for asked in core.questions].count(question) == times
    reader.index.version = "v-2"
    client.post("/api/suggestions", json={"question": question})
    assert [asked.text for asked in core.questions].count(question) == 3


def test_few_answers_are_held_and_no_question() -> None:
    recent, index = Recent(), make_index()
    asked = [Question(text=f"Quel local ? {n}") for n in range(HELD + 1)]
    for question in asked:
        recent.hold(question, FakeAsk()(question, index))
    found = [recent.find(question, index.version) is not None for question in asked]
    assert found == [False] + [True] * HELD
    assert "local" not in repr(vars(recent)["_held"].keys())


def test_suggestions_are_refused_as_questions_are(client: TestClient) -> None:
    for asked, code in (
        ({"question": " "}, "question_empty"),
        ({"question": "Quel local ?", "sources": ["inconnu"]}, "source_unknown"),
    ):
        error = client.post("/api/suggestions", json=asked).json()["error"]
        assert error["code"] == code


def test_a_bare_string_stands_for_a_user_turn(client: TestClient, core: FakeAsk) -> None:
    client.post("/api/ask", json={"question": "Et là ?", "history": ["Un", {"content": "Deux"}]})
    assert [(t.role, t.content) for t in core.questions[0].history] == [
        ("user", "Un"),
        ("user", "Deux"),
    ]


@pytest.mark.parametrize("name", ["history", "echelon", "place", "sources"])
def test_null_is_as_good_as_absent(client: TestClient, core: FakeAsk, name: str) -> None:
    assert client.post("/api/ask", json={"question": "Un PTCE ?", name: None}).status_code == 200
    assert not getattr(core.questions[0], name)


def test_sources_are_listed_without_their_text(client: TestClient) -> None:
    sources = client.get("/api/sources").json()
    assert [s["id"] for s in sources] == ["reperes-2022", "etude-2014"]
    assert sources[0] == GUIDE.model_dump(mode="json")


def test_a_source_has_its_text_and_how_it_was_obtained(client: TestClient) -> None:
    source = client.get("/api/sources/reperes-2022").json()
    assert source["text"] == make_index().documents["reperes-2022"].text
    assert source["obtained"] == GUIDE.obtained
    assert source["sha256"] == GUIDE.sha256


def test_a_passage_stands_where_it_says(client: TestClient) -> None:
    passage = client.get("/api/passages/reperes-2022-1").json()
    text = client.get("/api/sources/reperes-2022").json()["text"]
    assert text[passage["start"] : passage["end"]] == passage["text"] == ROLE
    assert passage["kind"] == "role"


def test_health_and_ready(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    parts = {"index": "ok", "vectors": "ok", "database": "ok"}
    ready = {"status": "ready", "index_version": "v-1", **parts}
    assert client.get("/ready").json() == ready


def test_a_newly_published_index_is_served_without_restart(
    client: TestClient, reader: FakeReader
) -> None:
    reader.index.version = "v-2"
    assert client.get("/ready").json()["index_version"] == "v-2"


def test_feedback_is_one_dated_row_without_address(client: TestClient, kept: Path) -> None:
    given = {"answer_id": "a-1", "rating": "down", "reason": "Il manque l’échelon « région »\n."}
    response = client.post("/api/feedback", json=given)
    assert response.status_code == 204
    assert response.content == b""
    (row,) = opinions(kept)
    assert row.pop("date").startswith("20")
    assert row == given


def test_the_openapi_names_every_route_and_error(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/ask",
        "/api/ask/stream",
        "/api/sources",
        "/api/suggestions",
        "/api/sources/{source_id}",
        "/api/passages/{passage_id}",
        "/api/feedback",
        "/health",
        "/ready",
    }
    assert "HTTPValidationError" not in described["components"]["schemas"]
    asked = described["paths"]["/api/ask"]["post"]["responses"]
    assert "question_too_long" in asked["422"]["description"]
    assert "rate_limited" in asked["429"]["description"]
    documented = str(described)
    for code in STATUS.keys() - {"not_found", "method_not_allowed", "database_unavailable"}:
        assert f"`{code}`" in documented
    assert asked["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/Answer")
