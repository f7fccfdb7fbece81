"""One contract for every system: what it gives can be graded, and its quotations are true."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from api.app import create_app
from assistant.index import Index
from assistant.settings import Settings
from evals.case import Case, half
from evals.export import export
from evals.given import Given
from evals.metrics import metrics
from evals.report.measured import Measured, as_json
from evals.run import answered, run
from evals.systems import MADE, SIDE_BY_SIDE, System, make
from evals.systems.chunks import SHARED, SIZE, chunks
from evals.systems.product import Product
from evals.systems.recorded import Recorded
from evals.systems.server import Server, ServerError
from tests.api.server import serving
from tests.assistant.generate.model_server import model_server
from tests.evals.made import case, standing_in

CASES = half("development")[::48]
NAMES = (*MADE, "server", "recorded")


@pytest.fixture(scope="module")
def server(ingested: Settings) -> Iterator[Server]:
    """The project itself, served once."""
    with serving(create_app(ingested)) as port:
        yield Server(f"http://127.0.0.1:{port}")


@pytest.fixture(scope="module")
def tutorial(index: Index) -> System:
    """The tutorial, which embeds every document when it is made."""
    return make("tutorial", index)


@pytest.fixture(scope="module", params=NAMES)
def system(
    request: pytest.FixtureRequest,
    index: Index,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[System]:
    """Each system, ready; the model is one that cites its second passage."""
    name = request.param
    if name in ("server", "tutorial"):
        yield request.getfixturevalue(name)
    elif name == "recorded":
        file = tmp_path_factory.mktemp("recorded") / "recorded.jsonl"
        file.write_text(export("answers", run(Product(index), {"development": CASES}, ())), "utf-8")
        yield Recorded(file)
    elif name == "model":
        with (
            pytest.MonkeyPatch.context() as patch,
            standing_in(["Une phrase [2]. [9]"]) as (url, _),
        ):
            patch.setenv("EVALS_MODEL_NAME", "stand-in")
            patch.setenv("EVALS_MODEL_URL", url)
            yield make(name, index)
    elif name == "worded":
        with pytest.MonkeyPatch.context() as patch, model_server() as served:
            served.does = lambda h: h.reply("Une phrase qui n'est nulle part [1]. Oui.")
            patch.setenv("ASSISTANT_MODEL_NAME", "openai:stand-in")
            patch.setenv("ASSISTANT_MODEL_URL", served.url)
            patch.setenv("ASSISTANT_MODEL_KEY", "none")
            yield make(name, index)
    else:
        yield make(name, index)


def given_by(system: System, one: Case) -> Given:
    found = answered(system, one)
    assert found.failure is None
    return found


def test_it_gives_a_state_a_text_and_a_time(system: System) -> None:
    for one in CASES:
        given = given_by(system, one)
        assert given.status in ("answered", "partial", "refused")
        assert given.answer.strip()
        assert given.elapsed_ms is not None and given.elapsed_ms > 0


def test_its_citations_are_numbered_and_stand_where_it_says(system: System, index: Index) -> None:
    for one in CASES:
        given = given_by(system, one)
        numbers = [c.number for c in given.citations]
        assert len(set(numbers)) == len(numbers)
        for place in (*given.citations, *(given.ranked or ())):
            text = index.documents[place.source_id].text
            assert text[place.start : place.end] == place.quote


def test_it_tells_its_ranking_if_it_says_so(system: System) -> None:
    told = [given_by(system, one).ranked for one in CASES if one.answerable]
    assert all((ranked is not None) == system.ranks for ranked in told)
    assert not system.ranks or any(told)


def test_it_can_be_graded(system: System, index: Index) -> None:
    texts = {name: document.text for name, document in index.documents.items()}
    found = run(system, {"development": CASES}, metrics(texts))
    assert [row.case for row in found.rows] == CASES
    assert [row.errors for row in found.rows] == [{}] * len(CASES)
    assert {row.scores["verbatim"] for row in found.rows} <= {1.0, None}


def test_the_systems_side_by_side_are_made_by_name() -> None:
    assert set(SIDE_BY_SIDE) < MADE.keys()


def test_chunks_cover_the_documents_and_overlap(index: Index) -> None:
    found = chunks(index)
    assert max(len(chunk.quote) for chunk in found) <= SIZE
    for name, document in index.documents.items():
        own = [c for c in found if c.source_id == name]
        covered = {i for c in own for i in range(c.start or 0, c.end or 0)}
        assert all(i in covered or c.isspace() for i, c in enumerate(document.text))
    beside = ((a, b) for a, b in pairwise(found) if a.source_id == b.source_id)
    assert 0 < max((a.end or 0) - (b.start or 0) for a, b in beside) <= SHARED


def test_the_tutorial_cites_four_chunks_of_ten_and_never_refuses(tutorial: System) -> None:
    for one in (case(question="bonjour"), case(question="Qu'est-ce qu'un PTCE ?")):
        given = tutorial.answer(one)
        assert given.status == "answered"
        assert given.ranked is not None
        assert [c.quote for c in given.citations] == [c.quote for c in given.ranked[:4]]
        assert len(given.ranked) == 10


def test_bm25_finds_the_words_and_nothing_without_them(index: Index) -> None:
    bm25 = make("bm25", index)
    found = bm25.answer(case(question="Qui est Olivia Grégoire ?"))
    assert "Olivia Grégoire" in found.citations[0].quote
    assert bm25.answer(case(question="zzyx")).citations == ()


# ---------------------------------------------------------------- the model


def test_a_model_cites_what_it_marks_and_no_other(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = [
        "Vrai [2][1]. Faux [9], [0].",
        "Les documents ne répondent pas à cette question.",
        "Vrai [1, 3].\n**Ce qui manque :** la région.",
    ]
    with standing_in(replies) as (url, asked):
        monkeypatch.setenv("EVALS_MODEL_NAME", "stand-in")
        monkeypatch.setenv("EVALS_MODEL_URL", url)
        model = make("model", index)
        one = case(question="Et la région ?", history=("Que fait une commune pour un PTCE ?",))
        first, second, third = (model.answer(one) for _ in range(3))
    assert first.ranked is not None
    assert [c.number for c in first.citations] == [2, 1]
    assert [c.quote for c in first.citations] == [first.ranked[1].quote, first.ranked[0].quote]
    assert (second.status, second.citations) == ("refused", ())
    assert (third.status, third.missing) == ("partial", "la région.")
    assert [c.number for c in third.citations] == [1, 3]
    told = asked[0]["messages"]
    assert [message["role"] for message in told] == ["system", "user", "user"]
    assert first.ranked[3].quote in told[0]["content"]
    assert told[2]["content"] == "Et la région ?"


def test_a_model_that_fails_is_a_missing_answer(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALS_MODEL_NAME", "stand-in")
    monkeypatch.setenv("EVALS_MODEL_URL", "http://127.0.0.1:9/v1")
    given = answered(make("model", index), case(question="Quoi ?"))
    assert given.failure is not None and "Connection" in given.failure
    assert (given.status, given.ranked) == (None, ())


# ---------------------------------------------------------------- the server and the file


def test_a_server_that_says_wait_is_asked_again(ingested: Settings) -> None:
    limited = ingested.model_copy(update={"rate_limit": "1/second"})
    with serving(create_app(limited)) as port:
        server = Server(f"http://127.0.0.1:{port}")
        given = [answered(server, case(question="Qu'est-ce qu'un PTCE ?")) for _ in range(2)]
    assert [one.failure for one in given] == [None, None]


def test_an_error_of_the_server_is_a_missing_answer(server: Server) -> None:
    given = answered(server, case(question="?" * 3))
    assert given.failure is not None and "question_not_text" in given.failure


def test_the_server_and_the_file_give_what_the_project_gives(
    index: Index, server: Server, tmp_path: Path
) -> None:
    found = run(Product(index), {"development": CASES}, ())
    file = tmp_path / "mine.jsonl"
    file.write_text(export("answers", found), "utf-8")
    recorded = Recorded(file)
    assert recorded.name == "mine"
    assert [answered(recorded, row.case) for row in found.rows] == [r.given for r in found.rows]
    for row in found.rows:
        given = answered(server, row.case)
        assert (given.answer, given.status) == (row.given.answer, row.given.status)
        assert given.citations == row.given.citations


def test_what_a_file_lacks_is_a_missing_answer(tmp_path: Path) -> None:
    file = tmp_path / "autre.jsonl"
    lines = (
        '{"id": "t001", "status": "answered", "answer": "Oui.", "citations": []}',
        '{"id": "t002", "error": {"message": "panne"}}',
        '{"id": "t003", "status": "peut-être"}',
    )
    file.write_text("\n".join(lines), "utf-8")
    given = [answered(Recorded(file), case(id=f"t00{i}")) for i in (1, 2, 3, 4)]
    assert [one.status for one in given] == ["answered", None, None, None]
    assert given[0].failure is None
    assert all(one.failure for one in given[1:])


def test_what_is_harmless_in_a_file_is_read_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "autre.jsonl"
    lines = (
        '\ufeff{"id": "t001", "status": "ANSWERED", "answer": "a\u2028b", "error": null}',
        '{"id": "t002", "status": "refused", "answer": "Non.", "citations": null}',
        '{"id": "t003", "status": "answered", "answer": "Oui.", "elapsed_ms": -5}',
        '{"id": "t003", "status": "answered", "answer": "Deux fois."}',
        '{"status": "answered", "answer": "De quoi ?"}',
    )
    file.write_text("\r\n".join(lines) + "\n\n", "utf-8", newline="")
    recorded = Recorded(file)
    first, second, third = (answered(recorded, case(id=f"t00{i}")) for i in (1, 2, 3))
    assert (first.status, first.answer) == ("answered", "a\u2028b")
    assert (second.status, second.citations) == ("refused", ())
    assert (third.answer, third.elapsed_ms) == ("Oui.", None)
    assert recorded.left_out == {"no_time": 1, "duplicate": 1, "no_id": 1}
    assert recorded.ids == {"t001", "t002", "t003"}


def test_a_source_and_a_quote_are_enough_of_a_citation(tmp_path: Path) -> None:
    file = tmp_path / "autre.jsonl"
    cited = '[{"source_id": "a", "quote": "b"}, {"source_id": "a", "quote": "c", "number": null}]'
    file.write_text(f'{{"id": "t001", "status": "answered", "answer": "x", "citations": {cited}}}')
    given = answered(Recorded(file), case(id="t001"))
    assert [c.number for c in given.citations] == [1, 2]


@pytest.mark.parametrize("name", [*MADE, "server"])
def test_a_file_named_like_a_system_is_not_that_system(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.jsonl"
    file.write_text('{"id": "t001"}', "utf-8")
    assert Recorded(file).name not in {*MADE, "server", name}


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "127.0.0.1", "http://[::1", "ftp://a"])
def test_a_server_that_does_not_answer_is_told_at_once(url: str) -> None:
    with pytest.raises(ServerError):
        Server(url)


def test_a_server_without_index_is_not_ready(tmp_path: Path) -> None:
    empty = Settings(data_dir=tmp_path, rate_limit="off")
    with serving(create_app(empty)) as port, pytest.raises(ServerError, match="503"):
        Server(f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("line", ["{", '"t001"', "12"])
def test_a_line_that_is_no_answer_is_named(line: str, tmp_path: Path) -> None:
    file = tmp_path / "autre.jsonl"
    file.write_text(f'{{"id": "t001"}}\n{line}\n', "utf-8")
    with pytest.raises(ValueError, match=r"autre\.jsonl:2"):
        Recorded(file)


def test_what_the_check_takes_out_is_in_the_json(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model_server() as served:
        served.does = lambda h: h.reply(
            "Les communes sont des partenaires de proximité [1]. Elles ont 300 dragons [3]. Oui. "
            "Elles peuvent aider à l'investissement [5]. "
            "Elles peuvent faciliter l'accès au foncier [7]."
        )
        monkeypatch.setenv("ASSISTANT_MODEL_NAME", "openai:stand-in")
        monkeypatch.setenv("ASSISTANT_MODEL_URL", served.url)
        asked = [case(question="Comment une commune peut-elle soutenir un PTCE ?")]
        done = run(make("worded", index), {"development": asked}, ())
        served.does = lambda h: h.status(500)
        fell = run(make("worded", index), {"development": asked}, ())
    told = as_json(Measured(runs=[done], metrics=(), index_version="v"))["systems"]["worded"]
    counts = {"kept": 3, "replaced": 1, "removed": 1}
    assert told["checked"] == counts | {"worded": 1, "fallbacks": 0}
    assert told["questions"][0]["checked"] == counts
    again = as_json(Measured(runs=[fell], metrics=(), index_version="v"))["systems"]["worded"]
    assert again["checked"]["fallbacks"] == 1
    plain = run(Product(index), {"development": asked}, ())
    assert (
        as_json(Measured(runs=[plain], metrics=(), index_version="v"))["systems"]["product"][
            "checked"
        ]
        is None
    )
