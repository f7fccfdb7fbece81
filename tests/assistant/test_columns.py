"""Where the terms and the sources of many passages stand, told of all of them at once."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import lexical
from assistant.columns import Columns
from assistant.index import Index
from tests.assistant.invented import indexed

TEXTS = {
    "scie": "# La scie\n\nUne scie coupe.\n\nUne scie rouille.\n\nUn rabot polit.",
    "colle": "# La colle\n\nUne colle sèche.",
    "rien": "# Rien\n\nUne page.",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("columns"), TEXTS)


def test_a_term_is_held_where_a_passage_or_its_headings_have_it(small: Index) -> None:
    words = small.views["words"]
    seen = [set(lexical.keys("\n".join((*p.section, p.text)))) for p in small.order]
    for term in {key for keys in seen for key in keys} | {"inconnu"}:
        held = [at for at, keys in enumerate(seen) if term in keys]
        assert sorted(lexical.holding(words, term).tolist()) == held, term
        assert lexical.frequency(words, term) == len(held)


def test_a_term_of_no_passage_is_held_nowhere(tmp_path: Path) -> None:
    words = lexical.index([["a", "a", "b"], ["b"]])
    told = {term: lexical.holding(words, term).tolist() for term in ("a", "b", "c")}
    assert told == {"a": [0], "b": [0, 1], "c": []}
    assert lexical.frequency(words, "c") == 0


def test_the_share_of_a_source_is_of_its_own_passages(small: Index) -> None:
    held = lexical.holding(small.views["words"], "rabot")
    assert small.columns.shares(held) == {"scie": (1, pytest.approx(1 / 3))}
    assert small.columns.shares(np.array([], np.intp)) == {}


@given(at=st.sets(st.integers(0, 4)))
def test_shares_are_those_of_a_plain_count(at: set[int], small: Index) -> None:
    of = [line.source_id for line in small.lines]
    count, size = Counter(of[i] for i in at), Counter(of)
    told = Columns(small.lines).shares(np.fromiter(at, np.intp, len(at)))
    assert told == {id: (n, n / size[id]) for id, n in count.items()}
