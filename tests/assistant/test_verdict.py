"""How far a sentence answers: under the name of a document, by another name, by another value."""

from collections.abc import Mapping

import pytest

from assistant.ask import desk_of
from assistant.index import Index
from assistant.types import Question
from assistant.understand import understand
from assistant.verdict import Judge, Verdict
from tests.assistant.asking import asked, quoted
from tests.assistant.invented import indexed
from tests.assistant.proof import check

FARM = "les vergers de l'aubance"
TEXTS = {
    "comite": """# Compte rendu du comité

Les Vergers de l'Aubance, réunis un lundi

## La récolte

La récolte emploie 63 personnes. Les cageots viennent de loin.

## La suite

Les Vergers de l'Aubance invitent chacun à la récolte.
""",
    "voyage": """# Carnet de voyage

Trois jours de route.

## Étapes

Une étape a mené le groupe aux Vergers de l'Aubance.

Les Ateliers du Zéphyr étaient fermés. Les Ateliers du Zéphyr rouvrent lundi.

Saint-Denis est loin. Saint-Malo aussi.

On revient à Saint-Denis. On revient à Saint-Malo.

Adieu, Saint-Malo. Adieu à Saint-Denis, et aux Ateliers du Zéphyr.

## Repas

La récolte emploie 9 personnes.
""",
    "ateliers": """# Tour des ateliers

Trois matins de marche.

## Accueil

Les Ateliers du Zéphyr ouvrent tôt.

La Scierie Haute ouvre tard.

## Outils

Les scies viennent des Ateliers du Zéphyr.

La Scierie Haute prête une bâche.

## Fin

Les Ateliers du Zéphyr gardent les gants.

La récolte emploie 5 personnes.
""",
    "murs": """# Les murs

Le bail emphytéotique est un contrat de longue durée.

Le local est une ancienne grange.

L'entrepôt occupe 12 % du bourg, coûte 4 000 euros et sert l'hiver.

L'étable occupe 3 % du bourg.

Le courrier va à bonjour@murs.example, et le site est www.murs.example .
""",
    "grange": """# La grange

Le local est une ancienne forge.
""",
}
HARVEST = "combien de personnes la récolte emploie-t-elle"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("verdict"), TEXTS)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The same subject, where no document has the words « bail emphytéotique »."""
    return indexed(tmp_path_factory.mktemp("bare"), {"grange": TEXTS["grange"]})


def judged(index: Index, question: str) -> Mapping[str, Verdict]:
    """The verdict on each sentence of the documents, by its words."""
    desk = desk_of(index)
    judge = Judge(understand(Question(text=question), desk.speller), desk.materials.ground)
    return {v.unit.text: v for passage in index.order for v in judge.judge(passage)}


# ---------------------------------------------------------------- under a name


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (FARM, "La récolte emploie 63 personnes."),  # it stands before the parts
        ("les ateliers du zephyr", "La récolte emploie 5 personnes."),  # three passages say it
    ],
)
def test_what_a_document_is_under_tells_none_of_its_sentences_apart(
    name: str, sentence: str, small: Index
) -> None:
    told, plain = (judged(small, f"{HARVEST} {rest}")[sentence] for rest in (f"a {name} ?", "?"))
    assert told.coverage == pytest.approx(plain.coverage)
    assert (told.own, told.exact) == pytest.approx((plain.own, plain.exact))
    assert (told.things, told.named) == (plain.things + 1, plain.named + 1)
    assert told.lacking == () == plain.lacking


@pytest.mark.parametrize("name", ["la scierie haute", FARM, "les halles du pré"])
def test_a_document_is_under_no_name_that_it_hardly_says(name: str, small: Index) -> None:
    sentence = "La récolte emploie 5 personnes."  # of a document that says it twice, or never
    told, plain = (judged(small, f"{HARVEST} {rest}")[sentence] for rest in (f"a {name} ?", "?"))
    assert told.coverage < plain.coverage
    assert told.things == plain.things


def test_a_name_of_its_own_answers_from_its_own_document(small: Index) -> None:
    assert "63 personnes" in quoted(asked(small, f"{HARVEST} a {FARM} ?"))
    assert "5 personnes" in quoted(asked(small, f"{HARVEST} aux ateliers du zephyr ?"))


@pytest.mark.parametrize("said", ["que dit-on", "que dit-on chez nous"])
def test_where_hardly_more_is_said_a_name_tells_sentences_apart(said: str, small: Index) -> None:
    told = judged(small, f"{said} des vergers de l'aubance ?")
    invites = told["Les Vergers de l'Aubance invitent chacun à la récolte."]
    assert invites.own > told["La récolte emploie 63 personnes."].own


def test_one_word_of_a_town_is_not_the_town(small: Index) -> None:
    """Saint-Denis is said of a document in three passages, Saint-Étienne in none."""
    ground = desk_of(small).materials.ground
    speaking = {}
    for town in ("Saint-Denis", "Saint-Étienne"):
        query = understand(Question(text=f"Qui récolte à {town} ?"), desk_of(small).speller)
        (term,) = query.about("city")
        speaking[town] = ground.speaking(term)
    assert speaking == {"Saint-Denis": {"voyage"}, "Saint-Étienne": frozenset()}


# ---------------------------------------------------------------- by another name


def test_another_name_counts_for_less_where_the_documents_have_the_one_asked(
    small: Index, bare: Index
) -> None:
    question, other = "c'est quoi un bail emphytéotique ?", "Le local est une ancienne forge."
    very = judged(small, question)["Le bail emphytéotique est un contrat de longue durée."]
    near, only = (judged(index, question)[other] for index in (small, bare))
    assert near.own < only.own < very.own == 1.0
    assert (near.exact, only.exact, very.exact) == (0.0, 0.0, 1.0)


def test_a_thing_is_defined_in_its_own_words_where_the_documents_have_them(
    small: Index, bare: Index
) -> None:
    question = "c'est quoi un bail emphytéotique ?"
    said = quoted(asked(small, question))
    assert said == "Le bail emphytéotique est un contrat de longue durée."
    assert quoted(asked(bare, question)) == "Le local est une ancienne forge."


# ---------------------------------------------------------------- by another value

WAREHOUSE = "L'entrepôt occupe 12 % du bourg, coûte 4 000 euros et sert l'hiver."
SITE = "Le courrier va à bonjour@murs.example, et le site est www.murs.example ."


@pytest.mark.parametrize(
    ("question", "sentence", "values"),
    [
        ("l'entrepôt, ça occupe combien ?", WAREHOUSE, ("4 000 euros", "12 %")),
        ("combien de granges occupe l'entrepôt ?", WAREHOUSE, ()),
        ("combien d'étages occupe l'entrepôt ?", WAREHOUSE, ()),
        ("How much does the warehouse occupy?", WAREHOUSE, ("4 000 euros",)),
        ("How much does the stable occupy?", "L'étable occupe 3 % du bourg.", ("3 %",)),
        ("quel montant pour l'étable ?", "L'étable occupe 3 % du bourg.", ()),
        ("quel montant pour l'entrepôt ?", WAREHOUSE, ("4 000 euros",)),
        ("How much of the site is used?", SITE, ()),
        ("quelle est l'adresse des murs ?", SITE, ("www.murs.example", "bonjour@murs.example")),
        ("dans quelle rue sont les murs ?", SITE, ()),
        ("COMBIEN ?", SITE, ()),
    ],
)
def test_a_bare_question_is_open_to_more_kinds_of_value(
    question: str, sentence: str, values: tuple[str, ...], small: Index
) -> None:
    assert judged(small, question)[sentence].values == values


@pytest.mark.parametrize("question", ["", "?", "combien", "ADRESSE", FARM.upper(), "a" * 999])
def test_anything_is_answered_or_refused(question: str, small: Index) -> None:
    check(asked(small, question), small)


@pytest.mark.parametrize("question", ["combien", "ADRESSE", FARM, FARM.upper(), "a" * 999])
def test_anything_is_judged_in_shares(question: str, small: Index) -> None:
    for verdict in judged(small, question).values():
        assert 0.0 <= verdict.own <= verdict.coverage <= 1.0 + 1e-9
        assert verdict.exact <= verdict.own + 1e-9
