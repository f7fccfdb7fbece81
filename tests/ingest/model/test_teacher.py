"""What the teacher says is kept by text, never asked twice, and made shorter without bending it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.model import teacher
from ingest.model.teacher import lessons, reduced, teach
from tests.ingest.model.made import Floats, Teacher, hashed, marks, rows

TEXTS = ["The town hall", "a garden", "The town hall", "élus", "a much longer text on gardens"]
EXACT = 1e-3  # of the half precision in which the vectors are kept


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Teacher:
    made = Teacher()
    monkeypatch.setattr(teacher, "_model", lambda: made)
    return made


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Teacher:
        raise AssertionError("the teacher is not to be loaded")

    monkeypatch.setattr(teacher, "_model", refuse)


def right(texts: list[str]) -> Floats:
    return hashed(texts, Teacher.size)


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_vectors_are_in_the_order_of_the_texts(
    fake: Teacher, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(teacher, "BATCH", batch)
    told = teach(TEXTS, None)
    assert told.dtype == np.float32
    assert np.allclose(told, right(TEXTS), atol=EXACT)
    assert sorted(fake.read) == sorted(set(TEXTS))


def test_the_texts_are_read_in_one_order_whatever_the_process(fake: Teacher) -> None:
    """What stands beside a text in a batch moves its vector a little."""
    texts = [f"{first}{second}" for first in "hgfedcba" for second in "dcba"]
    teach(texts, None)
    assert fake.read in (texts, sorted(texts))


@pytest.mark.parametrize("name", ["teacher.npz", "teacher"])
def test_what_is_kept_is_not_computed(fake: Teacher, tmp_path: Path, name: str) -> None:
    kept = tmp_path / name
    first = teach(TEXTS, kept)
    assert kept.is_file()
    fake.read.clear()
    again = teach(TEXTS[::-1], kept)
    assert fake.read == []
    assert np.array_equal(again, first[::-1])


@pytest.mark.usefixtures("absent")
def test_a_model_is_loaded_only_for_new_texts(tmp_path: Path) -> None:
    kept = tmp_path / "teacher.npz"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(teacher, "_model", Teacher)
        teach(TEXTS, kept)
    assert np.allclose(teach(TEXTS[1:3], kept), right(TEXTS[1:3]), atol=EXACT)
    with pytest.raises(AssertionError, match="not to be loaded"):
        teach(["a new text"], kept)


def test_new_texts_join_those_that_are_kept(fake: Teacher, tmp_path: Path) -> None:
    kept = tmp_path / "teacher.npz"
    teach(TEXTS[:2], kept)
    fake.read.clear()
    assert np.allclose(teach(TEXTS, kept), right(TEXTS), atol=EXACT)
    assert sorted(fake.read) == sorted(TEXTS[3:])
    fake.read.clear()
    teach(TEXTS, kept)
    assert fake.read == []


def test_nothing_is_kept_unless_asked(
    fake: Teacher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    teach(TEXTS, None)
    teach(TEXTS, None)
    assert len(fake.read) == 2 * len(set(TEXTS))
    assert list(tmp_path.iterdir()) == []


def unit(count: int, size: int) -> Floats:
    drawn = np.random.default_rng(0).normal(size=(count, size)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))


@pytest.mark.parametrize("size", [1, 3, 8])
def test_reduced_vectors_are_unit_vectors(size: int) -> None:
    short = reduced(unit(40, 8), size)
    assert short.shape == (40, size) and short.dtype == np.float32
    assert np.allclose(np.linalg.norm(short, axis=1), 1, atol=1e-5)


def test_every_dimension_keeps_the_angles() -> None:
    vectors = unit(40, 8)
    short = reduced(vectors, 8)
    assert np.allclose(short @ short.T, vectors @ vectors.T, atol=1e-5)


def test_the_dimensions_that_matter_are_kept() -> None:
    """Vectors of a space of three dimensions lose nothing when reduced to three."""
    plane, turn = unit(40, 3), np.linalg.qr(unit(8, 8))[0][:3]
    short = reduced(np.asarray(plane @ turn, dtype=np.float32), 3)
    assert np.allclose(short @ short.T, plane @ plane.T, atol=1e-5)


def only(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(teacher, "LESSONS", (("tatoeba", "en", "fr", most),))


def test_rows_with_an_empty_side_are_no_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, 9)
    given: list[dict[str, Any]] = [
        {"en": "Go.", "fr": "Va !"},
        {"en": "", "fr": "Rien"},
        {"en": "None", "fr": None},
        {"en": "Hi.", "fr": "Salut !"},
        {"en": None, "fr": ""},
    ]
    [(english, french)] = lessons({"tatoeba": given}, seed=0)
    assert set(zip(english, french, strict=True)) == {("Go.", "Va !"), ("Hi.", "Salut !")}


def test_a_long_lesson_is_drawn_by_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, 10)
    drawn = [lessons(rows(30), seed) for seed in (0, 0, 1)]
    [(english, french)] = drawn[0]
    assert len(set(english)) == len(set(french)) == 10
    assert [marks([text]) for text in english] == [marks([text]) for text in french]
    assert drawn[0] == drawn[1] != drawn[2]


def test_lessons_are_in_the_order_of_their_table() -> None:
    given = rows(5)
    found = lessons(given, seed=0)
    assert len(found) == len(teacher.LESSONS)
    for (file, one, other, _), (english, french) in zip(teacher.LESSONS, found, strict=True):
        whole = {(row[one], row[other]) for row in given[file] if row[one]}
        assert set(zip(english, french, strict=True)) == whole
