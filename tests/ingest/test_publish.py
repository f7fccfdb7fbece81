"""A version is published whole or not at all, and only what changed is made again."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.embedding import Embedder
from assistant.errors import CorpusError, IndexUnavailable
from assistant.index import Index, Reader, current, indexed_text, load, root
from assistant.settings import Settings
from ingest import messages, publish
from ingest.__main__ import main, run
from ingest.embed import embed, known_vectors
from ingest.manifest import load_manifest
from ingest.split import split
from tests.corpus_folder import LIBRARY, contents, fill, settings_of
from tests.hashed_words import HashedWords

HOUSE = Path(__file__).parents[2]
CHANGED = LIBRARY | {"lavoirs": LIBRARY["lavoirs"].replace("2018", "2019")}


@pytest.fixture
def made(tmp_path: Path, tiny_model: str) -> Settings:
    """Settings of an empty data folder, beside a corpus of three documents."""
    made = settings_of(tmp_path, tiny_model)
    fill(made.corpus_dir, LIBRARY)
    return made


def served(made: Settings) -> Index:
    return Reader(made).current()


def passages_of(index: Index, source_id: str) -> dict[str, str]:
    return {p.id: p.text for p in index.order if p.source_id == source_id}


def environment(made: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("data_dir", "corpus_dir", "embedding_model"):
        monkeypatch.setenv(f"ASSISTANT_{name.upper()}", str(getattr(made, name)))


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


def test_a_second_run_at_the_same_time_is_turned_away(
    made: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment(made, monkeypatch)
    made.data_dir.mkdir()
    hold = (
        "import sys; from filelock import FileLock\n"
        "with FileLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(made.data_dir / "ingest.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert main([]) == 3
        holder.communicate()
    assert messages.BUSY in capsys.readouterr().err
    assert not root(made).exists()
    assert main([]) == 0


@pytest.mark.full
def test_two_runs_at_once_publish_one_version(made: Settings) -> None:
    runs = [_started(made) for _ in range(2)]
    statuses = {process.wait() for process in runs}
    assert 0 in statuses and statuses <= {0, 3}
    assert set(served(made).documents) == set(LIBRARY)


# ---------------------------------------------------------------- killed at any moment

Moment = Callable[[Path, str], bool]


def _aside(base: Path, part: str) -> bool:
    return any((folder / part).exists() for folder in base.glob(".building-*"))


MOMENTS: dict[str, Moment] = {
    "begun": lambda base, _: _aside(base, "."),
    "vectors": lambda base, _: _aside(base, "chroma/chroma.sqlite3"),
    "words": lambda base, _: _aside(base, "lexical/words"),
    "passages": lambda base, _: _aside(base, "passages.json"),
    "named": lambda base, old: any(p.is_dir() and p.name != old for p in base.glob("2*")),
    "pointed": lambda base, old: (base / "current").read_text() != old,
}


def _started(made: Settings) -> "subprocess.Popen[bytes]":
    names = ("data_dir", "corpus_dir", "embedding_model")
    given = {f"ASSISTANT_{name.upper()}": str(getattr(made, name)) for name in names}
    return subprocess.Popen(
        [sys.executable, "-m", "ingest"],
        cwd=HOUSE,
        env={**os.environ, **given},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _killed(made: Settings, come: Callable[[], bool]) -> None:
    """A real run, killed as soon as the moment has come, or ended if it never comes."""
    process = _started(made)
    while process.poll() is None and not come():
        time.sleep(0.0005)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _still_whole(made: Settings, old: str) -> None:
    """The index is the old one or the new one, and the next run clears the rest."""
    index = served(made)
    year = "2018" if index.version == old else "2019"
    assert year in index.documents["lavoirs"].text
    assert len(index.rows) == len(index.order)
    run(made)
    assert "2019" in served(made).documents["lavoirs"].text
    assert not list(root(made).glob(".building-*"))


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(name, marks=[] if name in ("vectors", "named") else pytest.mark.full)
        for name in MOMENTS
    ],
)
def test_a_killed_run_leaves_a_whole_index(made: Settings, moment: str) -> None:
    run(made)
    old = served(made).version
    fill(made.corpus_dir, CHANGED)
    _killed(made, lambda: MOMENTS[moment](root(made), old))
    _still_whole(made, old)


@pytest.mark.full
def test_a_run_killed_at_random_leaves_a_whole_index(made: Settings) -> None:
    begun = time.monotonic()
    assert _started(made).wait() == 0
    whole = time.monotonic() - begun
    chance = random.Random(5)
    for _ in range(15):
        fill(made.corpus_dir, LIBRARY)
        run(made)
        old = served(made).version
        fill(made.corpus_dir, CHANGED)
        due = time.monotonic() + chance.uniform(0, whole)
        _killed(made, lambda due=due: time.monotonic() > due)  # type: ignore[misc]
        _still_whole(made, old)


@pytest.mark.full
def test_a_first_run_killed_leaves_no_index_and_no_obstacle(made: Settings) -> None:
    _killed(made, lambda: _aside(root(made), "chroma"))
    if current(made) is None:
        with pytest.raises(IndexUnavailable) as caught:
            served(made)
        assert caught.value.code == "index_missing"
    run(made)
    assert set(served(made).documents) == set(LIBRARY)
    assert not list(root(made).glob(".building-*"))


# ---------------------------------------------------------------- any sequence of ingests

PARAGRAPHS = (
    "La commune prête un local. Il est vaste.",
    "Le département finance l'animation, pour 12 000 euros.",
    "- Un premier point.\n- Un second point.",
    "## Un titre\n\nEt son texte, « entre guillemets ».",
    "La commune prête un local. Il est vaste.",  # the same words twice are two passages
)
TEXTS = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=4).map("\n\n".join)
CORPORA = st.dictionaries(st.sampled_from(("a", "b", "c")), TEXTS, min_size=1)


def _follows_the_dictionary(corpora: list[dict[str, str]], model: str) -> None:
    with TemporaryDirectory() as folder:
        made = settings_of(Path(folder), model)
        for corpus in corpora:
            fill(made.corpus_dir, corpus)
            report, refused = run(made)
            assert refused == () and report
            index = served(made)
            assert {id: d.raw for id, d in index.documents.items()} == corpus
            assert [(p.source_id, p.id, p.text) for p in index.order] == list(_expected(made))
            assert len(index.passages) == len(index.order) == len(index.rows)
            assert np.allclose(np.linalg.norm(index.rows, axis=1), 1, atol=1e-5)


def _expected(made: Settings) -> Iterator[tuple[str, str, str]]:
    """Each passage of each document read alone, whatever was published before."""
    for entry in load_manifest(made.corpus_dir).document:
        raw = (made.corpus_dir / entry.file).read_text("utf-8")
        for passage in split(entry.source(), raw, entry.pages)[1]:
            yield entry.id, passage.id, passage.text


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpora=st.lists(CORPORA, min_size=1, max_size=4))
def test_any_sequence_of_ingests(corpora: list[dict[str, str]], tiny_model: str) -> None:
    _follows_the_dictionary(corpora, tiny_model)


@pytest.mark.full
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpora=st.lists(CORPORA, min_size=1, max_size=8))
def test_any_long_sequence_of_ingests(corpora: list[dict[str, str]], tiny_model: str) -> None:
    _follows_the_dictionary(corpora, tiny_model)


def test_reading_a_version_leaves_what_it_holds(made: Settings) -> None:
    run(made)
    folder = current(made)
    assert folder is not None
    first = load(folder, Embedder(made.embedding_model))
    second = load(folder, Embedder(made.embedding_model))
    assert np.array_equal(first.rows, second.rows)
    assert first.passages == second.passages
