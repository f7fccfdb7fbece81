"""A version is published whole, and only what changed is made again."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant import embedding
from assistant.embedding import Embedder, bundled_folder
from assistant.errors import CorpusError, EmbeddingError, IndexUnavailable
from assistant.index import Index, Reader, current, indexed_text, load, root
from assistant.settings import Settings
from assistant.whole import damaged
from ingest import messages, publish
from ingest.__main__ import main, run
from ingest.embed import embed, known_vectors
from ingest.manifest import load_manifest
from ingest.split import split
from tests.corpus_folder import CHANGED, LIBRARY, contents, environment, fill, served
from tests.hashed_words import HashedWords


def passages_of(index: Index, source_id: str) -> dict[str, str]:
    return {p.id: p.text for p in index.order if p.source_id == source_id}


def test_an_identical_run_writes_nothing_and_says_so(
    made: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment(made, monkeypatch)
    assert main([]) == 0
    before = contents(root(made))
    listing = sorted(p.name for p in made.data_dir.iterdir())
    capsys.readouterr()
    assert main([]) == 0
    assert contents(root(made)) == before
    assert sorted(p.name for p in made.data_dir.iterdir()) == listing
    assert messages.UNCHANGED.format(version=served(made).version) in capsys.readouterr().out


def test_only_the_changed_document_is_made_again(made: Settings) -> None:
    run(made)
    old = served(made)
    fill(made.corpus_dir, CHANGED)
    report, refused = run(made)
    new = served(made)
    assert refused == ()
    for source_id in ("jardins", "ressourceries"):
        assert passages_of(new, source_id) == passages_of(old, source_id)
    fresh = new.passages.keys() - old.passages.keys()
    assert fresh and all(new.passages[id].source_id == "lavoirs" for id in fresh)
    kept, gone = len(new.order) - len(fresh), len(old.passages.keys() - new.passages.keys())
    assert messages.EMBEDDED.format(embedded=len(fresh), kept=kept, gone=gone) in report
    for id in new.passages.keys() & old.passages.keys():
        assert np.array_equal(new.rows[new.position[id]], old.rows[old.position[id]])


def test_known_vectors_are_not_computed_again(made: Settings) -> None:
    embedder = HashedWords()
    entries = load_manifest(made.corpus_dir).document
    parts = [split(e.source(), LIBRARY[e.id], e.pages) for e in entries]
    documents, passages = [d for d, _ in parts], [p for _, ps in parts for p in ps]
    by_id = {d.source.id: d for d in documents}
    texts = {p.id: indexed_text(p, by_id[p.source_id]) for p in passages}
    rows, count = embed(texts, {}, embedder)
    assert count == len(embedder.embedded) == len(texts)
    publish.publish(made, embedder, "first", documents, passages, rows)
    known = known_vectors(current(made), embedder)
    some = next(iter(texts))
    again, count = embed(texts | {some: texts[some] + " Autrement."}, known, embedder)
    assert count == 1
    assert len(embedder.embedded) == len(texts) + 1
    assert np.allclose(again[1:], rows[1:])
    assert known_vectors(current(made), Embedder("un-autre")) == {}


def test_a_deleted_document_leaves_nothing(made: Settings) -> None:
    run(made)
    old = served(made)
    kept = {id: text for id, text in LIBRARY.items() if id != "ressourceries"}
    fill(made.corpus_dir, kept)
    run(made)
    new = served(made)
    assert set(new.documents) == set(kept)
    assert {p.source_id for p in new.order} == set(kept)
    assert not passages_of(old, "ressourceries").keys() & new.passages.keys()
    assert len(new.rows) == len(new.order)
    assert all(model.scores["num_docs"] == len(new.order) for model in new.views.values())


def test_an_unknown_file_is_named_and_the_rest_is_published(
    made: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (made.corpus_dir / "brouillon.txt").write_text("À relire.", "utf-8")
    environment(made, monkeypatch)
    assert main([]) == 1
    assert "brouillon.txt" in capsys.readouterr().err
    assert set(served(made).documents) == set(LIBRARY)


def test_a_refused_new_document_leaves_the_others(made: Settings) -> None:
    fill(made.corpus_dir, LIBRARY)
    (made.corpus_dir / "lavoirs.txt").write_text("Autre chose.", "utf-8")
    _, refused = run(made)
    assert [e.code for e in refused] == ["corpus_altered_file"]
    assert "lavoirs.txt" in refused[0].message
    assert set(served(made).documents) == set(LIBRARY) - {"lavoirs"}


@pytest.mark.parametrize("accident", ["altered", "missing", "empty", "binary", "entry"])
def test_a_served_document_is_never_dropped_by_accident(made: Settings, accident: str) -> None:
    run(made)
    version = served(made).version
    before = contents(root(made))
    file = made.corpus_dir / "lavoirs.txt"
    if accident == "missing":
        file.unlink()
    elif accident == "entry":  # the file stays, the manifest forgets it
        manifest = made.corpus_dir / "manifest.toml"
        text = manifest.read_text("utf-8")
        manifest.write_text(text[: text.rindex("[[document]]")], "utf-8")
    else:
        file.write_bytes({"altered": b"Autre", "empty": b"", "binary": b"\0\xff"}[accident])
    with pytest.raises(CorpusError, match=r"lavoirs\.txt"):
        run(made)
    assert contents(root(made)) == before
    assert served(made).version == version


def test_nothing_is_published_of_nothing(made: Settings) -> None:
    for id in LIBRARY:
        (made.corpus_dir / f"{id}.txt").unlink()
    with pytest.raises(CorpusError) as caught:
        run(made)
    assert all(f"{id}.txt" in caught.value.message for id in LIBRARY)
    with pytest.raises(IndexUnavailable):
        served(made)


def test_another_model_makes_all_vectors_again(made: Settings, tmp_path: Path) -> None:
    run(made)
    old = served(made)
    copy = tmp_path / "autre"
    shutil.copytree(made.embedding_model, copy)
    other = made.model_copy(update={"embedding_model": str(copy)})
    report, _ = run(other)
    new = served(other)
    total = len(old.order)
    assert messages.EMBEDDED.format(embedded=total, kept=0, gone=0) in report
    assert new.passages == old.passages


@pytest.mark.parametrize(
    "accident",
    [
        "without config_sentence_transformers.json",
        "without tokenizer.json",
        "without model.safetensors",
        "half of config_sentence_transformers.json",
        "half of tokenizer.json",
        "half of model.safetensors",
    ],
)
def test_a_model_that_could_answer_nothing_is_not_published(
    made: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accident: str
) -> None:
    """Ingest and questions read the same files, and refuse the same damage in the same words."""
    copy = tmp_path / "model"
    shutil.copytree(bundled_folder(), copy)
    file = copy / accident.split()[-1]
    if accident.startswith("half"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    else:
        file.unlink()
    monkeypatch.setattr(embedding, "bundled_folder", lambda: copy)
    with pytest.raises(EmbeddingError) as caught:
        run(made.model_copy(update={"embedding_model": "bundled"}))
    assert caught.value.code == "model_unavailable"
    assert current(made) is None
    with pytest.raises(EmbeddingError) as met:
        Embedder("bundled").query("la mairie")
    assert met.value.message == caught.value.message


def test_fresh_mends_a_damaged_version(made: Settings) -> None:
    run(made)
    folder = current(made)
    assert folder is not None
    (folder / "passages.json").write_bytes(b"[")
    with pytest.raises(IndexUnavailable):
        served(made)
    report, _ = run(made, fresh=True)
    index = served(made)
    total = len(index.order)
    assert set(index.documents) == set(LIBRARY)
    assert messages.EMBEDDED.format(embedded=total, kept=0, gone=0) in report


@pytest.mark.parametrize("file", ["words.txt", "lexical/words/params.index.json", "version.json"])
def test_a_file_that_lost_its_end_is_mended_without_being_asked(made: Settings, file: str) -> None:
    run(made)
    folder = current(made)
    assert folder is not None and damaged(folder) is None
    os.truncate(folder / file, (folder / file).stat().st_size - 1)
    assert damaged(folder) == file
    run(made)
    mended = current(made)
    assert mended is not None and mended != folder and damaged(mended) is None
    assert run(made)[0] == messages.UNCHANGED.format(version=mended.name)


def test_the_version_before_is_kept_and_older_ones_go(made: Settings) -> None:
    names = []
    for year in ("2017", "2018", "2019"):
        fill(made.corpus_dir, LIBRARY | {"lavoirs": LIBRARY["lavoirs"].replace("2018", year)})
        run(made)
        names.append(served(made).version)
    assert {p.name for p in root(made).iterdir() if p.is_dir()} == set(names[1:])


def test_the_version_that_served_outlives_one_that_never_did(made: Settings) -> None:
    """A run killed between the two renames leaves a whole version that nobody reads."""
    run(made)
    serving = current(made)
    assert serving is not None
    shutil.copytree(serving, serving.with_name(f"{serving.name}-jamais-servie"))
    fill(made.corpus_dir, CHANGED)
    run(made)
    assert serving.is_dir()


def test_a_reader_in_use_goes_on_when_versions_change(made: Settings) -> None:
    run(made)
    reader = Reader(made)
    held = reader.current()
    fill(made.corpus_dir, CHANGED)
    run(made)
    assert reader.current().version != held.version
    assert "2019" in reader.current().documents["lavoirs"].text
    assert "2018" in held.documents["lavoirs"].text


def test_reading_a_version_leaves_what_it_holds(made: Settings) -> None:
    run(made)
    folder = current(made)
    assert folder is not None
    first = load(folder, Embedder(made.embedding_model))
    second = load(folder, Embedder(made.embedding_model))
    assert np.array_equal(first.rows, second.rows)
    assert first.passages == second.passages
