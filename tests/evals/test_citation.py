"""Citations against cases worked by hand; what is missing scores zero, nothing to judge is none."""

import pytest

from evals.given import AROUND, Place, failed, plain
from evals.metrics.citation import all_cited, completeness, precision, support, verbatim
from tests.evals.made import BUDGET, LOCAL, OTHER, TEXTS, answer, case, places, refusable

FAILED = failed("panne", ranks=False)


def test_all_that_is_needed() -> None:
    asked, given = case(LOCAL, BUDGET), answer(LOCAL, BUDGET)
    assert (completeness(asked, given), all_cited(asked, given), precision(asked, given)) == (
        1,
    ) * 3


def test_half_of_what_is_needed() -> None:
    assert completeness(case(LOCAL, BUDGET), answer(LOCAL)) == 0.5
    assert all_cited(case(LOCAL, BUDGET), answer(LOCAL)) == 0
    assert completeness(case(LOCAL, BUDGET, need="one"), answer(LOCAL)) == 1


def test_a_quote_too_many_costs_precision() -> None:
    given = answer(LOCAL, OTHER, BUDGET)
    assert all_cited(case(LOCAL), given) == 1
    assert precision(case(LOCAL), given) == pytest.approx(1 / 3)


def test_the_same_words_in_another_source_do_not_count() -> None:
    given = answer(LOCAL, source="autre")
    assert (completeness(case(LOCAL), given), precision(case(LOCAL), given)) == (0, 0)


def test_a_longer_quote_holds_the_expected_one_a_scrap_does_not() -> None:
    assert completeness(case(LOCAL), answer(f"{LOCAL} {BUDGET}")) == 1
    assert completeness(case(LOCAL), answer("La commune")) == 0


@pytest.mark.parametrize(("kept", "met"), [(0.59, 0), (0.61, 1), (1, 1)])
def test_most_of_the_expected_quotation_is_it(kept: float, met: float) -> None:
    expected = "x" * 1_000
    assert completeness(case(expected), answer(expected[: int(kept * 1_000)])) == met


@pytest.mark.parametrize(("around", "met"), [(0, 1), (AROUND, 1), (AROUND + 1, 0)])
def test_a_whole_document_is_no_citation_of_a_sentence(around: int, met: float) -> None:
    given = answer("x" * around + LOCAL)
    found = [m(case(LOCAL), given) for m in (completeness, all_cited, precision)]
    assert found == [met] * 3


def test_the_same_citation_again_is_no_more_precise() -> None:
    cited = (*places(LOCAL), *places(f" {LOCAL}", LOCAL), *places(OTHER))
    assert precision(case(LOCAL), answer(citations=cited)) == 1 / 2


def test_typography_is_no_difference() -> None:
    expected = case("L'élu a dit : « oui ».")
    given = answer("l’élu\u00a0a  dit\u202f: «\u00a0OUI\u00a0».")
    assert plain("L’ÉLU\n« a »") == plain("l'élu «\u00a0a\u00a0»")
    assert completeness(expected, given) == 1


@pytest.mark.parametrize("metric", [completeness, all_cited, precision])
def test_without_an_answer_zero_and_without_a_need_none(metric: object) -> None:
    assert callable(metric)
    assert metric(case(LOCAL), FAILED) == 0
    assert metric(case(LOCAL), answer(status="refused")) == 0
    assert metric(refusable(), answer(LOCAL)) is None


def test_verbatim_is_word_for_word_and_at_its_place() -> None:
    at = TEXTS["guide"].index(BUDGET)
    right = Place(source_id="guide", quote=BUDGET, start=at, end=at + len(BUDGET))
    cited = (right, right.model_copy(update={"start": 0}), Place(source_id="guide", quote=LOCAL))
    given = answer(citations=(*cited, Place(source_id="guide", quote=LOCAL.upper())))
    assert verbatim(case(LOCAL), given, TEXTS) == 0.5
    assert verbatim(case(LOCAL), answer(LOCAL, source="inconnu"), TEXTS) == 0
    assert verbatim(case(LOCAL), FAILED, TEXTS) == 0
    assert verbatim(case(LOCAL), answer(status="refused"), TEXTS) is None


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (f"### Titre\n\nLe guide dit :\n- {LOCAL} [1]\n- {BUDGET} [2] (Guide, 2020)", 1),
        (f"{LOCAL} [1] {BUDGET} [1]", 1 / 2),
        (f"{LOCAL} [1, 2]\n{BUDGET} [1-2]", 1),
        (f"{LOCAL} [9]", 0),
        ("Le budget est de 13 000 euros par an. [2]", 0),
        (f"{LOCAL} [1]\nLa mairie est belle.", 1 / 2),
        (f"{LOCAL} [1] La mairie est belle.", 1 / 2),
        (f"{LOCAL} [1]\n**Ce qui manque :** rien sur 2023.", 1),
        ("...", 0),
        (f"{LOCAL} [1]\n{BUDGET}", 1 / 2),
    ],
)
def test_statements_rest_on_what_they_cite(text: str, share: float) -> None:
    given = answer(LOCAL, BUDGET, answer=text, missing="rien sur 2023.")
    assert support(case(LOCAL), given) == pytest.approx(share)


def test_what_is_said_to_be_missing_is_no_way_to_escape() -> None:
    given = answer(LOCAL, answer="La mairie est belle.", missing="")
    assert support(case(LOCAL), given) == 0


def test_an_answer_that_says_nothing_supports_nothing_where_one_was_due() -> None:
    assert support(case(LOCAL), answer(answer="### Titre")) == 0
    assert support(refusable(), answer(answer="### Titre")) is None


def test_without_an_answer_no_statement_is_supported() -> None:
    assert support(case(LOCAL), FAILED) == 0
    assert support(refusable(), FAILED) is None
    assert support(case(LOCAL), answer(status="refused")) is None
