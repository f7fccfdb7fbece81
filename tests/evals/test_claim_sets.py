"""The labelled claims are whole: classes, labels, halves apart, quotations verbatim."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.index import Index
from evals.claims.labelled import BLIND, HALVES

FOLDER = Path(__file__).parents[2] / "evals" / "claims"
Claim = dict[str, Any]


def read(half: str) -> list[Claim]:
    lines = (FOLDER / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


SETS: dict[str, list[Claim]] = {half: read(half) for half in HALVES}
TUNED_ON = sorted(set(HALVES) - BLIND)
ALL = [claim for claims in SETS.values() for claim in claims]
CLASSES = set(re.findall(r"^\| `([a-z-]+)` \|", (FOLDER / "README.md").read_text("utf-8"), re.M))


def quotes(half: str) -> set[str]:
    return {passage["quote"] for claim in SETS[half] for passage in claim["passages"]}


def markers(claim: Claim) -> set[int]:
    groups = re.findall(r"\[([\d, ]+)\]", claim["sentence"])
    return {int(number) for group in groups for number in group.split(",")}


def test_each_line_is_one_claim() -> None:
    keys = {"id", "language", "class", "label", "sentence", "passages"}
    assert [claim["id"] for claim in ALL if claim.keys() != keys] == []
    assert len({claim["id"] for claim in ALL}) == len(ALL)
    assert len({claim["sentence"] for claim in ALL}) == len(ALL)


@pytest.mark.parametrize("half", SETS)
def test_each_half_has_every_class_in_both_languages(half: str) -> None:
    classes = Counter(claim["class"] for claim in SETS[half])
    labels = Counter(claim["label"] for claim in SETS[half])
    english = sum(claim["language"] == "en" for claim in SETS[half])
    assert classes.keys() == CLASSES
    assert min(classes.values()) >= 6
    assert labels.keys() == {"supported", "unsupported"}
    assert labels["supported"] >= 45
    assert 0.35 <= english / len(SETS[half]) <= 0.45


def test_the_label_is_that_of_the_class() -> None:
    wrong = [c["id"] for c in ALL if (c["label"] == "supported") != c["class"].startswith("supp")]
    assert wrong == []


def test_the_markers_name_passages_that_are_given() -> None:
    for claim in ALL:
        numbers = [passage["number"] for passage in claim["passages"]]
        assert 1 <= len(numbers) == len(set(numbers)) <= 3, claim["id"]
        assert markers(claim) and markers(claim) <= set(numbers), claim["id"]


def test_no_sentence_is_a_quotation() -> None:
    whole = {quote for half in SETS for quote in quotes(half)}
    assert [c["id"] for c in ALL if re.sub(r" ?\[[\d, ]+\]", "", c["sentence"]) in whole] == []


@pytest.mark.parametrize("half", TUNED_ON)
def test_what_is_tuned_on_shares_no_quotation_with_what_is_scored(half: str) -> None:
    """Nor is a quotation of one a part of one of the other."""
    one, two = quotes(half), {quote for blind in BLIND for quote in quotes(blind)}
    assert [q for q in one for other in two if q in other or other in q] == []


def test_every_quote_is_a_passage_or_a_citable_sentence(index: Index) -> None:
    """But for those written for the claims, whose source says so."""
    held = set()
    for passage in index.order:
        text = index.documents[passage.source_id].text
        held.add((passage.source_id, passage.text))
        held.update((passage.source_id, text[unit.start : unit.end]) for unit in passage.units)
    given = {(p["source_id"], p["quote"]) for claim in ALL for p in claim["passages"]}
    assert {one for one in given if not one[0].startswith("invented-")} - held == set()


@pytest.mark.parametrize("half", ["third", "fourth", "fifth"])
def test_passages_written_for_the_claims_are_many_and_of_one_text_each(half: str) -> None:
    given = {(p["source_id"], p["quote"]) for claim in SETS[half] for p in claim["passages"]}
    assert all(source.startswith("invented-") for source, _ in given)
    assert len({source for source, _ in given}) == len(given) >= 45
    assert [source for source, quote in given if not 30 <= len(quote.split()) <= 120] == []
