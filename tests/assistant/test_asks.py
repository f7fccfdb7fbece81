"""What kind of answer a question wants first of all, by the words that it is asked with."""

import pytest

from assistant.types import Language
from assistant.understand.asks import asks
from assistant.words import fold_each

FRENCH = [
    # money by another name
    ("Quel est le loyer de l'atelier ?", "amount"),
    ("quels sont les salaires à la scierie", "amount"),
    ("le salaire de la directrice", "amount"),
    ("La boulangerie, son prix ?", "amount"),
    ("Quel chiffre d'affaires fait la scierie ?", "amount"),
    ("elle gagne combien ?", "amount"),
    ("prix moyen d'un panier", "amount"),
    ("Le loyer peut-il être offert ?", "prose"),
    ("Quelle remise au voisin ?", "amount"),
    ("Quel est leur prix ?", "amount"),
    ("Dis-moi le salaire moyen ici", "amount"),
    # a number of anything
    ("Combien pèse la filière ?", "count"),
    ("Combien de salaires sont versés ?", "amount"),
    ("Combien de cageots ?", "count"),
    # addresses
    ("Quelle est l'adresse de la scierie ?", "postal"),
    ("adresse de l'atelier", "postal"),
    ("Quelle est l'adresse mail de la scierie ?", "email"),
    ("Quelle est l'adresse du site ?", "url"),
    ("Le guide s'adresse-t-il aux maires ?", "prose"),
    ("Le guide adresse aux maires un rappel ?", "prose"),
    # times of day
    ("Quels horaires à l'atelier ?", "time"),
    ("Horaires ?", "time"),
    ("Pourquoi ces horaires décalés ?", "why"),
    # how long, until when
    ("Quel âge a la scierie ?", "duration"),
    ("date limite du dossier", "date"),
    ("date butoir du dossier", "date"),
    ("Une échéance pour le dossier ?", "date"),
    ("la deadline ?", "date"),
    # who sits somewhere
    ("Qui siège au comité ?", "list"),
    ("Qui siège et qui participe au jury ?", "list"),
    ("Qui est dans le jury ?", "list"),
    ("il y a qui autour de la table ?", "list"),
    ("Quelle est la composition du bureau ?", "list"),
    ("Qui est la directrice ?", "person"),
    # who, and what
    ("Quelle banque a prêté ?", "actor"),
    ("Quel notaire a signé ?", "actor"),
    ("Explique-moi ce qui porte la charpente", "prose"),
    ("Dis-moi qui porte la charpente", "actor"),
]  # fmt: skip
ENGLISH = [
    ("When did the sawmill open?", "date"),
    ("And when was it sold?", "date"),
    ("Is a grant due when a town buys wood?", "prose"),
    ("What is the rent of the workshop?", "amount"),
    ("what wage do they pay", "amount"),
    ("What was its yearly turnover?", "amount"),
    ("the price of a basket", "amount"),
    ("Who sits on the board?", "list"),
    ("members of the jury", "list"),
    ("Who is the director?", "person"),
]  # fmt: skip
CASES: list[tuple[Language, str, str]] = [
    *(("fr", *case) for case in FRENCH),
    *(("en", *case) for case in ENGLISH),
]


@pytest.mark.parametrize(("language", "text", "wanted"), CASES)
def test_what_is_wanted_first(language: Language, text: str, wanted: str) -> None:
    assert asks(fold_each(text), language)[0].wanted == wanted
    assert asks(fold_each(text.upper()), language)[0].wanted == wanted


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("text", ["", " ", "?", "qu'", "…", "0"])
def test_where_nothing_is_asked_nothing_is_wanted(language: Language, text: str) -> None:
    (ask,) = asks(text, language)
    assert (ask.wanted, ask.strict, ask.spans) == ("prose", False, ())
