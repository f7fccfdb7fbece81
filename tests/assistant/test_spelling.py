"""Words surely mistyped are mended; names, acronyms and known words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index import Index
from assistant.understand.spelling import Speller, sound, sounds
from assistant.words import fold


@pytest.fixture(scope="module")
def speller(index: Index) -> Speller:
    return Speller([document.text for document in index.documents.values()])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("le bugdet des celules d'animation", "budget cellules animation"),
        ("la coopèration economique", "coopèration economique"),
        ("un finanssement pluriannuel", "financement pluriannuel"),
        ("les intercomunalités", "intercommunalite"),
        ("la copération", "la cooperation"),
        ("fabrica nova", "fabricanova"),
        ("lanimation du pole", "animation pole"),
        ("la meri", "mairie"),
        ("le finansement", "financement"),
        ("un ptse", "un ptce"),
    ],
)
def test_mistyped_words_are_mended(typed: str, meant: str, speller: Speller) -> None:
    mended = fold(speller.correct(typed))
    assert all(fold(word) in mended for word in meant.split())


@pytest.mark.parametrize(
    "text",
    [
        "Comment une commune peut-elle soutenir un PTCE ?",
        "comment une collectivite peut-elle entrer au capital d'une scic ?",
        "Que fait Duforestel ?",
        "Y a-t-il un PTCE à Plougastel, chez Kermadec ?",
        "le CNCRES, le COORACE et la SRADDET",
        "100 000 € en 2022 (38)",
        "",
    ],
)
def test_what_is_meant_is_left_alone(text: str, speller: Speller) -> None:
    assert speller.correct(text) == text


def test_every_word_of_the_documents_is_known(index: Index, speller: Speller) -> None:
    for document in index.documents.values():
        for line in filter(str.strip, document.text.splitlines()[:40]):
            assert speller.correct(line) == line


@given(text=st.text(max_size=80))
def test_only_words_change(text: str, speller: Speller) -> None:
    """What stands between the words stays, and a text mended twice is mended once."""
    mended = speller.correct(text)
    kept = [c for c in text if not c.isalnum() and not c.isspace() and c not in "'’_"]
    assert [c for c in kept if c not in mended] == []


def test_only_later_years_are_later(speller: Speller) -> None:
    assert speller.is_later(["2099"])
    assert not speller.is_later(["2014", "2022"])
    assert not speller.is_later([])


@given(st.lists(st.text("abceghinoprstuxyzé'", max_size=9), min_size=1, max_size=6))
def test_words_sound_together_as_they_sound_alone(words: list[str]) -> None:
    assert sounds(words) == [sound(word) for word in words]


@pytest.mark.parametrize(("typed", "meant"), [("meri", "mairie"), ("finansement", "financement")])
def test_words_that_are_said_alike_sound_the_same(typed: str, meant: str) -> None:
    assert sound(typed) == sound(meant)
