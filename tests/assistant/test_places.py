"""Places: every département and région, and names that are also common words."""

import tomllib
from importlib.resources import files

import pytest

from assistant.places import find, load, same_area, within

NUMBERS = {f"{n:02}" for n in range(1, 96) if n != 20} | {"2A", "2B"}
OVERSEAS = {"971", "972", "973", "974", "976"}


def codes(text: str) -> list[str]:
    return [match.code for match in find(text)]


def test_every_departement_and_region_once() -> None:
    data = tomllib.loads((files("assistant") / "data" / "places.toml").read_text("utf-8"))
    numbers = [entry["number"] for entry in data["departements"]]
    regions = [entry["code"] for entry in data["regions"]]
    assert len(numbers) == len(set(numbers)) == 101
    assert set(numbers) == NUMBERS | OVERSEAS
    assert len(regions) == len(set(regions)) == 18
    assert {entry["region"] for entry in data["departements"]} == set(regions)
    assert {entry["departement"] for entry in data["cities"]} <= set(numbers)
    assert all(entry["capital"] for entry in data["departements"])


def test_every_departement_is_found_by_name_and_number() -> None:
    for code, place in load().places.items():
        if place.kind == "departement":
            assert codes(f"dans le département {place.name}") == [code]
            assert codes(f"dans le {code}") == [code]
            assert codes(f"({code.lower()})") == [code]


@pytest.mark.parametrize(
    "text",
    [
        "l'Isère",
        "l’ISÈRE",
        "en isere",
        "dans le 38",
        "(38)",
        "CD38",
        "le département 38",
        "les iséroises",
        "et le 38 ?",
        "« Isère »",
    ],
)
def test_isere(text: str) -> None:
    (match,) = find(text)
    assert (match.kind, match.code, match.name) == ("departement", "38", "Isère")
    assert (match.departements, match.region) == (("38",), "R-84")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un lot de terrains", []),
        ("dans le lot", ["46"]),
        ("et le Lot ?", ["46"]),
        ("c'est cher", []),
        ("dans le Cher", ["18"]),
        ("en somme, la somme de 100 000 €", []),
        ("élu de la Somme", ["80"]),
        ("dans le nord de la France", []),
        ("conseil départemental du nord", ["59"]),
        ("allier culture et emploi", []),
        ("la réunion du 28 février 2014", []),
        ("élu à La Réunion", ["974"]),
        ("à nice", ["06"]),
        ("a nice idea", []),
        ("la mairie de tours", ["37"]),
        ("un tour de table", []),
        ("il y aura", []),
        ("en AuRA", ["R-84"]),
        ("le plus grand est", []),
        ("la région Grand Est", ["R-44"]),
        ("38 % et 38 euros le 28 mai", []),
    ],
)
def test_names_that_are_common_words(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hauts de France et PACA", ["R-32", "R-93"]),
        ("Auvergne-Rhône-Alpes", ["R-84"]),
        ("Pays de la Loire", ["R-52"]),
        ("Brittany, Normandy, Corsica", ["R-53", "R-28", "R-94"]),
        ("les Bretons", ["R-53"]),
        ("Haute-Savoie", ["74"]),
        ("Val d’Oise", ["95"]),
        ("St-Etienne", ["42"]),
        ("Vichy Communauté et Cusset", ["03", "03"]),
        ("Grenoble Alpes Métropole", ["38"]),
        ("Belleville-en-Beaujolais", ["69"]),
        ("Pays de Grasse", ["06"]),
        ("le Pays de Bray et le Seignanx", ["60", "40"]),
        ("la Métropole de Lyon", ["69"]),
        ("", []),
    ],
)
def test_regions_and_cities(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_spans() -> None:
    text = "Je suis en Haute\u00a0Savoie."
    (match,) = find(text)
    assert text[match.start : match.end] == "Haute\u00a0Savoie"


def test_within() -> None:
    assert within("38", "38") and within("38", "R-84")
    assert not within("R-84", "38")
    assert not within("38", "00")


def test_same_area() -> None:
    assert same_area("38", "R-84")
    assert same_area("R-84", "38")
    assert same_area("2a", "R-94")
    assert not same_area("38", "69")
    assert not same_area("38", "R-52")
    assert not same_area("38", "00")


def test_place() -> None:
    assert load().place("r-84") is load().place("R-84")
    assert load().place("99") is None
