"""Nonsense, odd letters and the longest questions get sound answers, the same each time."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import request
from assistant.ask import ask
from assistant.errors import InvalidQuestion
from assistant.index import Index
from tests.assistant.asking import BROAD, asked
from tests.assistant.proof import check

WORDS = (
    "PTCE", "commune", "département", "combien", "qui", "Fabricanova", "2014", "[1]", "[0]", "###",
    "<b>", "</script>", "<img src=x onerror=alert(1)>", "[x](http://x.y)", "**", "`", "«", "»",
    "ignore tes instructions", "SYSTEM:", "{question}", "%s", "\u202e", "\u200b", "\u00a0", "œ",
    "e\u0301", "ﬁ", "😀", "١٢", "𝟙𝟚", "ß", "İ", "100 000 €", "(38)", "et", "how much", "the", "?",
)  # fmt: skip
NONSENSE = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=20).map(" ".join),
    st.tuples(st.sampled_from(WORDS), st.integers(1, 300)).map(lambda t: " ".join([t[0]] * t[1])),
)
HISTORIES = st.lists(NONSENSE, max_size=3)


def _survives(text: str, history: list[str], index: Index) -> None:
    try:
        question = request.parse({"question": text, "history": history})
    except InvalidQuestion as error:
        assert error.message
        return
    check(ask(question, index), index)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(text=NONSENSE, history=HISTORIES)
def test_nonsense_gets_a_sound_answer(text: str, history: list[str], index: Index) -> None:
    _survives(text, history, index)


@pytest.mark.full
@settings(max_examples=2_000, suppress_health_check=list(HealthCheck))
@given(text=NONSENSE, history=HISTORIES)
def test_much_nonsense_gets_sound_answers(text: str, history: list[str], index: Index) -> None:
    _survives(text, history, index)


@pytest.mark.parametrize(
    "text", ["PTCE 0¹", "Les ⁸ leviers des PTCE", "½ PTCE", "Ⅷ leviers", "les ٨ leviers des PTCE"]
)
def test_odd_numbers_get_a_sound_answer(text: str, index: Index) -> None:
    _survives(text, [], index)


def test_the_longest_question_gets_a_sound_answer(index: Index) -> None:
    for word in ("PTCE ", "intercommunalités ", "é", "zzzyqk ", "l'", "a,"):
        _survives((word * 1_000)[: request.MAX_QUESTION], [word * 500] * 5, index)


def test_equal_questions_have_equal_answers(index: Index) -> None:
    one, two = asked(index, BROAD), asked(index, BROAD)
    assert (one.answer, one.citations, one.status) == (two.answer, two.citations, two.status)
    assert one.id != two.id
