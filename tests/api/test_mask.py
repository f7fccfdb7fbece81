"""What the mask puts out: addresses and telephones by their form, names as far as measured."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from api.audience.mask import MAIL, NAME, PHONE, mask

ROOT = Path(__file__).parent
# Of the half that was not looked at; docs/privacy.md prints the figures.
RECALL, PRECISION = 0.8, 0.95


@dataclass(frozen=True)
class Measure:
    """Names put out whole, of those there are; stretches put out that are of a name."""

    caught: int
    names: int
    right: int
    masked: int
    untouched: int
    nameless: int


@lru_cache
def measured(half: str) -> Measure:
    """The mask on one half of the labelled questions."""
    questions = tomllib.loads((ROOT / "names.toml").read_text("utf-8"))[half]
    caught = names = right = masked = untouched = nameless = 0
    for labelled in questions:
        made = mask(labelled.replace("⟦", "").replace("⟧", ""))
        for name in labelled.split("⟦")[1:]:
            names += 1
            caught += not any(part in made for part in name.split("⟧")[0].split() if len(part) > 2)
        masked += made.count(NAME)
        right += min(made.count(NAME), labelled.count("⟦"))
        if "⟦" not in labelled:
            nameless += 1
            untouched += NAME not in made
    return Measure(caught, names, right, masked, untouched, nameless)


def test_the_labelled_questions_are_enough() -> None:
    seen, unseen = measured("seen"), measured("unseen")
    assert unseen.names >= 40 and unseen.nameless >= 25 and seen.names + seen.nameless >= 30


@pytest.mark.parametrize("half", ["seen", "unseen"])
def test_names_are_put_out_as_far_as_the_documentation_says(half: str) -> None:
    made = measured(half)
    assert made.caught / made.names >= RECALL, made
    assert made.right / made.masked >= PRECISION, made


@pytest.mark.parametrize(
    "address",
    [
        "a.durand@exemple.fr",
        "Jean-Paul.O'Neil+ptce@mairie-de-lyon.gouv.fr",
        "contact@xn--caf-dma.example",
        "élu@commune.fr",
        "a.durand (at) exemple.fr",
        "a.durand[at]exemple[dot]fr",
        "a.durand arobase exemple point fr",
        "A.DURAND@EXEMPLE.FR",
    ],
)
def test_addresses_are_put_out(address: str) -> None:
    assert mask(f"Écrivez à {address}, merci.") == f"Écrivez à {MAIL}, merci."


@pytest.mark.parametrize(
    "number",
    [
        "0612345678",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "06/12/34/56/78",
        "06\u00a012\u202f34 56 78",
        "06 123 456 78",
        "+33612345678",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "0033 6 12 34 56 78",
        "01 45 67 89 10",
        "+44 20 7946 0958",
        "+1 (212) 555-0147",
        "+49 30 901820",
        "+262 692 12 34 56",
        "020 7946 0958",
        "(0)6 12 34 56 78",
    ],
)
def test_telephones_are_put_out(number: str) -> None:
    assert mask(f"Appelez le {number} demain") == f"Appelez le {PHONE} demain"


@pytest.mark.parametrize(
    "text",
    [
        "Combien de PTCE en 2014, 2022 et 2030 ?",
        "Un budget de 1 000 000 000 € ou de 50 000 euros, soit 12,5 % ?",
        "Que dit l'article L. 1111-4 de la loi 2014-856 du 31 juillet 2014 ?",
        "Le code postal 07000 et le SIRET 123 456 789 00012 ?",
        "De 2013 à 2022, 42 pôles et 30 entretiens.",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\ud800", "M.", "Mme", "@", "+" * 1_000, "0" * 4_000]
)
def test_odd_texts_are_taken(text: str) -> None:
    assert isinstance(mask(text), str)
