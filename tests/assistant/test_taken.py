"""Two questions in one, what a question takes for granted, a thing named alone, things unknown."""

import pytest

from assistant.index import Index
from tests.assistant.asking import asked, quoted


@pytest.mark.parametrize(
    ("question", "said", "missing"),
    [
        (
            "La Région Pays de la Loire, elle soutient quoi, et elle donne combien par pôle ?",
            "fonction animation/coordination",
            "le montant",
        ),
        ("C'est quoi, la halle de Grenoble ? Elle a coûté combien ?", "halle industrielle", "mont"),
        ("Le référent de la fiche action 5, et son numéro de portable ?", "Federici", "téléphone"),
        ("What does the Oise support? And what is their phone number?", "Oise", "telephone"),
    ],
)
def test_of_two_questions_the_one_that_is_told(
    question: str, said: str, missing: str, index: Index
) -> None:
    answer = asked(index, question)
    assert (answer.status, said in quoted(answer)) == ("partial", True)
    assert missing in (answer.missing or "")


def test_a_value_that_is_not_told_is_still_refused(index: Index) -> None:
    assert asked(index, "Combien a coûté la halle de Grenoble, exactement ?").status == "refused"


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Pourquoi est-il interdit d'entrer au capital d'une SCIC ?", "interdit"),
        ("Les PTCE sont réservés au milieu urbain, et pas au milieu rural ?", "réservés au"),
        ("L'étude a porté sur 108 pôles, n'est-ce pas ?", "108"),
    ],
)
def test_what_is_taken_for_granted_is_told_apart(question: str, claim: str, index: Index) -> None:
    answer = asked(index, question)
    assert answer.status == "partial"
    assert claim in (answer.missing or "")


@pytest.mark.parametrize(
    "question",
    ["Est-ce que la commune peut donner un terrain ?", "Qu'est-ce que la région peut faire ?"],
)
def test_a_question_takes_nothing_for_granted(question: str, index: Index) -> None:
    assert asked(index, question).status == "answered"


@pytest.mark.parametrize("question", ["ptce", "Les PTCE ?", "parle-moi des PTCE"])
def test_a_thing_named_alone_is_defined(question: str, index: Index) -> None:
    assert "regroupement sur un même territoire" in quoted(asked(index, question))


@pytest.mark.parametrize(
    "question",
    [
        "Un PTCE paie-t-il la TVA ?",
        "Faut-il une délibération pour un PTCE ?",
        "J'ai 900 habitants : trop petit pour un PTCE ?",
        "Peut-on licencier un agent pendant sa période d'essai ?",
    ],
)
def test_what_no_document_names_is_refused(question: str, index: Index) -> None:
    assert asked(index, question).status == "refused"


def test_a_person_who_is_named_is_told_of(index: Index) -> None:
    assert "président du Pays de Grasse" in quoted(asked(index, "C'est qui, Jérôme Viaud ?"))


def test_two_places_stand_side_by_side(index: Index) -> None:
    answer = asked(index, "Oise et Pays de la Loire : quelle différence ?")
    assert "conseil départemental de l'Oise" in quoted(answer)
    assert "Région Pays de la Loire" in quoted(answer)


def test_a_list_of_what_there_is_in_a_place(index: Index) -> None:
    assert "Fabricanova" in quoted(asked(index, "liste des PTCE du 38"))


@pytest.mark.parametrize("question", ["Et dans le Rhône, vous avez quoi ?", "exemples en AURA"])
def test_what_there_is_in_a_place(question: str, index: Index) -> None:
    assert "Pôle Habitat Durable" in quoted(asked(index, question))


def test_the_list_of_as_many_items_as_said(index: Index) -> None:
    assert len(asked(index, "Les 8 leviers du guide").citations) >= 8


def test_why_asked_without_the_word(index: Index) -> None:
    answer = asked(index, "Un PTCE, ça peut m'apporter quoi ?")
    assert "Pour encourager la participation citoyenne" in quoted(answer)
