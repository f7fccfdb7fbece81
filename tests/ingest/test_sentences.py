"""French sentences: where they end and where they only seem to."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Voir l'art. 9 de la loi.",
        "L'article L. 1111-4 du code s'applique.",
        "Selon M. Viaud et Mme. Chatelais, le pôle avance.",
        "Selon M. le président, rien ne change.",
        "Le site www.rtes.fr/les-roles.html existe.",
        "Les dispositifs (DLA, etc.) Régionaux aident.",
        "La fiche n° 5 et la p. 12 le disent.",
        "Des locaux, du matériel... et des terrains.",
        "Une salle (louée. Puis achetée.) et un jardin.",
        "Il a dit « Nous avançons. Nous voulons plus. » à Grasse.",
        "1. Aider au repérage des élu.e.s.",
        "Un budget de 3.5 M€ en 2014",
        "J. Viaud préside.",
    ],
)
def test_one_sentence(whole: str) -> None:
    assert cut(whole) == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        ["Le poste est financé.", "Le pôle dure."],
        ["Il cite « PTCE émergents ».", "Fin."],
        ["« Nous avançons. »", "Le maire approuve."],
        ["Le dispositif aide 108 projets.", "15 lauréats sont financés."],
        ["L'appel date de 2013.", "Il est renouvelé."],
        ["Actualiser l'étude ?", "Pas en 2021."],
        ["Le pôle grandit (voir la carte).", "Il recrute."],
        ["Des locaux…", "Des terrains !", "À suivre."],
        ['La loi dit "un pôle est un groupement."', "Article 9"],
        ["Une filière, un réseau, etc.", "Les élus suivent."],
        ["Il aide les élu.e.s.", "Œuvrer ensemble compte."],
    ],
)
def test_several_sentences(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


def test_a_full_stop_glued_to_the_next_sentence() -> None:
    assert cut("Le poste est financé.Le pôle dure.") == ["Le poste est financé.", "Le pôle dure."]
    assert cut("Voir www.exemple.Org/Page pour tout.") == ["Voir www.exemple.Org/Page pour tout."]


def test_a_long_quotation_is_cut_inside() -> None:
    said = "« " + " ".join(["Les pôles associent des acteurs du territoire."] * 30) + " »"
    assert len(cut(said)) > 20


def test_a_scrap_joins_its_neighbour() -> None:
    assert cut("Le pôle avance. » Il recrute.")[-1] == "Il recrute."
    assert cut("!? Il recrute.") == ["!? Il recrute."]


@given(st.text(alphabet="aÀ é.!?…»«()\"'[]12 \u00a0LMp", max_size=80))
def test_spans_cover_all_that_is_written(text: str) -> None:
    spans = sentences(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
