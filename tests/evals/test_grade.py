"""Grades against cases worked by hand; what is missing scores zero and never leaves the mean."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.types import Answer, Citation, Status
from evals.__main__ import summary
from evals.grade import Case, Expected, grade, held_out, load, plain

QUESTIONS = sorted((Path(__file__).parents[2] / "evals" / "questions").glob("*.jsonl"))
LOCAL = "La commune prête un local aux associations."
BUDGET = "Le budget est de 12 000 euros par an."


def case(*quotes: str, **changed: Any) -> Case:
    given: dict[str, Any] = {
        "id": "t002", "kind": "figure", "question": "Quoi ?", "history": [], "language": "fr",
        "status": "answered", "need": "all", "mentions": [], "forbidden": [],
        "quotes": [Expected(source="guide", quote=quote) for quote in quotes],
    }  # fmt: skip
    return Case(**given | changed)


def answer(
    *quotes: str, status: Status = "answered", source: str = "guide", text: str = ""
) -> Answer:
    citations = tuple(
        Citation(
            number=i, passage_id=f"p{i}", source_id=source, source_title="Guide", publisher="RTES",
            date="2020", source_kind="guide", passage_kind="text", url=None, section=(), page=None,
            quote=quote, start=0, end=len(quote),
        )
        for i, quote in enumerate(quotes, start=1)
    )  # fmt: skip
    shown = text or " ".join(f"« {c.quote} » [{c.number}]" for c in citations) or "Je ne sais pas."
    return Answer(
        id="a", status=status, language="fr", answer=shown, citations=citations,
        index_version="v", elapsed_ms=1.0,
    )  # fmt: skip


def test_all_that_is_needed() -> None:
    found = grade(case(LOCAL, BUDGET), answer(LOCAL, BUDGET))
    assert (found.cited, found.precise, found.right_state) == (True, 1.0, True)


def test_half_of_what_is_needed() -> None:
    assert grade(case(LOCAL, BUDGET), answer(LOCAL)).cited is False
    assert grade(case(LOCAL, BUDGET, need="one"), answer(LOCAL)).cited is True


def test_a_quote_too_many_costs_precision() -> None:
    other = "Les lavoirs ont été restaurés par des bénévoles en 2018."
    found = grade(case(LOCAL), answer(LOCAL, other, BUDGET))
    assert found.cited is True
    assert found.precise == pytest.approx(1 / 3)


def test_the_same_words_in_another_source_do_not_count() -> None:
    found = grade(case(LOCAL), answer(LOCAL, source="autre"))
    assert (found.cited, found.precise) == (False, 0.0)


def test_a_longer_quote_holds_the_expected_one_a_scrap_does_not() -> None:
    assert grade(case(LOCAL), answer(f"{LOCAL} {BUDGET}")).cited is True
    assert grade(case(LOCAL), answer("La commune")).cited is False


def test_typography_is_no_difference() -> None:
    found = grade(
        case("L'élu a dit : « oui »."), answer("l’élu\u00a0a  dit\u202f: «\u00a0OUI\u00a0».")
    )
    assert plain("L’ÉLU\n« a »") == plain("l'élu «\u00a0a\u00a0»")
    assert found.cited is True


def test_nothing_to_cite_is_none() -> None:
    found = grade(case(status="refused"), answer(status="refused"))
    assert (found.cited, found.precise, found.right_state) == (None, None, True)


def test_mentions_and_forbidden_words() -> None:
    given = case(LOCAL, mentions=["LOCAL", "associations"], forbidden=["piraté"])
    assert grade(given, answer(LOCAL)).mentioned
    assert not grade(given, answer(BUDGET)).mentioned
    assert grade(given, answer(LOCAL)).clean
    assert not grade(given, answer(LOCAL, text=f"PIRATÉ « {LOCAL} » [1]")).clean


def test_a_missing_answer_scores_zero_and_stays_in_the_mean() -> None:
    given = case(LOCAL, mentions=["local"])
    missing = grade(given, answer(status="refused"))
    assert (missing.cited, missing.mentioned, missing.right_state) == (False, False, False)
    line = summary([grade(given, answer(LOCAL)), missing], [1.0, 2.0])
    figures = {name: (int(n), int(d)) for name, n, d in re.findall(r"([\w ]+?) (\d+)/(\d+)", line)}
    told = {name.strip(): value for name, value in figures.items()}
    assert told["cited"] == told["mentioned"] == told["wrongly refused"] == (1, 2)
    assert float(re.findall(r"precision (\d\.\d+)", line)[0]) == 0.5


def test_no_question_at_all_is_no_error() -> None:
    assert summary([grade(case(status="refused"), answer(status="refused"))], [1.0])


def test_the_test_half_is_fixed() -> None:
    assert held_out("f001") and held_out("f119")
    assert not held_out("f002") and not held_out("f120")


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.stem)
def test_question_files_are_whole(file: Path) -> None:
    cases = load(file)
    assert len({c.id for c in cases}) == len(cases)
    for one in cases:
        assert bool(one.quotes) == (one.status != "refused") or one.status == "partial", one.id
    if file.stem == "first":
        assert sum(held_out(c.id) for c in cases) == len(cases) // 2 == 60


def test_a_bad_line_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "f001", "question": "Quoi ?"}\n', "utf-8")
    with pytest.raises(ValidationError):
        load(file)
