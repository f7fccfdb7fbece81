"""The names in several words of some texts: what they are, and where a question says one."""

from collections.abc import Iterator
from itertools import pairwise, product
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index import words_of
from assistant.proper import Name, among, find, names
from assistant.types import Document, Source

KNOWN = among(
    "Graines de Corbières\nGraines de Corbières Sud\nCorbières Sud\nGrand Large\nÎle aux Outils"
)


def found(text: str, known: frozenset[Name] = KNOWN) -> list[str]:
    return [text[start:end] for start, end in find(text, known)]


# ---------------------------------------------------------------- what the documents write


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Avec Graines de Corbières, tout pousse.", ["Graines de Corbières"]),
        ("L’Île aux Outils prête des scies.", ["Île aux Outils"]),
        ("la Fabrique de Demain et la Halle du Pré", ["Fabrique de Demain", "Halle du Pré"]),
        ("Les Ateliers du Zéphyr ont ouvert.", ["Ateliers du Zéphyr"]),
        ("l'Association La Clé des Champs", ["Clé des Champs"]),
        ("la Communauté de communes Terres d'Ardelle", ["Terres d'Ardelle"]),
        ("M. Jean Dupré et Mme Anne Kervella", ["Anne Kervella", "Jean Dupré"]),
        ("Mme Kervella", ["Mme Kervella"]),
        ("la Commune de Terres Neuves", ["Terres Neuves"]),
        ("Zéphyr", []),
        ("Le Zéphyr ouvre.", []),
        ("LES ATELIERS DU ZÉPHYR ONT OUVERT", []),
        ("À Saint-Étienne, en Loire-Atlantique", []),
        ("le Conseil Départemental", []),
        ("", []),
        (" \n.,;", []),
    ],
)
def test_a_name_is_told_without_what_introduces_it(text: str, told: list[str]) -> None:
    assert names([text]) == told


def test_what_is_also_written_small_is_no_name() -> None:
    """Of any document, and in its first two words: « Grand Large » is none where one is large."""
    assert names(["Le Grand Large accueille."]) == ["Grand Large"]
    assert names(["Le Grand Large accueille.", "Un grand large s'ouvre."]) == []
    assert names(["Le Grand Large accueille.", "Grand large, il ouvre."]) == []
    assert names(["La Halle du Pré Vert ouvre.", "une halle du pré"]) == []
    assert names(["La Halle du Pré ouvre.", "un pré, puis une halle"]) == ["Halle du Pré"]


@given(texts=st.lists(st.text(max_size=80), max_size=4))
def test_every_name_stands_in_a_text_and_is_read_back(texts: list[str]) -> None:
    told = names(texts)
    assert told == sorted(set(told))
    assert all(any(name in text for text in texts) for name in told)
    for name in told:
        assert found(name, among(name)), name


def document(text: str) -> Document:
    source = Source(
        id="a", kind="guide", title="A", publisher="RTES", date="2020", sha256="0", obtained="Saisi"
    )
    return Document(source=source, text=text, raw=text, pieces=())


def test_the_small_letters_of_an_address_unmake_no_name() -> None:
    said = "Graines de Corbières répond : {} ."
    for address in (
        "https://graines-de-corbieres.example",
        "www.graines-de-corbieres.example/graines-de-corbieres",
        "bonjour@graines-de-corbieres.example",
    ):
        written = words_of([document(said.format(address))]).splitlines()
        assert "Graines de Corbières" in written
        assert "example" not in written


def test_the_list_of_what_is_written_gives_back_its_names_alone() -> None:
    written = words_of([document("L’Île aux Outils prête 1 000 scies aujourd’hui.")])
    assert among(written) == {("ile", "outils")}
    assert among("") == among("Le Grand\nGraines\n1 000\naujourd'hui") == frozenset()


# ---------------------------------------------------------------- what a question names


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("que fait graines de corbieres ?", ["graines de corbieres"]),
        ("QUE FAIT GRAINES DE CORBIÈRES ?", ["GRAINES DE CORBIÈRES"]),
        ("l'ile aux outils, le grand-large", ["ile aux outils", "grand-large"]),
        ("Graines de Corbières Sud ?", ["Graines de Corbières Sud"]),
        ("graines de corbières, sud", ["graines de corbières, sud"]),
        ("graines de corbières nord", ["graines de corbières"]),
        ("Corbières a des graines", []),
        ("des graines d'ici, de corbières", ["graines d'ici, de corbières"]),
        ("graines", []),
        ("", []),
        ("?!", []),
    ],
)
def test_a_name_is_found_however_it_is_typed(text: str, told: list[str]) -> None:
    assert found(text) == told


def test_no_name_is_known_and_none_is_found() -> None:
    assert found("Graines de Corbières", frozenset()) == []


class Counted(frozenset[Name]):
    """Names that count how often they are looked at."""

    looks = 0

    def __contains__(self, name: object) -> bool:
        type(self).looks += 1
        return super().__contains__(name)

    def __iter__(self) -> Iterator[Name]:
        for name in super().__iter__():
            type(self).looks += 1
            yield name


def test_thousands_of_names_cost_a_question_no_more_than_ten() -> None:
    words = ["".join(letters) for letters in product(ascii_lowercase, repeat=3)]
    listed = [(f"x{one}", f"y{other}") for one, other in pairwise(words)]
    few, many = Counted(listed[:10]), Counted(listed)
    text = f"Combien gagne X{words[0]} Y{words[1]} à Niort, et qui y siège depuis 2019 ?"
    looks = []
    for known in (few, many):
        found(text, known)  # what is read of all of them is read once
        Counted.looks = 0
        assert found(text, known) == [f"X{words[0]} Y{words[1]}"]
        looks.append(Counted.looks)
    assert looks[0] == looks[1] <= len(text.split()) * 2
