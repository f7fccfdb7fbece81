"""A whole run on a few rows: the folder that it writes, and that two libraries read it alike."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from model2vec import StaticModel
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from ingest.model import __main__ as command
from ingest.model import pairs, teacher
from ingest.model.__main__ import main
from ingest.model.pairs import Source
from ingest.model.text import SPECIAL, Texts
from ingest.model.train import Lesson, Recipe, Table
from tests.ingest.model.made import Floats, Teacher, hashed, rows, write

CARD = "# Carte du modèle\n"


class Run(NamedTuple):
    """What went in and what came out of one run."""

    data: Path
    out: Path
    kept: Path
    read: list[str]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write(folder, rows(20))
    return folder


@pytest.fixture(scope="module")
def fake() -> Iterator[Teacher]:
    made = Teacher()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(teacher, "_model", lambda: made)
        yield made


@pytest.fixture(scope="module")
def run(data: Path, fake: Teacher, tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("out")
    kept = out.parent / "teacher.npz"
    (out / "README.md").write_text(CARD, "utf-8")
    main(["--data", str(data), "--out", str(out), "--teacher", str(kept), "--steps", "6"])
    return Run(data, out, kept, list(fake.read))


@pytest.fixture(scope="module")
def pieces(run: Run) -> Tokenizer:
    return Tokenizer.from_file(str(run.out / "tokenizer.json"))


def unit(vectors: Floats) -> Floats:
    exact = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(exact, axis=1, keepdims=True)
    return np.asarray(exact / np.where(lengths > 0, lengths, 1))


TEXTS = {
    "one word": "mairie",
    "French": "« L’ŒUVRE » des Élu·e·s, à 50\u202f000\u00a0€",
    "English": "What is a SCIC, and who lends the garden?",
    "unknown among known": "la 日本 mairie 日本",
    "longer than a limit": "la mairie prête un jardin " * 400,
    "empty": "",
    "signs alone": "… « » !",
    "unknown alone": "日本 日本",
}
EMPTY = ("empty", "signs alone", "unknown alone")


def alike(one: Floats, other: Floats) -> None:
    """Checks the vectors of the texts of two readers: the same, of length one or zero."""
    lengths = [0 if name in EMPTY else 1 for name in TEXTS]
    assert np.allclose(np.linalg.norm(one, axis=1), lengths, atol=1e-3)
    assert np.allclose(one, other, atol=1e-3)


def test_two_libraries_give_the_same_vectors(run: Run) -> None:
    from sentence_transformers import SentenceTransformer

    texts = list(TEXTS.values())
    one = SentenceTransformer(str(run.out), device="cpu").encode(texts)
    other = StaticModel.from_pretrained(run.out).encode(texts, max_length=None)
    alike(unit(one), unit(other))


def test_the_model_is_a_table_in_half_precision(run: Run, pieces: Tokenizer) -> None:
    [table] = load_file(run.out / "model.safetensors").values()
    assert table.dtype == np.float16
    assert table.shape == (pieces.get_vocab_size(), Recipe().size)
    assert np.flatnonzero(~table.any(axis=1)).tolist() == [0, 1]
    assert [pieces.token_to_id(piece) for piece in SPECIAL] == [0, 1]


def test_the_words_of_the_field_are_pieces(pieces: Tokenizer) -> None:
    for word in ("SCIC", "EPCI", "PTCE"):
        assert pieces.encode(word).tokens == [word.lower()]


def test_the_card_of_the_folder_stays(run: Run) -> None:
    assert (run.out / "README.md").read_text("utf-8") == CARD


def test_the_teacher_reads_the_english_of_every_lesson_once(run: Run) -> None:
    expected = {row["en"] for file in ("tatoeba", "eurovoc") for row in rows(20)[file]}
    assert expected <= set(run.read)
    assert len(set(run.read)) == len(run.read)
    assert run.kept.is_file()
    assert not any("mairie" in text for text in run.read)


class Called(NamedTuple):
    """What the training was called with."""

    pieces: Tokenizer
    sources: Sequence[Source]
    lessons: Sequence[Lesson]
    recipe: Recipe
    seed: int


@pytest.fixture
def asked(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Called]:
    """Runs with more options and tells what the training is asked for; it makes an empty table."""
    called: list[Called] = []

    def untrained(*given: Any) -> Table:
        called.append(Called(*given))
        return np.zeros((called[-1].pieces.get_vocab_size(), 4), dtype=np.float16)

    monkeypatch.setattr(command, "train", untrained)
    monkeypatch.setattr(command, "field_words", lambda: ["scic"])
    monkeypatch.setattr(pairs, "synonyms", lambda seed: [("mairie", "commune", "commune")])

    def ask(*options: str) -> Called:
        paths = ["--data", str(run.data), "--out", str(tmp_path), "--teacher", str(run.kept)]
        main([*paths, *options])
        return called[-1]

    return ask


def test_the_seed_and_the_steps_are_those_asked(asked: Callable[..., Called]) -> None:
    called = asked("--seed", "5", "--steps", "7")
    assert (called.seed, called.recipe.steps) == (5, 7)
    assert asked("--steps", "7").seed == 0


def test_questions_can_be_left_out(asked: Callable[..., Called]) -> None:
    """Neither their pairs nor their words are in the model."""
    whole, without = asked("--with-questions"), asked()
    assert whole.pieces.token_to_id("girafe") is not None
    assert without.pieces.token_to_id("girafe") is None
    drawn = [sum(len(s.left[0]) > 0 for s in called.sources) for called in (whole, without)]
    assert drawn[0] == drawn[1] + 1


def test_a_lesson_gives_each_text_its_own_target(asked: Callable[..., Called]) -> None:
    """The texts have few words, so that their targets lose none of the angles of the teacher."""
    called = asked()
    told = teacher.lessons(rows(20), 0)
    for lesson, sides in zip(called.lessons, told, strict=True):
        for texts, side in zip((lesson.english, lesson.french), sides, strict=True):
            assert texts.flat.tolist() == Texts(called.pieces, side).flat.tolist()
    target = np.concatenate([lesson.target for lesson in called.lessons])
    right = hashed([text for english, _ in told for text in english], Teacher.size)
    assert target.shape[1] == called.recipe.taught
    assert np.allclose(target @ target.T, right @ right.T, atol=5e-3)


@pytest.mark.parametrize("name", ["laws_sections", "questions_fr"])
def test_a_missing_file_of_the_training_text_is_named(
    data: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong"
    shutil.copytree(data, wrong)
    (wrong / f"{name}.jsonl.xz").unlink()
    with pytest.raises(SystemExit) as left:
        main(["--data", str(wrong), "--out", str(tmp_path / "out")])
    assert left.value.code == 1
    assert str(wrong / f"{name}.jsonl.xz") in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_model_is_saved_in_the_package_wherever_one_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    out = command._options().parse_args(["--data", "."]).out
    assert (out / "model.safetensors").is_file()
