"""Both sides of a pair speak of one row, and a span never asks for the words that it holds."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from ingest.model import pairs
from ingest.model.pairs import RUN, Source, Stretch, sources
from ingest.model.text import Ints, Texts, strings, tokenizer
from tests.ingest.model.made import Made, marks, rows, whole_words

PIECES = whole_words(["mot"])
COUNT = 20  # of the rows of each file


def lengths(found: list[int]) -> Texts:
    """Texts of so many words."""
    return Texts(PIECES, (" ".join(["mot"] * length) for length in found))


@st.composite
def made(draw: st.DrawFn) -> Source:
    """A source of any kind; some of its texts are empty, some too short for a span."""
    count = draw(st.integers(1, 40))
    side = st.lists(st.sampled_from([0, 1, 5, 12, 13, 14, 30, 90]), min_size=count, max_size=count)
    one, two, three = (lengths(draw(side)) for _ in range(3))
    right = draw(st.sampled_from([(one, two), (three,), (three, one)]))
    return Source(1, (one, two), right, span=draw(st.booleans()))


def within(side: Stretch, rows: Ints) -> bool:
    """Whether each stretch has a piece and lies in the text of its row."""
    texts, start, length = side
    first, end = texts.start[rows], texts.start[rows] + texts.length[rows]
    return bool(((length > 0) & (start >= first) & (start + length <= end)).all())


def complete(side: Stretch, rows: Ints) -> bool:
    texts, start, length = side
    whole = texts.start[rows].tolist(), texts.length[rows].tolist()
    return (start.tolist(), length.tolist()) == whole


@settings(max_examples=50)
@given(source=made(), size=st.integers(8, 100), seed=st.integers(0, 9))
def test_sides_are_of_the_same_rows_and_never_empty(source: Source, size: int, seed: int) -> None:
    left, right, rows = source.draw(size, np.random.default_rng(seed))
    assert left[0] in source.left and right[0] in source.right
    assert len(set(rows.tolist())) == len(rows) <= size
    assert len(rows) == len(left[1]) == len(left[2]) == len(right[1]) == len(right[2])
    assert within(left, rows) and within(right, rows)
    assert source.span or (complete(left, rows) and complete(right, rows))


@settings(max_examples=50)
@given(source=made(), seed=st.integers(0, 9))
def test_a_span_asks_for_the_longer_rest_or_for_the_other_text(source: Source, seed: int) -> None:
    span = replace(source, span=True)
    left, right, rows = span.draw(64, np.random.default_rng(seed))
    if right[0] is not left[0]:
        assert complete(right, rows)
        return
    texts, start, length = left
    before = start - texts.start[rows]
    after = texts.length[rows] - before - length
    assert right[2].tolist() == np.maximum(before, after).tolist()
    assert ((right[1] + right[2] <= start) | (start + length <= right[1])).all()


def test_a_span_is_a_part_of_its_text_drawn_anew() -> None:
    texts, chance = lengths([60] * COUNT), np.random.default_rng(0)
    drawn = [Source(1, (texts,), (texts,), span=True).draw(64, chance)[0] for _ in range(20)]
    start = np.concatenate([start % 60 for _, start, _ in drawn])
    length = np.concatenate([length for _, _, length in drawn])
    assert len(set(start.tolist())) > 20 and len(set(length.tolist())) > 10
    assert length.min() >= pairs.SHORTEST and length.max() <= pairs.SPAN[1] * 60


def test_every_version_of_a_side_is_drawn() -> None:
    one, two, three = (lengths([2] * COUNT) for _ in range(3))
    source, chance = Source(1, (one, two), (two, three)), np.random.default_rng(0)
    met = {tuple(id(side[0]) for side in source.draw(16, chance)[:2]) for _ in range(60)}
    assert met == {(id(a), id(b)) for a in (one, two) for b in (two, three)}


@pytest.mark.parametrize("count", [1, RUN - 1, RUN, RUN + 1, 2 * RUN + 3])
def test_every_row_is_drawn_in_the_end(count: int) -> None:
    source, chance = Source(1, (lengths([2] * count),), (lengths([3] * count),)), np.random
    seen = {row for seed in range(60) for row in source.draw(16, chance.default_rng(seed))[2]}
    assert seen == set(range(count))


def test_rows_come_with_their_neighbours() -> None:
    texts = lengths([2] * 500)
    for seed in range(20):
        rows = Source(1, (texts,), (texts,)).draw(RUN, np.random.default_rng(seed))[2]
        assert rows.tolist() == list(range(rows[0], rows[0] + RUN))


@pytest.fixture(scope="module")
def given_rows() -> Made:
    return rows(COUNT)


@pytest.fixture(scope="module")
def pieces(given_rows: Made) -> Tokenizer:
    return tokenizer(strings(given_rows), 400, marks(strings(given_rows)))


@pytest.fixture
def few_synonyms(monkeypatch: pytest.MonkeyPatch) -> None:
    forms = [("la mairie", "commune", "commune"), ("town", "mairie", "commune")]
    monkeypatch.setattr(pairs, "synonyms", lambda seed: [*forms, ("SCIC", "co-op", "scic")])


def said(pieces: Tokenizer, side: Stretch) -> list[str]:
    """The words of each stretch."""
    texts, start, length = side
    spans = zip(start, length, strict=True)
    return [pieces.decode(texts.flat[s : s + n].tolist()) for s, n in spans]


@pytest.mark.usefixtures("few_synonyms")
def test_each_source_of_a_file_pairs_what_stands_in_one_row(
    given_rows: Made, pieces: Tokenizer
) -> None:
    of_files = [s for s in sources(given_rows, pieces) if len(s.left[0]) == COUNT]
    assert len(of_files) >= len(given_rows)
    for source, seed in product(of_files, range(8)):
        left, right, drawn = source.draw(64, np.random.default_rng(seed))
        found = [marks([text]) for text in said(pieces, left)]
        assert found == [marks([text]) for text in said(pieces, right)]
        assert [mark[:-1] for [mark] in found] == [f"rang{row}" for row in drawn]


@pytest.mark.usefixtures("few_synonyms")
def test_a_question_asks_for_its_passage(given_rows: Made, pieces: Tokenizer) -> None:
    asks = []
    for source in sources(given_rows, pieces):
        left, right, _ = source.draw(64, np.random.default_rng(0))
        if "girafe" in "".join(said(pieces, left)).replace(" ##", ""):
            asks.append("mairie" in " ".join(said(pieces, right)))
    assert asks == [True]


@pytest.mark.usefixtures("few_synonyms")
def test_forms_of_one_concept_are_the_same(given_rows: Made, pieces: Tokenizer) -> None:
    [source] = [s for s in sources(given_rows, pieces) if len(s.left[0]) == 3]
    for numbers in (source.left[0].same, source.right[0].same):
        assert numbers[0] == numbers[1] != numbers[2]


@pytest.mark.usefixtures("few_synonyms")
def test_a_file_without_rows_is_no_source(given_rows: Made, pieces: Tokenizer) -> None:
    """Where the questions are left out, no batch may be drawn from them."""
    for source in sources({**given_rows, "questions_fr": []}, pieces):
        assert len(source.draw(64, np.random.default_rng(0))[2]) > 0
