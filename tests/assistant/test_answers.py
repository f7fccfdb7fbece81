"""Each kind of question is met as it should: three states, whole lists, broad questions."""

import re

import pytest

from assistant.index import Index
from assistant.types import Echelon
from tests.assistant.asking import LEVELS, asked, quoted
from tests.assistant.proof import check

# ---------------------------------------------------------------- three states


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Qu'est-ce qu'un PTCE ?", "regroupement sur un même territoire d'entreprises"),
        ("Qui a lancé l'AMI « PTCE émergents » ?", "Olivia Grégoire"),
        ("Quel financement les 15 lauréats ont-ils reçu ?", "100 000 euros"),
        ("Quand la charte des PTCE a-t-elle été actualisée ?", "juillet 2021"),
        ("Une collectivité peut-elle entrer au capital d'une SCIC ?", "capital de la SCIC"),
        ("Qui est le référent équipe de la fiche-action n°5 ?", "Anne-Laure Federici"),
        ("Que fait le conseil départemental de l'Oise pour les PTCE ?", "Oise soutient plusieurs"),
        ("C'est quoi le budget d'une cellule d'animation de PTCE ?", "152 K Euros"),
        ("Qui contacter pour démarrer ?", "principales portes d'entrée"),
    ],
)
def test_what_the_documents_say_is_answered(question: str, said: str, index: Index) -> None:
    answer = asked(index, question)
    assert answer.status == "answered"
    assert said in quoted(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le numéro de téléphone du président du Pays de Grasse ?",
        "Quelle est l'adresse mail de Marie Chatelais ?",
        "Quel est le budget annuel de Fabricanova ?",
        "Combien de salariés compte le PTCE Atelier d'Art de Vichy ?",
        "Quel est le montant voté par la commune de Belleville-en-Beaujolais pour les locaux ?",
        "En quelle année est née la SCIC Tetris ?",
        "À quelle heure commence le séminaire avec l'Institut Godin ?",
        "Qui est le maire de Cusset ?",
        "Quelle est la recette du cassoulet ?",
        "Who won the football world cup?",
        "Qui va gagner les municipales ?",
        "Combien y a-t-il de PTCE en France ?",
        "Que dit l'article 9 de la loi NOTRe ?",
        "What do the letters DLA stand for?",
        "Que fait le Gers ?",
    ],
)
def test_what_the_documents_do_not_say_is_refused(question: str, index: Index) -> None:
    answer = asked(index, question)
    assert answer.status == "refused"
    check(answer, index)


@pytest.mark.parametrize(
    "question",
    ["Bonjour", "Merci beaucoup !", "Hello", "Es-tu une vraie personne ?", "Au revoir"],
)
def test_small_talk_is_met_without_sources(question: str, index: Index) -> None:
    answer = asked(index, question)
    assert (answer.status, answer.citations, answer.nearest) == ("refused", (), ())


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("Combien de collectivités le RTES réunit-il aujourd'hui ?", "2022"),
        ("Combien de projets bénéficient actuellement de la saison 3 ?", "2022"),
    ],
)
def test_what_holds_now_is_partial_with_the_date(question: str, date: str, index: Index) -> None:
    answer = asked(index, question)
    assert answer.status == "partial"
    assert date in (answer.missing or "")
    dated = question.replace(" aujourd'hui", "").replace(" actuellement", "")
    assert asked(index, dated).status == "answered"
    assert quoted(asked(index, dated)) in quoted(answer)  # which may say more of what came since


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Les 30 lauréats ont-ils dépensé les 100 000 euros ?", "30"),
        ("Pourquoi le terme de PTCE est-il né en 2005 ?", "2005"),
    ],
)
def test_a_false_premise_is_told(question: str, said: str, index: Index) -> None:
    answer = asked(index, question)
    assert answer.status == "partial"
    assert said in (answer.missing or "")


# ---------------------------------------------------------------- whole lists, broad questions


def test_the_eight_levers_are_eight(index: Index) -> None:
    answer = asked(index, "Quels sont les huit leviers pour développer les PTCE ?")
    assert answer.status == "answered"
    assert len(answer.citations) == 8
    assert {c.passage_kind for c in answer.citations} == {"lever"}
    assert len({c.passage_id for c in answer.citations}) == 8


@pytest.mark.parametrize(
    "question",
    [
        "Comment soutenir et s'appuyer sur un PTCE ?",
        "De quelles façons une collectivité peut-elle soutenir un PTCE ?",
        "Comment soutenir un PTCE ?",
    ],
)
def test_the_six_ways_to_support_are_whole(question: str, index: Index) -> None:
    answer = asked(index, question)
    said = quoted(answer)
    for way in ("repérage", "fonctionnement", "investissement", "ingénierie", "foncier"):
        assert way in said
    assert "Faire appel aux biens et services" in said


def test_items_come_with_the_sentence_that_they_complete(index: Index) -> None:
    answer = asked(index, "La région donne-t-elle des sous aux PTCE ?")
    said = quoted(answer)
    assert said.index("en soutenant le financement de :") < said.index("animation/coordination")


def test_the_list_of_another_echelon_does_not_answer(index: Index) -> None:
    answer = asked(index, "Mon département peut-il financer un PTCE ?")
    assert answer.citations
    assert "Pays de la Loire" not in " ".join(
        " ".join(c.section) + c.quote for c in answer.citations
    )
    assert "la fonction animation/coordination des parties prenantes" not in quoted(answer)


@pytest.mark.parametrize("question", ["Quels PTCE dans le Rhône ?", "un exemple de PTCE du Rhône"])
def test_what_there_is_in_a_place_is_told_whole(question: str, index: Index) -> None:
    answer = asked(index, question)
    said = quoted(answer)
    assert answer.status == "answered"
    assert "Pôle Habitat Durable (69), PTCE porté" in said and "Belleville-en-Beaujolais" in said
    assert "Mai 2022" not in [c.quote for c in answer.citations]


def test_a_town_that_is_not_there_is_said_to_be_missing(index: Index) -> None:
    answer = asked(index, "Y a-t-il un PTCE à Villeurbanne ?")
    assert answer.status == "partial"
    assert "Villeurbanne" in (answer.missing or "")


def test_examples_asked_for_elsewhere_are_offered_as_nearest(index: Index) -> None:
    answer = asked(index, "Quel exemple de PTCE en Bretagne ?")
    assert answer.status == "refused" and not answer.citations
    assert {n.passage_kind for n in answer.nearest} == {"experience"}


def test_the_six_reasons_are_whole(index: Index) -> None:
    answer = asked(index, "Pourquoi soutenir et travailler avec un PTCE ?")
    said = quoted(answer)
    for reason in ("emplois non délocalisables", "décloisonnement", "prospective", "lisibilité"):
        assert reason in said
    assert "participation citoyenne" in said and "réseau national" in said


@pytest.mark.parametrize("echelon", LEVELS)
def test_a_broad_question_is_grouped_its_own_echelon_first(echelon: Echelon, index: Index) -> None:
    answer = asked(index, f"Comment {LEVELS[echelon]} peut-elle soutenir un PTCE ?")
    assert answer.status == "answered"
    assert len(re.findall(r"^### ", answer.answer, re.M)) >= 2
    first = index.passages[answer.citations[0].passage_id]
    assert first.kind == "role" and echelon in first.echelons
    others = set(LEVELS) - {echelon}
    for citation in answer.citations:
        levels = set(index.passages[citation.passage_id].echelons)
        assert not levels or echelon in levels or not levels & others, citation.quote
