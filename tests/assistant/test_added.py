"""A document that nobody had seen is answered from like the others: an account of an experience."""

import hashlib
import shutil
from pathlib import Path

import pytest

from assistant.ask import desk_of
from assistant.index import Index, Reader
from assistant.settings import Settings
from tests.assistant.asking import asked, quoted
from tests.assistant.proof import check

ROOT = Path(__file__).parents[2]
FICHE = """# Fiche expérience : le PTCE Les Jardins du Gué

RTES, mars 2024

## Le pôle

Les Jardins du Gué, à Niort (79), réunissent depuis 2019 quatorze structures autour du maraîchage. \
Le pôle emploie 63 personnes.

## Le soutien du département

Le conseil départemental des Deux-Sèvres soutient le pôle de trois façons :

- une convention d'objectifs de trois ans, pour 45 000 euros par an
- la mise à disposition d'un ancien collège
- des clauses sociales dans ses marchés de travaux

## Le comité de pilotage

Le comité de pilotage réunit :

- deux élus de l'agglomération
- trois collèges :
  - les fondateurs
  - les habitants du quartier

## Les financements

| Financeur | 2022 | 2023 |
|---|---|---|
| Fonds européens | 30 000 € | 28 000 € |
| Agglomération du Niortais | 9 000 € | 12 000 € |

## Contact

Marie Delmas, chargée de mission ESS à l'agglomération du Niortais.
"""
ENTRY = """
[[document]]
id = "jardins-du-gue"
file = "jardins-du-gue.md"
kind = "experience"
title = "Fiche expérience : le PTCE Les Jardins du Gué"
publisher = "RTES"
date = "2024-03"
obtained = "Texte."
sha256 = "{digest}"
"""


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The real documents and one more."""
    from ingest.__main__ import run

    folder = tmp_path_factory.mktemp("added")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    (folder / "corpus" / "jardins-du-gue.md").write_text(FICHE, "utf-8")
    with (folder / "corpus" / "manifest.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(ENTRY.format(digest=hashlib.sha256(FICHE.encode()).hexdigest()))
    settings = Settings(data_dir=folder / "data", corpus_dir=folder / "corpus")
    assert run(settings)[1] == ()
    return Reader(settings).current()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("combien le departement des deux sevres donne aux jardins du gué", "45 000 euros"),
        ("le 79 soutient des pôles ?", "conseil départemental des Deux-Sèvres"),
        ("qui contacter à niort pour le ptce", "Marie Delmas"),
        ("combien de salariés aux jardins du gué", "63 personnes"),
        ("How many people work at Les Jardins du Gué?", "63 personnes"),
        ("qui contacter aux Jardins du Gué", "Marie Delmas"),
        ("C'est qui, Marie Delmas ?", "chargée de mission ESS"),
        ("combien l'agglomération du Niortais a-t-elle versé aux Jardins du Gué en 2023", "12 000"),
        ("quels financeurs aident les Jardins du Gué", "28 000"),
        ("qui soutient les jardins du gué", "conseil départemental des Deux-Sèvres"),
    ],
)
def test_it_answers(question: str, told: str, added: Index) -> None:
    answer = asked(added, question)
    check(answer, added)
    assert answer.status == "answered"
    assert told in quoted(answer)


def test_who_published_it_and_when_is_no_answer(added: Index) -> None:
    assert not any(p.text == "RTES, mars 2024" for p in added.order)


def test_an_account_of_one_place_is_of_that_place_throughout(added: Index) -> None:
    assert {p.places for p in added.passages_of("jardins-du-gue")} == {("79",)}


def test_a_name_in_french_leaves_a_question_english(added: Index) -> None:
    assert asked(added, "How many people work at Les Jardins du Gué?").language == "en"
    assert asked(added, "Who runs Le Labo de l'ESS?").language == "en"


def test_a_list_holds_the_lists_of_its_items(added: Index) -> None:
    structure = desk_of(added).materials.structure
    block = next(b for b in structure.lists if "deux élus" in b[0].text)
    told = [item.text for item in structure.unfolded(block)]
    assert told[1:] == ["trois collèges :", "les fondateurs", "les habitants du quartier"]
