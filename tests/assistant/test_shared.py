"""Machines that share a Chroma server: a real one, started here, on the loopback address."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from assistant import vectors
from assistant.index import chroma_server, current, load
from assistant.retrieve import search
from assistant.settings import Settings, Weights
from assistant.types import Question
from assistant.understand import Query, understand
from assistant.understand.spelling import Speller
from ingest.publish import publish
from tests.assistant.test_index import EMBEDDER, parts, texts
from tests.corpus_folder import LIBRARY, settings_of

CHROMA = Path(sys.executable).with_name("chroma")
DENSE = Weights(french=(0.0, 0.0, 1.0))


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is no server that is away."""
    monkeypatch.setattr(vectors, "PATIENCE", 120.0)
    monkeypatch.setattr(vectors, "OPENING", 120.0)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(folder: Path, port: int) -> subprocess.Popen[bytes]:
    command = [CHROMA, "run", "--host", "127.0.0.1", "--port", str(port), "--path", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.1)
    process.kill()
    raise AssertionError("the Chroma server does not answer")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, int]]:
    folder, port = tmp_path_factory.mktemp("chroma"), free_port()
    process = started(folder, port)
    yield f"http://127.0.0.1:{port}", folder, port
    process.terminate()
    process.wait(30)


def published(made: Settings) -> Path:
    documents, passages = parts(made)
    rows = EMBEDDER.documents(texts(documents, passages))
    key = uuid4().hex  # versions of several folders meet on one server
    publish(made, EMBEDDER, key, documents, passages, rows)
    folder = current(made)
    assert folder is not None
    return folder


def folders(folder: Path) -> list[Path]:
    made = [folder / "seul", folder / "partage"]
    for one in made:
        one.mkdir()
    return made


def query(text: str) -> Query:
    return understand(Question(text=text), Speller(list(LIBRARY.values())))


@pytest.mark.parametrize("text", ["Qui restaure les lavoirs ?", "un terrain pour un jardin"])
@pytest.mark.parametrize("sources", [(), ("lavoirs",)])
def test_a_server_ranks_as_the_embedded_chroma(
    tmp_path: Path, served: tuple[str, Path, int], text: str, sources: tuple[str, ...]
) -> None:
    alone, shared = (settings_of(folder, "hashed-words") for folder in folders(tmp_path))
    shared = shared.model_copy(update={"chroma_url": served[0]})
    asked = replace(query(text), sources=sources)
    near = load(published(alone), EMBEDDER)
    far = load(published(shared), EMBEDDER, server=chroma_server(shared))
    expected, found = (search(asked, index, DENSE, k=5) for index in (near, far))
    assert [h.passage.id for h in found] == [h.passage.id for h in expected]
    assert np.allclose([h.score for h in found], [h.score for h in expected], atol=1e-4)
    assert far.dense.trouble is None


def test_a_version_and_the_one_before_stay_on_the_server(
    tmp_path: Path, served: tuple[str, Path, int]
) -> None:
    made = settings_of(tmp_path, "hashed-words").model_copy(update={"chroma_url": served[0]})
    server = chroma_server(made)
    names = [published(made).name for _ in range(3)]
    assert server is not None
    indexes = [
        load(f, EMBEDDER, server=server) for f in sorted((tmp_path / "data/index").glob("2*"))
    ]
    assert [index.version for index in indexes] == names[1:]
    for index in indexes:
        assert index.dense.scores(EMBEDDER.query("les lavoirs"), ()).any()
    gone = vectors.Shared(server, names[0], list(indexes[0].passages))
    assert not gone.scores(EMBEDDER.query("les lavoirs"), ()).any() and gone.trouble


def test_the_words_rank_alone_while_the_server_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    process = started(tmp_path / "chroma", port)
    made = settings_of(tmp_path, "hashed-words").model_copy(
        update={"chroma_url": f"http://127.0.0.1:{port}"}
    )
    index = load(published(made), EMBEDDER, server=chroma_server(made))
    asked = query("Qui restaure les lavoirs ?")
    assert search(asked, index, DENSE)[0].score > 0 and index.dense.trouble is None
    process.terminate()
    process.wait(30)
    assert search(asked, index, Weights())[0].passage.source_id == "lavoirs"
    assert index.dense.trouble is not None
    assert all(hit.score == 0 for hit in search(asked, index, DENSE))
    monkeypatch.setattr(vectors, "PAUSE", 0.0)
    index.dense.scores(EMBEDDER.query("lavoirs"), ())
    process = started(tmp_path / "chroma", port)
    index.dense._again = 0.0  # type: ignore[attr-defined]
    assert search(asked, index, DENSE)[0].score > 0 and index.dense.trouble is None
    process.terminate()
    process.wait(30)


def test_the_token_goes_out_in_its_header(tmp_path: Path) -> None:
    made = Settings.model_validate({"chroma_url": "https://chroma.example", "chroma_token": "abc"})
    assert chroma_server(made) == ("https://chroma.example", {"Authorization": "Bearer abc"})
    named = made.model_copy(update={"chroma_header": "X-Chroma-Token"})
    assert chroma_server(named) == ("https://chroma.example", {"X-Chroma-Token": "abc"})
    assert chroma_server(Settings()) is None
    assert "abc" not in repr(made)
