"""The sets of added documents: their shape, their quotations, and one measured from end to end."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from assistant.index import Index
from evals.added import __main__ as door
from evals.added import sets
from evals.added.sets import FOLDER, HALF_OF, SETS, Set, cases
from evals.case import HALVES, Case, half
from evals.messages import ADDED, ADDED_SETS
from evals.run import Run
from ingest.made import Published, parts
from ingest.manifest import load_manifest, read_corpus
from tests.evals.made import answer, judged
from tests.evals.test_case import asked

FIGURE = r"^{name} +100,0\s%.*, n 2$"


def test_the_sets_are_the_folders() -> None:
    assert {file.parent.name for file in FOLDER.glob("*/questions.jsonl")} == set(SETS)
    assert HALF_OF.keys() == ADDED_SETS.keys() == set(SETS)


def test_what_is_scored_only_shares_no_question_with_what_is_tuned_on() -> None:
    every = {name: [*half(name)] for name in HALVES}
    for name in SETS:
        every[HALF_OF[name]] += cases(name)
    one, two = ({asked(case) for case in found} for found in every.values())
    assert len(one & two) == 0
    ids = Counter(case.id for found in every.values() for case in found)
    assert max(ids.values()) == 1


@pytest.mark.parametrize("name", SETS)
def test_a_set_has_its_documents_and_its_questions(name: Set) -> None:
    folder = FOLDER / name / "documents"
    documents = tomllib.loads((folder / "manifest.toml").read_text("utf-8"))["document"]
    files = {file.name for file in folder.iterdir()} - {"manifest.toml"}
    assert {document["file"] for document in documents} == files
    assert {document["id"] for document in documents} == {Path(file).stem for file in files}
    assert len(files) == 6
    states = Counter(case.status for case in cases(name))
    assert states == {"answered": 75, "partial": 12, "refused": 33}
    assert len({asked(case) for case in cases(name)}) == 120
    assert [case.id for case in cases(name) if bool(case.quotes) != case.answerable] == []
    assert {case.language for case in cases(name)} == {"fr", "en"}


@pytest.mark.parametrize("name", SETS)
def test_each_quotation_stands_in_its_document_as_read(
    name: Set, index: Index, tmp_path: Path
) -> None:
    folder = FOLDER / name / "documents"
    received, refused = read_corpus(folder, load_manifest(folder))
    found, wrong = parts(received, Published(None), tmp_path)
    assert [*refused, *wrong] == []
    read = [*index.documents.values(), *(document for part in found for document in part.documents)]
    texts = {document.source.id: document.text for document in read}
    lost = [c.id for c in cases(name) for e in c.quotes if e.quote not in texts[e.source]]
    assert lost == []


def test_a_set_is_measured_from_end_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A few of its questions, from its documents, and nothing of the person's own is written."""
    mine = tmp_path / "mine"
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(mine))
    few = [case for case in cases("first") if case.id in ("d-001", "d-003", "d-109", "d-111")]
    monkeypatch.setattr(door, "cases", lambda name: few)
    assert door.main(["--set", "first"]) == 0
    told = capsys.readouterr().out
    assert f"{ADDED_SETS['first']} (4)" in told
    assert ADDED_SETS["third"] not in told
    for name in ("Refus justes", "Mot pour mot"):
        assert re.search(FIGURE.format(name=name), told, re.M), told
    assert not mine.exists()


def test_what_fails_is_never_shown_of_the_set_that_is_not_to_be_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def silent(name: Set, asked: list[Case]) -> Run:
        rows = [judged(HALF_OF[name], case, answer(status="partial")) for case in asked]
        return Run(system="product", rows=rows)

    monkeypatch.setattr(door, "measured", silent)
    assert door.main(["--failed"]) == 0
    told = capsys.readouterr().out
    assert all(ADDED_SETS[name] in told for name in SETS)
    shown = {name: sum(f"— {case.id} " in told for case in cases(name)) for name in SETS}
    assert shown["third"] == 0
    assert min(shown["first"], shown["second"]) > 100
    assert not any(case.question in told for case in cases("third"))


def test_documents_that_cannot_be_ingested_are_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "second" / "documents").mkdir(parents=True)
    (tmp_path / "second" / "documents" / "manifest.toml").write_text("[[document]]", "utf-8")
    (tmp_path / "second" / "questions.jsonl").touch()
    monkeypatch.setattr(sets, "FOLDER", tmp_path)
    assert door.main(["--set", "second"]) == 1
    assert ADDED["refused"].split("{")[0] in capsys.readouterr().err
