"""The values that a text states: each kind as it is written in French documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.slots import FINDERS, find, organisations, years

CASES = [
    ("amount", "un budget de 152 K€ et de 5 Millions d’Euros", ["152 K€", "5 Millions d’Euros"]),
    ("amount", "2 000 euros et 50\u202f000\u00a0€", ["2 000 euros", "50\u202f000\u00a0€"]),
    ("amount", "152 K Euros autofinancé à 32%", ["152 K Euros"]),
    ("amount", "108 projets en 2021, article 9", []),
    ("date", "le 28 février 2014 puis en mai 2021", ["28 février 2014", "mai 2021"]),
    ("date", "à compter du 1er juillet", ["1er juillet"]),
    ("date", "180 collectivités et 42 pôles", []),
    ("year", "de 1999 à 2014, pour 12014 euros", ["1999", "2014"]),
    ("person", "Jérôme Viaud, président du Pays de Grasse", ["Jérôme Viaud"]),
    ("person", "Référent équipe : Anne-Laure Federici.", ["Anne-Laure Federici"]),
    ("person", "Mme Dupont et M. Martin", ["Mme Dupont", "M. Martin"]),
    ("person", "Auvergne Rhône Alpes et Régions de France", []),
    ("url", "voir www.rtes.fr. Ou bien (https://www.ess-france.org/a),", ["www.rtes.fr", "https://www.ess-france.org/a"]),
    ("url", "écrire à la mairie", []),
    ("count", "42 dynamiques, 13 pôles et douze salariés", ["42", "13", "douze"]),
    ("count", "Grenoble (38), fiche n°5, article 9, le 1er, page 3, axe 3", []),
    ("count", "en 2014, 32% de 100 000 euros", []),
    ("count", "plus de 180 collectivités, un pôle", ["180"]),
    ("percent", "32% et 4,5 %", ["32%", "4,5 %"]),
    ("phone", "au 05 65 00 00 00 ou au +33 5 65 00 00 00", ["05 65 00 00 00", "+33 5 65 00 00 00"]),
    ("phone", "en 2013 108 projets de 100 000 euros", []),
    ("email", "contact@val-aubrac.example.fr", ["contact@val-aubrac.example.fr"]),
    ("email", "www.rtes.fr", []),
    ("duration", "deux ans, puis 6 mois", ["deux ans", "6 mois"]),
    ("time", "à 14h30", ["14h30"]),
    ("prose", "tout ce qu'on veut, 42", []),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected"), CASES)
def test_values(kind: str, text: str, expected: list[str]) -> None:
    assert sorted(find(kind, text)) == sorted(expected)


def test_years() -> None:
    assert years("entre 2013 et 2016, pas 20130") == {"2013", "2016"}


def test_organisations_are_not_the_subject_itself() -> None:
    found = organisations("Le PTCE est soutenu par le RTES et par le Labo.")
    assert "PTCE" not in found
    assert {"RTES", "Labo"} <= set(found)


@given(text=st.text(max_size=120), kind=st.sampled_from(sorted(FINDERS)))
def test_values_are_words_of_the_text(text: str, kind: str) -> None:
    found = find(kind, text)
    if kind != "where":  # a place is told by its name, however it is written
        assert all(value in text for value in found)
