"""An index that is missing, damaged or of another model says so; a whole one reads the same."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings as Chroma

from assistant import lexical, vectors
from assistant.embedding import Embedder
from assistant.errors import AssistantError, IndexUnavailable, ModelMismatch
from assistant.index import Index, Reader, check_model, current, indexed_text, load, root
from assistant.retrieve import search
from assistant.settings import Settings, Weights
from assistant.types import Document, Passage, Question
from assistant.understand import understand
from assistant.understand.spelling import Speller
from assistant.whole import version
from ingest.__main__ import run
from ingest.manifest import load_manifest
from ingest.publish import publish
from ingest.split import split
from tests.corpus_folder import LIBRARY, fill, given, settings_of
from tests.hashed_words import HashedWords

EMBEDDER = HashedWords()
UNWATCHED = Chroma(anonymized_telemetry=False)


def parts(made: Settings) -> tuple[list[Document], list[Passage]]:
    fill(made.corpus_dir, LIBRARY)
    entries = load_manifest(made.corpus_dir).document
    both = [split(e.source(), LIBRARY[e.id], e.pages) for e in entries]
    return [d for d, _ in both], [p for _, passages in both for p in passages]


def texts(documents: list[Document], passages: list[Passage]) -> list[str]:
    by_id = {d.source.id: d for d in documents}
    return [indexed_text(p, by_id[p.source_id]) for p in passages]


def in_memory(folder: Path) -> Index:
    """Built from its parts; only the lexical views are saved, which they always are."""
    documents, passages = parts(settings_of(folder, "hashed-words"))
    indexed = texts(documents, passages)
    lexical.write(folder / "views", indexed)
    views = lexical.read(folder / "views")
    return Index("memory", documents, passages, views, EMBEDDER.documents(indexed), EMBEDDER)


def published(folder: Path) -> Path:
    made = settings_of(folder, "hashed-words")
    documents, passages = parts(made)
    rows = EMBEDDER.documents(texts(documents, passages))
    name = publish(made, EMBEDDER, "key", documents, passages, rows)
    return root(made) / name


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Index]:
    memory = in_memory(tmp_path_factory.mktemp("memory"))
    disk = load(published(tmp_path_factory.mktemp("disk")), EMBEDDER)
    return MappingProxyType({"memory": memory, "disk": disk})


@pytest.fixture(params=["memory", "disk"])
def small(request: pytest.FixtureRequest, indexes: Mapping[str, Index]) -> Index:
    return indexes[request.param]


# ---------------------------------------------------------------- one contract, two indexes


def test_every_passage_is_verbatim(small: Index) -> None:
    for passage in small.order:
        text = small.documents[passage.source_id].text
        assert text[passage.start : passage.end] == passage.text
        assert all(passage.start <= u.start < u.end <= passage.end for u in passage.units)


def test_rows_are_unit_vectors_in_the_order_of_the_passages(small: Index) -> None:
    indexed = texts(list(small.documents.values()), list(small.order))
    assert np.allclose(small.rows, EMBEDDER.documents(indexed), atol=1e-6)
    assert [small.position[p.id] for p in small.order] == list(range(len(small.order)))
    assert all(m.scores["num_docs"] == len(small.order) for m in small.views.values())


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("Qui restaure les lavoirs ?", "lavoirs"),
        ("Comment installer un récupérateur d'eau de pluie ?", "jardins"),
        ("Combien de salariés en insertion ?", "ressourceries"),
    ],
)
@pytest.mark.parametrize("view", [0, 1, 2])
def test_each_view_alone_finds(small: Index, question: str, source: str, view: int) -> None:
    only = tuple(float(i == view) for i in range(3))
    weights = Weights(french=only)
    query = understand(Question(text=question), Speller(list(LIBRARY.values())))
    assert search(query, small, weights)[0].passage.source_id == source


def test_memory_and_disk_rank_alike(indexes: Mapping[str, Index]) -> None:
    speller = Speller(list(LIBRARY.values()))
    for text in ("Qui finance la formation ?", "un terrain pour un jardin", "la charpente"):
        query = understand(Question(text=text), speller)
        ranked = [[h.passage.id for h in search(query, i, Weights())] for i in indexes.values()]
        assert ranked[0] == ranked[1]


# ---------------------------------------------------------------- what cannot be read


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="python -m ingest") as caught:
        Reader(settings_of(tmp_path, "bundled")).current()
    assert caught.value.code == "index_missing"
    assert caught.value.retryable


def test_a_pointer_to_nothing(tmp_path: Path) -> None:
    made = settings_of(tmp_path, "bundled")
    root(made).mkdir(parents=True)
    (root(made) / "current").write_text("disparue", "utf-8")
    with pytest.raises(IndexUnavailable, match="disparue") as caught:
        Reader(made).current()
    assert caught.value.code == "index_damaged"


def outcome(folder: Path) -> Index | AssistantError:
    try:
        return load(folder, EMBEDDER)
    except AssistantError as error:
        return error


@pytest.mark.parametrize("left", [0.5, 0.0])
def test_each_file_truncated_in_turn(tmp_path: Path, left: float) -> None:
    """Damage is told in French, or the file held nothing that the index is read from."""
    whole = published(tmp_path)
    sound = load(whole, EMBEDDER)
    files = sorted(f.relative_to(whole) for f in whole.rglob("*") if f.is_file())
    damaged = set()
    for i, name in enumerate(files):
        copy = tmp_path / f"copie-{i}"
        shutil.copytree(whole, copy)
        content = (copy / name).read_bytes()
        (copy / name).write_bytes(content[: int(len(content) * left)])
        found = outcome(copy)
        if isinstance(found, AssistantError):
            damaged.add(name.as_posix())
            assert found.code == "index_damaged", name
            assert f"L'index {copy.name} est illisible" in found.message
        else:
            assert np.array_equal(found.rows, sound.rows), name
            assert found.passages == sound.passages, name
    needed = {f.as_posix() for f in files if f.suffix in (".json", ".npy", ".sqlite3")}
    assert damaged == needed


@pytest.mark.parametrize("part", ["documents.json", "lexical", "chroma", "version.json"])
def test_each_part_removed_in_turn(tmp_path: Path, part: str) -> None:
    whole = published(tmp_path)
    target = whole / part
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    found = outcome(whole)
    assert isinstance(found, IndexUnavailable)
    assert found.code == "index_damaged"


def test_the_file_of_chroma_says_what_chroma_says(tmp_path: Path) -> None:
    """Rows with their hash and their number, then one row less, as each of the two tells them."""
    folder = published(tmp_path) / "chroma"
    assert np.array_equal(vectors.read(folder), vectors.read(folder, thorough=True))
    with closing(chromadb.PersistentClient(str(folder), UNWATCHED)) as client:
        held = client.get_collection(vectors.COLLECTION, embedding_function=None)
        held.delete(held.get(limit=1)["ids"])
    for thorough in (False, True):
        with pytest.raises(ValueError, match=vectors.ROWS):
            vectors.read(folder, thorough=thorough)


def test_an_answer_imports_no_heavy_library(tmp_path: Path) -> None:
    """Nor Chroma, which holds the index: its library takes longer than all the rest."""
    made = settings_of(tmp_path, "bundled")
    fill(made.corpus_dir, LIBRARY)
    run(made)
    environment = os.environ | given(made)
    code = (
        "import sys; from assistant.__main__ import main; main(['Où sont les jardins ?']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip()
    assert not {"chromadb", "torch", "sentence_transformers"} & set(done.stderr.split())


def test_a_passage_that_is_not_its_text_is_damage(tmp_path: Path) -> None:
    whole = published(tmp_path)
    file = whole / "documents.json"
    file.write_bytes(file.read_bytes().replace(b"lavoirs", b"Lavoirs"))
    found = outcome(whole)
    assert isinstance(found, IndexUnavailable)
    assert found.code == "index_damaged"


def test_another_model_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    published(tmp_path)
    with pytest.raises(ModelMismatch) as caught:
        Reader(settings_of(tmp_path, "un-autre-modele")).current()
    assert caught.value.code == "index_other_model"
    assert "hashed-words" in caught.value.message and "un-autre-modele" in caught.value.message


def test_a_model_that_changed_is_told_as_such(tmp_path: Path) -> None:
    """The same name in the settings, other files under it."""
    made = version(published(tmp_path))
    changed = made.model_copy(update={"model": "bundled", "fingerprint": "bundled@autrefois"})
    with pytest.raises(ModelMismatch, match="a changé") as caught:
        check_model(changed, Embedder("bundled"))
    assert caught.value.code == "index_model_changed"


# ---------------------------------------------------------------- the reader


def test_a_reader_opens_once_then_follows_the_pointer(tmp_path: Path, tiny_model: str) -> None:
    made = settings_of(tmp_path, tiny_model)
    fill(made.corpus_dir, LIBRARY)
    run(made)
    reader = Reader(made)
    first = reader.current()
    assert reader.current() is first
    fill(made.corpus_dir, LIBRARY | {"puits": "Les puits\n\nLe puits du village est profond.\n"})
    run(made)
    assert reader.current() is not first
    assert "puits" in reader.current().documents


def test_a_reader_recovers_once_the_index_is_there(tmp_path: Path, tiny_model: str) -> None:
    made = settings_of(tmp_path, tiny_model)
    reader = Reader(made)
    with pytest.raises(IndexUnavailable):
        reader.current()
    fill(made.corpus_dir, LIBRARY)
    run(made)
    assert set(reader.current().documents) == set(LIBRARY)


def test_a_reader_keeps_serving_nothing_of_a_damaged_successor(
    tmp_path: Path, tiny_model: str
) -> None:
    made = settings_of(tmp_path, tiny_model)
    fill(made.corpus_dir, LIBRARY)
    run(made)
    folder = current(made)
    assert folder is not None
    (folder / "passages.json").write_text("[]", "utf-8")
    with pytest.raises(IndexUnavailable) as caught:
        Reader(made).current()
    assert caught.value.code == "index_damaged"


def test_the_bundled_model_made_the_session_index(index: Index, ingested: Settings) -> None:
    assert load(root(ingested) / index.version, Embedder("bundled")).passages == index.passages
