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
KNOWN = {1: Evidence(1, LENT), 2: Evidence(2, PAID), 3: Evidence(3, PLAN)}


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
        ("La ville de Grenoble prête un local [4].", "marker"),
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
    ],
)  # fmt: skip
def test_one_value_however_it_is_written(one: str, other: str) -> None:
    assert values(one)[0].key in {v.key for v in values(other)}


@pytest.mark.parametrize(
    ("one", "other"), [("30 %", "30 euros"), ("30 ans", "31 ans"), ("12 500", "12,5"), ("mai", "5")]
)
def test_two_values(one: str, other: str) -> None:
    assert values(one)[0].key != values(other)[0].key


def test_marks_are_read_whatever_the_accents() -> None:
    assert [m.kind for m in marks("Il n’est pas né grâce à eux", "fr")] == [
        "negation", "negation", "cause",
    ]  # fmt: skip


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
