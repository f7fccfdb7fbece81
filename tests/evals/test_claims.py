"""A claim is found as whole words and numbers, whatever way its amount is written."""

import pytest

from evals.metrics.claims import says


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Le budget est de 152\u202f000\u00a0€.", "152 K Euros"),
        ("152 mille euros", "152 K"),
        ("152k€ par an", "152 000 euros"),
        ("5 Millions d’Euros", "5 M€"),
        ("soit 10,8 millions d'euros", "10 800 000"),
        ("100,000 euros per year", "100 000 euros"),
        ("100 000, puis rien", "100 000"),
        ("L'article 9 de la loi", "9"),
        ("animée par **2 ETP** [12].", "2 ETP"),
        ("les 2 [3] ETP", "2 ETP"),
        ("autofinancé à 32 %", "32%"),
        ("L’ÉLU A DIT", "l'élu a dit"),
        ("voir www.rtes.fr.", "rtes.fr"),
        ("Labo de l’ESS", "Labo de l"),
        ("écrire à a@b.fr", "@"),
    ],
)
def test_it_is_said(text: str, claim: str) -> None:
    assert says(text, claim)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("en 2019", "9"),
        ("9,5 millions", "9"),
        ("12 ETP", "2 ETP"),
        ("2 ETPS", "2 ETP"),
        ("1 100 000 euros", "100 000"),
        ("152 000 euros", "152"),
        ("l'agriculture", "culture"),
        ("voir [9]", "9"),
        ("152", "152 K"),
        ("", "9"),
        ("tout", "**"),
    ],
)
def test_it_is_not_said(text: str, claim: str) -> None:
    assert not says(text, claim)
