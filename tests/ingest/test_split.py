"""Passages: verbatim at their place, one id each, introduced by what introduces them."""

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.types import Document, Passage, Source
from ingest.manifest import load_manifest, read_document
from ingest.split import split
from ingest.tags import echelons_of
from tests.ingest import samples

CORPUS = Path(__file__).parents[2] / "corpus"
ENTRIES = {e.id: e for e in load_manifest(CORPUS).document}
GUIDE = "points-de-reperess-aura-2022"


def _source(id: str) -> Source:
    return Source(
        id=id, kind="guide", title="T", publisher="P", date="2020", sha256="0", obtained="…"
    )


@lru_cache
def made(id: str) -> tuple[Document, tuple[Passage, ...]]:
    if id in samples.ALL:
        return split(_source(id), samples.ALL[id])
    entry = ENTRIES[id]
    return split(entry.source(), read_document(CORPUS, entry)[0].text, entry.pages)


def check(document: Document, passages: tuple[Passage, ...]) -> None:
    """What holds of any document."""
    at = 0
    for piece in document.pieces:
        assert piece.start == at
        assert 0 <= piece.raw_start <= piece.raw_end <= len(document.raw)
        at = piece.end
    assert at == len(document.text)
    end = 0
    for p in passages:
        assert document.text[p.start : p.end] == p.text == p.text.strip() != ""
        assert end <= p.start
        end = p.end
        assert p.units[0].start == p.start and p.units[-1].end == p.end
        assert all(a.end <= b.start for a, b in zip(p.units, p.units[1:], strict=False))
        assert p.lead is None or document.text[p.lead.start : p.lead.end].strip()
    assert len({p.id for p in passages}) == len(passages)


@pytest.mark.parametrize("id", [*ENTRIES, *samples.ALL])
def test_offsets_are_verbatim(id: str) -> None:
    document, passages = made(id)
    assert passages
    check(document, passages)
    assert not any(mark in document.text for mark in ("**", "<u>", "#", "\t", "&nbsp;"))


LINES = st.sampled_from(
    ["", "", "# Titre", "- un", "- Deux :", "  - trois", "1. Un", "o Aider", "Expérience", "9",
     "« Oui, nous voulons aller vers un changement » - Anne Petit", "Article 9 de la loi", "a\tb",
     "\tc", "| a | b |", "|---|---|", "Qui ?", "Contexte :", "une suite", "TOUT EN MAJUSCULES",
     "Une phrase. Une autre (38).", "www.rtes.fr", "Exemple : la Ville de Lyon agit.", "\f", "***",
     "> À noter", "Pour aider", "&nbsp;", "2.1 Les aides", "**gras**", "Mai 2022", "108", "*"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_any_text_is_split_verbatim(lines: list[str]) -> None:
    check(*split(_source("any"), "\n".join(lines)))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_characters(raw: str) -> None:
    check(*split(_source("any"), raw))


def test_ids_are_stable_and_of_their_source() -> None:
    _, first = split(_source("a"), samples.FICHE)
    _, again = split(_source("a"), samples.FICHE)
    _, other = split(_source("b"), samples.FICHE)
    assert [p.id for p in first] == [p.id for p in again]
    assert not {p.id for p in first} & {p.id for p in other}
    assert all(len(p.id) == 16 for p in first)


def test_equal_passages_stay_two() -> None:
    _, passages = split(_source("a"), "Une même phrase ici.\n\nUne même phrase ici.\n")
    assert len({p.id for p in passages}) == 2


def test_eight_levers_share_a_list_and_its_lead() -> None:
    document, passages = made("reperes-8-leviers-2014")
    levers = [p for p in passages if p.list_id]
    assert [p.kind for p in levers] == ["lever"] * 8
    assert len({p.list_id for p in levers}) == 1
    (lead,) = {p.lead for p in levers}
    assert lead is not None
    said = document.text[lead.start : lead.end]
    assert said.endswith("huit leviers au développement des coopérations économiques "
                         "territoriales ont été identifiés.")  # fmt: skip
    assert levers[0].section == ("8 LEVIERS POUR LE DEVELOPPEMENT DES PTCE",)


def test_call_outs_are_experiences_after_their_item() -> None:
    document, passages = made(GUIDE)
    items = {(p.start, p.end): p for p in passages if p.list_id}
    callouts = [p for p in passages if p.lead and (p.lead.start, p.lead.end) in items]
    assert [p.kind for p in callouts] == ["experience"] * 6
    assert [p.places for p in callouts] == [
        ("38",), ("03",), ("69",), ("38",), ("03",), ("69",),
    ]  # fmt: skip
    assert all(not p.text.startswith("Expérience") for p in callouts)
    assert document.text.count("Expérience") == 6


@pytest.mark.parametrize(
    "heading",
    [
        "Pourquoi soutenir et travailler avec un PTCE ?",
        "Comment soutenir et s'appuyer sur un PTCE ?",
    ],
)
def test_items_under_a_question(heading: str) -> None:
    _, passages = made(GUIDE)
    items = [p for p in passages if p.section == (heading,) and p.list_id]
    assert len(items) == 6
    assert len({p.list_id for p in items}) == 1
    assert {p.lead for p in items} == {None}


def test_children_have_a_list_of_their_own() -> None:
    document, passages = made("etude-restitution-2014")
    by_span = {(p.start, p.end): p for p in passages}
    child = next(p for p in passages if p.text.startswith("des projets jeunes"))
    assert child.lead is not None
    parent = by_span[child.lead.start, child.lead.end]
    assert parent.text.endswith("de ces pôles :")
    assert parent.list_id != child.list_id
    assert f"  - {child.text}" in document.text and f"\n- {parent.text}" in document.text


def test_kinds_and_echelons_of_the_guide() -> None:
    _, passages = made(GUIDE)

    def found(start: str) -> Passage:
        return next(p for p in passages if p.text.startswith(start))

    assert found('"Les pôles territoriaux').kind == "law"
    assert found("Les communes sont").echelons == ("commune",)
    assert found("Les départements interviennent").kind == "role"
    assert found("Compte tenu").echelons == ("commune", "intercommunalite", "departement", "region")
    assert found("Le conseil départemental de l'Oise").places == ("60",)
    assert found("la fonction animation/coordination").places == ("R-52",)
    assert found("Après deux saisons").kind == "figure"
    assert found("Plus d'informations sur www.rtes").kind == "contact"


@pytest.mark.parametrize(
    ("text", "echelons"),
    [
        ("une stratégie commune et continue", ()),
        ("la communauté de communes du Val", ("intercommunalite",)),
        ("les communes et les EPCI", ("commune", "intercommunalite")),
        ("Chambres régionales de l'ESS", ()),
        ("Etat d'avancement du projet", ()),
        ("un appel lancé par l'Etat", ("etat",)),
        ("le conseil régional et les élus départementaux", ("departement", "region")),
        ("la politique de la ville", ()),
    ],
)
def test_echelons(text: str, echelons: tuple[str, ...]) -> None:
    assert echelons_of(text) == echelons


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    raw = " ".join(
        f"La phrase numéro {i} dit ce qu'elle a à dire sur les pôles." for i in range(40)
    )
    _, passages = split(_source("long"), raw)
    assert len(passages) > 3
    assert all(len(p.text) <= 600 and p.text.endswith(".") for p in passages)


def test_the_articles_of_a_deliberation_are_no_law() -> None:
    acts = "Article 1er : d'adhérer au pôle.\n\nArticle 2 : d'autoriser le maire à signer."
    kinds = {
        "# Délibération du conseil municipal": {"text"},
        "# Loi n° 2014-856 du 31 juillet 2014": {"law"},
    }
    for title, expected in kinds.items():
        _, passages = split(_source("acte"), f"{title}\n\n{acts}")
        assert {p.kind for p in passages} == expected
    law = _source("loi").model_copy(update={"kind": "law"})
    assert {p.kind for p in split(law, acts)[1]} == {"law"}


def test_a_law_in_plain_text() -> None:
    _, passages = made("loi")
    assert {p.kind for p in passages} == {"law"}
    items = [p for p in passages if p.list_id]
    assert [p.text[:8] for p in items] == ["De la qu", "De l'anc", "De la go"]
    assert items[0].section[-1] == "Article 9"
