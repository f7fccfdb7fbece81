"""What is given beside a question (sources, échelon, place) has an effect."""

import pytest

from assistant.index import Index
from assistant.types import Echelon
from tests.assistant.asking import BROAD, CASES, LEVELS, asked, cited
from tests.assistant.proof import check


def test_sources_asked_for_are_the_only_ones(index: Index) -> None:
    for case in CASES[::6]:
        for source_id in index.documents:
            answer = asked(index, case.question, *case.history, sources=(source_id,))
            check(answer, index)
            told = {c.source_id for c in answer.citations}
            told |= {n.source_id for n in answer.nearest}
            assert told <= {source_id}, case.id


def test_a_source_that_does_not_say_is_refused(index: Index) -> None:
    question = "Qui a lancé l'AMI « PTCE émergents » ?"
    given = ("etude-restitution-2014",)
    assert asked(index, question, sources=given).status == "refused"
    assert asked(index, question, sources=("points-de-reperess-aura-2022",)).status == "answered"


@pytest.mark.parametrize("echelon", LEVELS)
def test_the_echelon_given_is_answered_first(echelon: Echelon, index: Index) -> None:
    answer = asked(index, "Quel rôle pouvons-nous jouer auprès d'un PTCE ?", echelon=echelon)
    assert answer.status == "answered"
    first = index.passages[answer.citations[0].passage_id]
    assert echelon in first.echelons


def test_the_place_given_has_an_effect(index: Index) -> None:
    question = "Avez-vous un exemple de PTCE près de chez nous ?"
    answers = {place: asked(index, question, place=place) for place in ("60", "Oise", "oise", "38")}
    places = [index.passages[c.passage_id].places for c in answers["60"].citations]
    assert any("60" in named for named in places)
    assert cited(answers["60"]) == cited(answers["Oise"]) == cited(answers["oise"])
    assert cited(answers["60"]) != cited(answers["38"])


def test_a_place_given_without_examples_is_told(index: Index) -> None:
    answer = asked(index, "Quel exemple de PTCE près de chez moi ?", place="29")
    assert answer.status == "partial"
    assert "Finistère" in (answer.missing or "")


def test_an_echelon_of_the_question_outweighs_the_one_given(index: Index) -> None:
    answer = asked(index, BROAD, echelon="commune")
    assert "departement" in index.passages[answer.citations[0].passage_id].echelons
