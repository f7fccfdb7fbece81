"""What may befall the index under a server that runs: it says so, answers what it can, recovers.

A real index of three small documents; the server is never restarted, unless a test says so.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fastapi.testclient import TestClient

from api.app import DAY, create_app
from assistant import index as opened
from assistant import vectors
from assistant.index import Reader, current, root
from assistant.settings import Settings
from ingest.__main__ import run
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.test_api_errors import assert_error, post_json
from tests.corpus_folder import CHANGED, LIBRARY, fill, settings_of
from tests.ingest.test_disk import full, read_only

ASKED = {"question": "Combien coûte la charpente des lavoirs, et quand ont-ils été restaurés ?"}
Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data folder that holds one version."""
    made = settings_of(tmp_path_factory.mktemp("faults"), "bundled")
    fill(made.corpus_dir, LIBRARY)
    run(made)
    return made.model_copy(update={"rate_limit": "off"})


@pytest.fixture(scope="module")
def server(made: Settings) -> Iterator[TestClient]:
    """A client of a server that has answered."""
    with TestClient(create_app(made)) as client:
        answers(client, "2018")
        yield client


@pytest.fixture
def client(
    server: TestClient, made: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    """The same; what befell the index is mended afterwards, and the server finds out by itself."""
    monkeypatch.setattr(opened, "PAUSE", 0.0)  # seconds before it tries again
    shutil.copytree(root(made), tmp_path / "whole")
    # a whole version that is not ours, where a pointer might lead
    elsewhere = made.data_dir.parent / "elsewhere"
    shutil.copytree(current(made) or Path(), elsewhere, dirs_exist_ok=True)
    yield server
    shutil.rmtree(root(made), ignore_errors=True)
    shutil.copytree(tmp_path / "whole", root(made))
    assert state(server)[1] == "ok"


def answers(client: TestClient, year: str) -> None:
    """A question is answered, from the version that says this year."""
    reply = post_json(client, "/api/ask", ASKED)
    assert reply.status_code == 200
    source = client.get("/api/sources/lavoirs").json()
    assert f"en {year}" in source["text"]


def state(client: TestClient) -> tuple[str, str]:
    """What /ready says in all, and of the index."""
    reply = client.get("/ready")
    assert reply.status_code == 200
    return reply.json()["status"], reply.json()["index"]


def named(name: str | bytes) -> Damage:
    """The pointer holds something else."""
    content = name if isinstance(name, bytes) else name.encode()
    return lambda base: (base / "current").write_bytes(content)


def folder_in_its_place(base: Path) -> None:
    (base / "current").unlink()
    (base / "current").mkdir()


def published(base: Path) -> Path:
    return base / (base / "current").read_text("utf-8")


def cut(name: str) -> Damage:
    """A damage that leaves a file of the version one byte less."""

    def do(base: Path) -> None:
        file = published(base) / name
        os.truncate(file, file.stat().st_size - 1)

    return do


DAMAGES: dict[str, tuple[Damage, str]] = {
    "all of it deleted": (shutil.rmtree, "index_missing"),
    "the version deleted": (
        lambda base: shutil.rmtree(base / (base / "current").read_text("utf-8")),
        "index_damaged",
    ),
    "no pointer": (lambda base: (base / "current").unlink(), "index_missing"),
    "an empty pointer": (named(""), "index_damaged"),
    "garbage": (named(b"\xff\x00\xfe" * 9), "index_damaged"),
    "a version that is not there": (named("20200101T000000Z0-000000000000"), "index_damaged"),
    "a way out": (named("../../elsewhere"), "index_damaged"),
    "the root": (named("/"), "index_damaged"),
    "a folder": (folder_in_its_place, "index_damaged"),
    "the end of a file": (cut("words.txt"), "index_damaged"),
    "a file gone": (lambda base: (published(base) / "passages.json").unlink(), "index_damaged"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_version_that_is_open_goes_on(client: TestClient, made: Settings, damage: str) -> None:
    do, code = DAMAGES[damage]
    do(root(made))
    answers(client, "2018")
    assert state(client) == ("degraded", code)


def test_a_read_only_disk_is_read(client: TestClient, made: Settings) -> None:
    """The rows of a machine that may not write, as of a share; Chroma's client does write."""
    with TemporaryDirectory() as name:
        copy = Path(name) / "chroma"
        shutil.copytree((current(made) or Path()) / opened.CHROMA, copy)
        rows = vectors.read(copy)
        with read_only(Path(name)):
            assert (vectors.read(copy) == rows).all()
        assert len(rows) == len(Reader(made).current().order)


def test_a_server_that_starts_on_ruins_says_so_and_takes_up_what_is_published(
    client: TestClient, made: Settings
) -> None:
    (root(made) / "current").write_text("../../elsewhere")
    with TestClient(create_app(made)) as other:
        assert_error(post_json(other, "/api/ask", ASKED), 503, "index_damaged")
        assert_error(other.get("/ready"), 503, "index_damaged")
        assert other.get("/health").status_code == 200
        shutil.rmtree(root(made))
        fill(made.corpus_dir, CHANGED)
        run(made)
        for one in (other, client):
            answers(one, "2019")
            assert state(one) == ("ready", "ok")


def test_a_disk_that_may_not_be_written_takes_no_opinion_and_gives_answers(
    client: TestClient,
) -> None:
    opinion = {"answer_id": "", "rating": "up", "reason": None}
    with full(1):
        asked = post_json(client, "/api/ask", ASKED)
        assert asked.status_code == 200
        opinion["answer_id"] = asked.json()["id"]
        assert_error(post_json(client, "/api/feedback", opinion), 503, "feedback_unavailable")
    assert post_json(client, "/api/feedback", opinion).status_code == 204


@pytest.mark.parametrize("jump", [-400 * DAY, 400 * DAY])
def test_a_clock_that_jumps_stops_nothing(
    made: Settings, jump: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(
        made.model_copy(update={"rate_limit": "2/minute"}), FakeReader(make_index()), FakeAsk()
    )
    now = time.time
    with TestClient(app) as client:
        for _ in range(3):
            last = post_json(client, "/api/ask", ASKED)
        assert last.status_code == 429
        monkeypatch.setattr(time, "time", lambda: now() + jump)
        after = post_json(client, "/api/ask", ASKED)
        assert after.status_code == 200 or int(after.headers["retry-after"]) <= 61
        assert client.get("/ready").status_code == 200
