"""The check on invented passages: each reason to doubt, and what gives none."""

import pytest

from assistant.generate.check import judge
from assistant.generate.check.evidence import Evidence
from assistant.generate.check.marks import marks
from assistant.generate.check.values import values
from assistant.generate.sentences import split
from assistant.index import Index, context
from assistant.types import Language

LENT = "La ville de Grenoble prête un local de 40 m² à certaines associations depuis mars 2019."
PAID = "Le département de l'Isère a versé 12 000 euros et finance 32 % du poste de Nadia Perrin."
PLAN = "La région envisage de financer deux véhicules ; elle ne paie pas les loyers."
AID = (
    "L'aide, de 35 000 € la première année et 25 000 € la deuxième, n'est versée qu'aux communes. "
    "La reconduction de l'aide reste subordonnée à un bilan. Le jury peut retirer le label."
)
VOTE = "Le conseil a voté le 21 mars 2023 ; le bilan a été remis le 30 septembre 2024."
POOL = (
    "Au bout d'un an, 46 stagiaires avaient un contrat, dont 19 à durée indéterminée. Le loyer est "
    "de 3 € par mètre carré et par an. Mme Perrin suspend l'embauche. M. Morel propose de refaire "
    "le bilan. Le jury n'a pas examiné les comptes de la régie."
)
QUOTES = (LENT, PAID, PLAN, AID, VOTE, POOL)
KNOWN = {n: Evidence(n, quote) for n, quote in enumerate(QUOTES, 1)}


def reasons(text: str, language: Language = "fr") -> set[str]:
    """What speaks against a sentence."""
    (sentence,) = split(text)
    return set(judge(sentence, KNOWN, language).why)


@pytest.mark.parametrize(
    "text",
    [
        "Depuis mars 2019, certaines associations ont un local prêté par la ville de Grenoble [1].",
        "Le département de l'Isère a versé 12 000 € [2].",
        "Près d'un tiers du poste de Nadia Perrin est financé par le département de l'Isère [2].",
        "La région envisage de financer deux véhicules [3].",
        "La région ne paie pas les loyers [3].",
        "Grenoble prête un local à certaines associations [1] et l'Isère a versé 12 000 euros [2].",
        "Concrètement, un local est prêté à certaines associations par la ville de Grenoble [1].",
        "Qui finance le poste ? Le département de l'Isère finance 32 % du poste [2].",
        "L'aide, de 35 000 € la première année, baisse de 10 000 € la deuxième année [4].",
        "Seules les communes reçoivent l'aide, de 35 000 € la première année [4].",
        "Le bilan a été remis le 30 septembre 2024 [5].",
        "Au bout d'un an, 46 stagiaires avaient un contrat [6].",
        "Le loyer est de 3 € par an et par mètre carré [6].",
        "Mme Perrin suspend l'embauche [6].",
    ],
)
def test_what_the_passages_say_is_supported(text: str) -> None:
    assert reasons(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The Isère département paid 12,000 euros [2].",
        "The city of Grenoble lends premises to certain associations [1].",
        "The region is considering funding two vehicles [3].",
    ],
)
def test_it_may_be_said_in_english(text: str) -> None:
    assert reasons(text, "en") == set()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("La ville de Grenoble prête un local de 60 m² à certaines associations [1].", "value"),
        ("Le département de l'Isère a versé 12 000 dollars de cotisation [2].", "value"),
        ("Grenoble prête un local à certaines associations depuis mai 2019 [1].", "value"),
        ("Le département de l'Isère finance 32 % du poste de Nadia Morel [2].", "name"),
        ("La ville de Lyon prête un local à certaines associations [1].", "place"),
        ("La région a versé 12 000 euros [2].", "level"),
        ("La ville de Grenoble ne prête pas de local aux associations [1].", "negation"),
        ("La région paie les loyers [3].", "negation"),
        ("La région finance deux véhicules [3].", "modal"),
        ("Le département de l'Isère doit verser 12 000 euros [2].", "modal"),
        ("La ville de Grenoble prête un local à toutes les associations [1].", "scope"),
        ("Seule la ville de Grenoble prête un local à certaines associations [1].", "scope"),
        ("Le département de l'Isère a versé plus de 12 000 euros [2].", "bound"),
        ("Le département a versé 12 000 euros parce que le poste est financé [2].", "cause"),
        ("Grenoble prête un local [2].", "place"),
        ("Le maire de Grenoble prête un local à certaines associations [1].", "office"),
        ("L'Isère a versé 12 000 euros pour attirer Nadia Perrin [2].", "purpose"),
        ("Nadia Perrin finance 32 % du poste du département de l'Isère [2].", "roles"),
        ("La ville de Grenoble prête un local, voir www.exemple.fr/local [1].", "address"),
        ("La ville de Grenoble prête <b>un local</b> [1].", "markup"),
        ("La ville de Grenoble prête un local [9].", "marker"),
        ("The Isère département paid 12,000 euros for it [2].", "language"),
        ("L'aide est de 35 000 € par mois la première année [4].", "period"),
        ("Le jury doit retirer le label [4].", "modal"),
        ("La reconduction de l'aide est acquise [4].", "modal"),
        ("Le conseil a voté le 30 mars 2023 [5].", "date"),
        ("Aucun bilan n'a été remis le 30 septembre 2024 [4].", "value"),
        ("La ville de Grenoble paie les loyers des véhicules [1][3].", "joined"),
        ("Au bout d'un an, 46 stagiaires avaient un contrat à durée indéterminée [6].", "another"),
        ("Le loyer est de 3 € par mètre carré et par mois [6].", "by"),
        ("Le loyer est de 3 € par mètre carré [6].", "by"),
        ("M. Morel suspend l'embauche [6].", "unbound"),
        ("M. Morel refait le bilan [6].", "unmarked"),
        ("Le jury a examiné de près les comptes de la régie [6].", "unmarked"),
        ("Mme Perrin suspend l'embauche, la mairie ayant vendu ses véhicules [6].", "untold"),
        ("L'Isère a versé 12 000 euros [1] et Grenoble prête un local [2].", "astray"),
    ],
)  # fmt: skip
def test_what_they_do_not_say_is_not(text: str, reason: str) -> None:
    assert reason in reasons(text)


def test_words_that_nothing_tells_are_not_kept() -> None:
    (sentence,) = split("La ville de Grenoble élève des moutons et tond les pelouses [1].")
    assert judge(sentence, KNOWN, "fr").support != "supported"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("152 K Euros", "152\u202f000 €"), ("€152,000", "152 mille euros"),
        ("32 %", "32 pour cent"),
        ("quarante-deux", "42 pôles"), ("forty-two clusters", "42"),
        ("douze salariés", "12 salariés"), ("twelve people", "12 personnes"), ("mai", "May 2013"),
        ("1,5 million d'euros", "1.5 million euros"), ("en sept/oct", "September, October"),
        ("un quart", "one in four"), ("un jeune sur trois", "one enrolled student in three"),
        ("entre 80 et 150 €", "80 euros"), ("le 1er février", "1 February"),
        ("trois quarts", "three quarters"), ("0,12 €", "12 cents more"), ("the 1990s", "1990"),
    ],
)  # fmt: skip
def test_one_value_however_it_is_written(one: str, other: str) -> None:
    assert values(one)[0].key in {v.key for v in values(other)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30 %", "30 euros"),
        ("30 ans", "31 ans"),
        ("12 500", "12,5"),
        ("mai", "5"),
        ("deux mairies sur trois sites", "deux sur trois"),
        ("1 200 à des tiers", "un tiers"),
    ],
)
def test_two_values(one: str, other: str) -> None:
    assert values(one)[0].key != values(other)[0].key


def test_marks_are_read_whatever_the_accents() -> None:
    assert [m.kind for m in marks("Il n’est pas né grâce à eux", "fr")] == [
        "negation", "negation", "cause",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Elle n’est versée qu’aux communes", ["only"]),
        ("Le chantier n’a commencé qu’en octobre", ["merely"]),
        ("Il ne dit pas que tout va", ["negation", "negation", "all"]),
        ("Voir le n° 3", []),
    ],
)
def test_a_restriction_denies_nothing(text: str, kinds: list[str]) -> None:
    assert [m.kind for m in marks(text, "fr")] == kinds


def test_every_sentence_of_the_documents_is_supported_by_its_passage(index: Index) -> None:
    """What is copied whole is never taken out."""
    passages = [p for p in index.order if p.units][::6]
    lost = [
        sentence.text
        for p in passages
        for sentence in split(" ".join(p.text.split()) + " [1]")
        if "<" not in sentence.text and sentence.numbers
        and judge(sentence, {1: _of(p.text, index, p.id)}, "fr").support != "supported"
    ]  # fmt: skip
    assert lost == []


def _of(text: str, index: Index, passage_id: str) -> Evidence:
    passage = index.passages[passage_id]
    return Evidence(1, text, context(passage, index.documents[passage.source_id]))
