"""The question sets are whole: counts, kinds, halves; each quotation is checked by test_proof."""

import re
from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from evals.case import FOLDER, HALVES, KINDS, Case, Half, half, load
from evals.messages import HALVES as HALF_NAMES
from evals.messages import KINDS as KIND_NAMES

REFUSED = {"near_miss", "other_topic", "injection_only", "smalltalk"}
PARTIAL = {"premise", "now"}
SETS: dict[Half, list[Case]] = {name: half(name) for name in HALVES}
ALL = [case for cases in SETS.values() for case in cases]


def asked(case: Case) -> tuple[tuple[str, ...], str]:
    """A question as it is compared: two that differ by case or spaces are one."""
    return case.history, " ".join(case.question.casefold().split())


def test_the_halves_are_the_files() -> None:
    assert {file.stem for file in FOLDER.glob("*.jsonl")} == set(HALVES)
    assert HALF_NAMES.keys() == set(HALVES)


def test_the_halves_share_no_question_and_no_id() -> None:
    one, two = ({asked(case) for case in cases} for cases in SETS.values())
    assert len(one & two) == 0
    assert len({case.id for case in ALL}) == len(ALL)


@pytest.mark.parametrize("name", HALVES)
def test_no_question_is_asked_twice(name: Half) -> None:
    assert len({asked(case) for case in SETS[name]}) == len(SETS[name])


@pytest.mark.parametrize("name", HALVES)
def test_each_half_is_large_enough_and_has_every_kind(name: Half) -> None:
    states = Counter(case.status for case in SETS[name])
    assert len(SETS[name]) >= 160
    assert states["refused"] >= 45
    assert {case.kind for case in SETS[name]} == set(KINDS) == KIND_NAMES.keys()


@pytest.mark.parametrize("name", HALVES)
def test_the_state_expected_is_that_of_the_kind(name: Half) -> None:
    wrong = [
        case.id
        for case in SETS[name]
        if (case.kind in REFUSED) != (case.status == "refused")
        or (case.kind in PARTIAL) != (case.status == "partial")
    ]
    assert wrong == []


@pytest.mark.parametrize("name", HALVES)
def test_what_is_answered_has_quotations_and_what_is_refused_has_none(name: Half) -> None:
    wrong = [c.id for c in SETS[name] if bool(c.quotes) != c.answerable]
    assert wrong == []


@pytest.mark.parametrize("name", HALVES)
def test_every_echelon_and_both_languages_are_asked_about(name: Half) -> None:
    words = " ".join(case.question.casefold() for case in SETS[name])
    missing = [e for e in ("commun", "interco", "départ", "région") if e not in words]
    assert missing == []
    assert {case.language for case in SETS[name]} == {"fr", "en"}


@pytest.mark.parametrize("name", HALVES)
def test_no_forbidden_claim_is_a_bare_sign_or_a_short_number(name: Half) -> None:
    """The contact of a refusal holds « @ » and a number of a street: neither is a claim."""
    bare = re.compile(r"[\W_]*|\s*\d{1,2}\s*")
    wrong = [c.id for c in SETS[name] if any(bare.fullmatch(claim) for claim in c.forbidden)]
    assert wrong == []


def test_a_bad_line_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "t001", "question": "Quoi ?"}\n', "utf-8")
    with pytest.raises(ValidationError):
        load(file)
