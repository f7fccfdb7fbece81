"""A short run on invented words: what it brings together, what it leaves alone, what it repeats."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.model.pairs import Source
from ingest.model.text import SPECIAL, Texts
from ingest.model.train import Lesson, Recipe, Table, train
from tests.ingest.model.made import Floats, whole_words

COUNT = 60  # pairs of words
ENGLISH = [f"word{i}" for i in range(COUNT)]
FRENCH = [f"mot{i}" for i in range(COUNT)]
PIECES = whole_words([*ENGLISH, *FRENCH, "la"])
ONE, OTHER = Texts(PIECES, ENGLISH), Texts(PIECES, [f"La {word}" for word in FRENCH])
SOURCE = Source(1, (ONE,), (OTHER,))
NEVER = 1e9  # a frequency that no piece has: none is made shorter
SHORT = Recipe(
    size=24, taught=8, lean=1, steps=60, batch=64, lesson=32,
    rate=0.05, scale=20, weight=10, first=NEVER, last=NEVER,
)  # fmt: skip


def run(recipe: Recipe, lessons: Sequence[Lesson] = (), seed: int = 0) -> Table:
    return train(PIECES, [SOURCE], lessons, recipe, seed)


@pytest.fixture(scope="module")
def start() -> Table:
    return run(replace(SHORT, steps=0))


@pytest.fixture(scope="module")
def trained() -> Table:
    return run(SHORT)


def of(table: Table, words: Sequence[str]) -> Floats:
    """The unit vector of each word."""
    vectors = table[[PIECES.get_vocab()[word] for word in words]].astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def paired(table: Table) -> float:
    """The share of the words that are nearest to their pair, asked from both sides."""
    likeness = of(table, ENGLISH) @ of(table, FRENCH).T
    ways: list[NDArray[np.bool_]] = [
        m.argmax(axis=1) == np.arange(COUNT) for m in (likeness, likeness.T)
    ]
    return float(np.mean(ways))


def test_pairs_come_together(start: Table, trained: Table) -> None:
    assert paired(start) < 0.2
    assert paired(trained) > 0.9


def test_a_table_has_a_row_for_each_piece_in_half_precision(trained: Table) -> None:
    assert trained.shape == (PIECES.get_vocab_size(), SHORT.size)
    assert trained.dtype == np.float16


def test_only_the_special_pieces_are_zero(trained: Table) -> None:
    empty = [i for i, row in enumerate(trained) if not row.any()]
    assert empty == [PIECES.token_to_id(piece) for piece in SPECIAL]


def test_a_seed_makes_one_table(trained: Table) -> None:
    assert np.array_equal(run(SHORT), trained)
    assert not np.array_equal(run(SHORT, seed=1), trained)


def test_texts_that_mean_the_same_are_not_driven_apart(start: Table) -> None:
    """Without a wrong answer to be told from, nothing is learnt."""
    alike = Source(1, (Texts(PIECES, ENGLISH, ["one"] * COUNT),), (OTHER,))
    made = train(PIECES, [alike], [], SHORT, 0)
    assert np.allclose(made, start, atol=1e-3)


@pytest.mark.parametrize("turned", [False, True])
def test_both_sides_ask(start: Table, turned: bool) -> None:
    """What is asked by one text in many places is to be as near to each of its answers."""
    alone = Texts(PIECES, ["la"] * COUNT, ENGLISH)
    sides = (alone, ONE) if turned else (ONE, alone)
    source = Source(1, sides[:1], sides[1:])
    made = train(PIECES, [source], [], replace(SHORT, steps=200), 0)
    spread = [float((of(table, ENGLISH) @ of(table, ["la"]).T).std()) for table in (start, made)]
    assert spread[1] < spread[0] / 3


def test_the_rate_falls_to_zero() -> None:
    """Ten steps go no further than five and a half at the first rate."""
    brief = replace(SHORT, steps=10)
    moved = np.abs(run(brief).astype(np.float32) - run(replace(brief, steps=0)))
    assert 4 * brief.rate < moved[len(SPECIAL) :].max() < 6 * brief.rate


def test_a_source_is_drawn_by_its_share() -> None:
    """One without a share is never drawn: this one could not be."""
    made = train(PIECES, [SOURCE, Source(0, (), ())], [], SHORT, 0)
    assert paired(made) > 0.9


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    target = np.random.default_rng(5).normal(size=(COUNT, SHORT.taught)).astype(np.float32)
    return Lesson(
        ONE, Texts(PIECES, FRENCH), target / np.linalg.norm(target, axis=1, keepdims=True)
    )


@pytest.fixture(scope="module")
def taught(lesson: Lesson) -> Table:
    return run(SHORT, [lesson])


def close(table: Table, lesson: Lesson, words: Sequence[str]) -> float:
    """The mean cosine of the taught dimensions of the words and their targets."""
    return float((of(table[:, : SHORT.taught], words) * lesson.target).sum(axis=1).mean())


@pytest.mark.parametrize("words", [ENGLISH, FRENCH])
def test_the_taught_dimensions_come_near_the_targets(
    trained: Table, taught: Table, lesson: Lesson, words: Sequence[str]
) -> None:
    assert close(trained, lesson, words) < 0.3
    assert close(taught, lesson, words) > 0.9


def test_a_lesson_leaves_the_pairs_together(taught: Table) -> None:
    assert paired(taught) > 0.9


def test_a_lesson_moves_only_the_dimensions_that_are_taught(lesson: Lesson) -> None:
    alike = Source(1, (Texts(PIECES, ENGLISH, ["one"] * COUNT),), (OTHER,))
    start = train(PIECES, [alike], [], replace(SHORT, steps=0), 0)
    made = train(PIECES, [alike], [lesson], SHORT, 0)
    assert np.allclose(made[:, SHORT.taught :], start[:, SHORT.taught :], atol=1e-3)
    assert not np.allclose(made[:, : SHORT.taught], start[:, : SHORT.taught], atol=1e-1)


def test_a_weightless_lesson_teaches_nothing(lesson: Lesson) -> None:
    assert close(run(replace(SHORT, weight=0), [lesson]), lesson, ENGLISH) < 0.3


def test_texts_without_a_piece_are_no_lesson(lesson: Lesson) -> None:
    blank = ["…" if i % 2 else word for i, word in enumerate(FRENCH)]
    half = replace(lesson, french=Texts(PIECES, blank))
    made = run(SHORT, [half])
    assert np.isfinite(made).all()
    known = replace(lesson, target=lesson.target[::2])
    assert close(made, known, FRENCH[::2]) > 0.9


def test_the_taught_dimensions_lean(trained: Table) -> None:
    longer = run(replace(SHORT, lean=2))
    assert np.allclose(longer[:, : SHORT.taught], 2 * trained[:, : SHORT.taught], rtol=1e-2)
    assert np.array_equal(longer[:, SHORT.taught :], trained[:, SHORT.taught :])


@pytest.mark.parametrize("name", ["first", "last"])
def test_frequent_pieces_start_and_end_shorter(start: Table, name: str) -> None:
    """« la » stands before each of 60 words: 61 of the pieces seen, each counted once more."""
    frequent = PIECES.token_to_id("la")
    seen = 2 * COUNT + COUNT + PIECES.get_vocab_size()
    half: Any = (COUNT + 1) / seen
    made = run(replace(SHORT, steps=0, **{name: half}))
    assert np.allclose(made[frequent], start[frequent] / 2, atol=1e-3)
    rare = PIECES.token_to_id("mot7")
    share = half / (half + 2 / seen)
    assert np.allclose(made[rare], start[rare] * share, atol=1e-3)


@pytest.mark.parametrize(
    ("name", "value"),
    [("rate", 0.01), ("scale", 5), ("batch", 16), ("lesson", 8), ("weight", 1), ("steps", 4)],
)
def test_every_part_of_the_recipe_counts(lesson: Lesson, name: str, value: Any) -> None:
    brief = replace(SHORT, steps=3)
    plain, changed = run(brief, [lesson]), run(replace(brief, **{name: value}), [lesson])
    assert not np.allclose(plain, changed, atol=1e-3)
