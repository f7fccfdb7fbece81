"""Words: French typography, accents typed or not, and where each token stands."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.words import content, fold, ngrams, stem, stopwords, tokens


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Économie", "economie"),
        ("l’ŒUVRE", "l'oeuvre"),
        ("ÉLU", "elu"),
        ("50\u202f000\u00a0€", "50 000 €"),
        ("e\u0301lu", "elu"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'économie", ["économie"]),
        ("L’ÉCONOMIE", ["ÉCONOMIE"]),
        ("jusqu'à l'Isère, qu’une", ["à", "Isère", "une"]),
        ("aujourd'hui", ["aujourd'hui"]),
        ("« mise\u00a0en\u202fœuvre »", ["mise", "en", "œuvre"]),
        ("inter-collectivités", ["inter", "collectivités"]),
        ("50 000 € et 50\u202f000", ["50 000", "et", "50\u202f000"]),
        ("152 K€ en 2020-2030", ["152", "K", "en", "2020-2030"]),
        ("en 2013 108 projets", ["en", "2013", "108", "projets"]),
        ("2A (38)", ["2A", "38"]),
        ("élu.e.s et acteur.rice.s", ["élu", "et", "acteur"]),
        ("what's new, don't", ["what", "new", "don't"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "family",
    [
        "emploi emplois EMPLOI",
        "élu élus élue élues elu ELUES",
        "financer financement financée finance",
        "régional régionaux regionale",
        "créer créé créée creer",
        "réseau réseaux reseaux",
        "intérêt interets INTÉRÊT",
    ],
)
def test_one_stem_for_a_family(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_stems_keep_different_things_apart() -> None:
    assert stem("insertion") != stem("inscription")
    assert stem("meetings", "en") == stem("meeting", "en")
    assert stem("50\u202f000") == stem("50 000") == "50000"


def test_stopwords_are_folded() -> None:
    assert {"a", "ou", "etre"} <= stopwords("fr")
    assert "but" in stopwords("en")
    assert "but" not in stopwords("fr")
    assert stopwords() == stopwords("fr") | stopwords("en")


def test_content_leaves_function_words_out() -> None:
    assert [token.text for token in content("Qu’est-ce que l'économie ?")] == ["économie"]


def test_ngrams_mark_edges() -> None:
    assert ngrams("l'Élu") == ["_elu", "elu_"]
    assert ngrams("le") == ["_le_"]
    assert ngrams("œuf", 3) == ["_oe", "oeu", "euf", "uf_"]


@pytest.mark.parametrize(
    ("plural", "other"),
    [
        ("financent", "financer"),
        ("aident", "aide"),
        ("représentent", "représenter"),
        ("accompagnent", "accompagnement"),
        ("augmentent", "augmenter"),
    ],
)
def test_what_they_do_is_what_one_does(plural: str, other: str) -> None:
    assert stem(plural) == stem(other)


@pytest.mark.parametrize("word", ["agent", "moment", "vent", "cent", "ciment"])
def test_short_nouns_and_those_in_ment_keep_their_ending(word: str) -> None:
    assert stem(word) == word
