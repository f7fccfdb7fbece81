"""Lists are given whole: where a sentence announces one, and where several items answer."""

from collections.abc import Sequence

import pytest

from assistant.ask import desk_of
from assistant.compose import Case
from assistant.compose.complete import complete
from assistant.compose.draft import Draft, Part, Quote, quotes, whole
from assistant.evidence import Unit
from assistant.index import Index
from assistant.types import Question
from assistant.understand import understand
from tests.assistant.asking import asked
from tests.assistant.invented import indexed
from tests.assistant.proof import check

LONG = "".join(f"- un crochet de {size} centimètres pour le vélo\n" for size in range(10, 23))
TEXTS = {
    "outils": f"""# La bricothèque

La bricothèque ouvre le samedi. Elle prête :

- une perceuse à colonne pour le bois
- une scie à ruban pour le bois
- un établi pliant :
  - en chêne
  - en hêtre
- une échelle

Le dépôt est gratuit. On y entre par la cour.

## Au mur

{LONG}
## Au jardin

La caisse demande :

- 4 euros pour une brouette de jardin
- 6 euros pour une tondeuse de jardin
- rien pour un balai
""",
    "compost": """# Le compost

Le compost est un mélange de deux choses :

- des épluchures
- des feuilles mortes
""",
}
TOOLS = [
    "une perceuse à colonne pour le bois",
    "une scie à ruban pour le bois",
    "un établi pliant :",
]
TOOLS += ["en chêne", "en hêtre", "une échelle"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("complete"), TEXTS)


def unit(index: Index, opening: str) -> Unit:
    ground = desk_of(index).materials.ground
    return next(u for p in index.order for u in ground.units(p) if u.text.startswith(opening))


def case(index: Index, question: str) -> Case:
    desk = desk_of(index)
    return Case(understand(Question(text=question), desk.speller), [], desk.materials)


def parts(index: Index, *drafted: Part, question: str = "Que prête-t-on ?") -> list[list[str]]:
    """What each part of a completed draft quotes, after a star where it is a list that is led."""
    draft = Draft("answered", drafted, missing="rien", note="voilà")
    done = complete(case(index, question), draft)
    assert (done.status, done.missing, done.note) == ("answered", "rien", "voilà")
    assert all(part.listed == part.led for part in done.parts)
    return [["*"] * part.led + told(index, part.quotes) for part in done.parts]


def told(index: Index, made: Sequence[Quote]) -> list[str]:
    texts = index.documents
    return [texts[q.passage.source_id].text[q.start : q.end] for q in made]


def plain(index: Index, *openings: str, heading: str | None = None) -> Part:
    return Part(tuple(q for o in openings for q in quotes([unit(index, o)])), heading)


def items(index: Index, *openings: str) -> Part:
    found = tuple(whole(unit(index, o).passage) for o in openings)
    return Part(found, listed=True, led=True)


# ---------------------------------------------------------------- what a sentence announces


def test_what_announces_a_list_is_followed_by_it_and_by_what_its_items_hold(small: Index) -> None:
    assert parts(small, plain(small, "Elle prête")) == [["Elle prête :"], ["*", *TOOLS]]


def test_a_part_is_cut_where_its_list_comes_and_has_its_heading_once(small: Index) -> None:
    part = plain(small, "Elle prête", "Le dépôt", "Le compost est un mélange", heading="Où")
    first, tools, then, mixed = complete(
        case(small, "Que prête-t-on ?"), Draft("answered", (part,))
    ).parts
    assert told(small, first.quotes) == ["Elle prête :"]
    assert told(small, then.quotes)[0] == "Le dépôt est gratuit."
    assert [len(p.quotes) for p in (tools, then, mixed)] == [6, 2, 2]
    assert [p.heading for p in (first, tools, then, mixed)] == ["Où", None, None, None]


def test_what_announces_nothing_is_left_alone(small: Index) -> None:
    assert parts(small, plain(small, "Le dépôt")) == [["Le dépôt est gratuit."]]
    opens = plain(small, "La bricothèque ouvre")  # of the passage that announces, before it does
    assert parts(small, opens) == [["La bricothèque ouvre le samedi."]]
    assert parts(small) == []


def test_a_list_that_is_given_is_not_given_twice(small: Index) -> None:
    lead = plain(small, "Elle prête")
    given = items(small, "une scie")
    assert parts(small, lead, given) == [["Elle prête :"], ["*", "une scie à ruban pour le bois"]]
    assert parts(small, lead, lead) == [["Elle prête :"], ["*", *TOOLS], ["Elle prête :"]]


def test_a_list_takes_its_items_back(small: Index) -> None:
    before = plain(small, "une scie")
    both = plain(small, "une échelle", "Elle prête", "Le dépôt")
    assert parts(small, before, both) == [
        ["Elle prête :"],
        ["*", *TOOLS],
        ["Le dépôt est gratuit."],
    ]
    within = plain(small, "en chêne")  # what an item holds is of the list
    assert parts(small, within, plain(small, "Elle prête")) == [["Elle prête :"], ["*", *TOOLS]]
    assert parts(small, before) == [["une scie à ruban pour le bois"]]


@pytest.mark.parametrize(
    "question", ["Combien d'outils ?", "Quel prix ?", "Quelle part ?", "Quand ?", "Quelle durée ?"]
)
def test_after_a_number_a_list_says_no_more(question: str, small: Index) -> None:
    lead = plain(small, "Elle prête")
    assert parts(small, lead, question=question) == [["Elle prête :"]]


def test_a_definition_that_announces_a_list_has_it(small: Index) -> None:
    answer = asked(small, "Qu'est-ce que le compost ?")
    check(answer, small)
    said = [c.quote for c in answer.citations]
    mixed = said.index("Le compost est un mélange de deux choses :")
    assert said[mixed + 1 : mixed + 3] == ["des épluchures", "des feuilles mortes"]


def test_an_answer_whose_last_words_announce_a_list_has_it(small: Index) -> None:
    answer = asked(small, "La bricothèque ouvre-t-elle le samedi ?")
    check(answer, small)
    opens, *tools = (c.quote for c in answer.citations)
    assert opens == "La bricothèque ouvre le samedi. Elle prête :"
    assert tools == TOOLS


# ---------------------------------------------------------------- what several items answer


def test_where_several_items_answer_the_list_is_whole(small: Index) -> None:
    answer = asked(small, "perceuse à colonne et scie à ruban pour le bois")
    check(answer, small)
    assert [c.quote for c in answer.citations][1:] == TOOLS
    assert answer.citations[0].quote == "Elle prête :"


def test_an_item_that_answers_alone_stands_alone(small: Index) -> None:
    answer = asked(small, "La bricothèque a-t-elle une perceuse à colonne ?")
    assert [c.quote for c in answer.citations] == TOOLS[:1]


def test_several_values_that_answer_bring_no_list(small: Index) -> None:
    answer = asked(small, "combien pour une brouette et une tondeuse de jardin ?")
    check(answer, small)
    assert "rien pour un balai" not in [c.quote for c in answer.citations]
    assert len(answer.citations) == 2


def test_of_a_long_list_those_that_answer(small: Index) -> None:
    answer = asked(small, "crochet de 12 centimètres ou de 15 centimètres pour le vélo")
    check(answer, small)
    assert 0 < len(answer.citations) < 13
