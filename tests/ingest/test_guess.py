"""Title, publisher, date and kind are guessed from what a document says, and say from where."""

import pytest

from ingest import messages
from ingest.guess import Guess, Obtained, propose, slug
from ingest.read.reading import Reading

SIGNED = [
    ("# Fiche\n\nPublié en mai 2021 par le RTES.", "RTES"),
    ("# Fiche\n\nRTES – édition de janvier 2025", "RTES"),
    ("Note interne RTES\n\nLes monnaies locales.", "RTES"),
    ("# Délibération n° 4 du conseil communautaire de Mauves agglomération\n\n"
     "Objet : adhésion au RTES\n\nAdhérer au RTES pour 1 150 €.", "Mauves agglomération"),
    ("# Délibération du conseil municipal de Mauves\n\nLe RTES…", "Conseil municipal de Mauves"),
    ("# Compte rendu\n\nJournée avec le RTES\n\nLe RTES agit. Écrire à a@rtes.example", None),
    ("# Les RTESiens\n\nUn récit.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "publisher"), SIGNED)
def test_a_publisher_is_named_where_publishers_are(text: str, publisher: str | None) -> None:
    found = propose(Obtained(b"", "a.odt"), Reading(text, ""), {}, ["RTES"])
    assert found["publisher"].value == (publisher or messages.NO_PUBLISHER)


TEXTS = [
    ("Décret n° 2015-431 du 15 avril 2015", "", "law", "~2015-04-15"),
    ("Fiche d'expérience : la conserverie", "Fait le 3/12/2020", "experience", "~2020-12-03"),
    ("Plan d'actions du réseau", "Mis à jour : 12 mars 2023. Vu en 2022.", "plan", "2023-03-12"),
    ("Étude sur les pôles", "De 1998 à 2011.", "study", "~2011"),
    ("Les coopératives", "Rien de daté.", "article", "~2026"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "kind", "date"), TEXTS)
def test_kind_and_date_are_guessed_and_say_from_where(
    title: str, text: str, kind: str, date: str
) -> None:
    noon = 1_780_000_000.0  # in 2026
    file = Obtained(b"", "page.txt", modified=noon)
    found = propose(file, Reading(f"{title}\n\n{text}", ""), {}, ["RTES"])
    assert (found["title"].value, found["kind"].value, found["date"].value) == (title, kind, date)
    assert all(guess.origin for guess in found.values())
    assert propose(file, Reading(text, ""), {"date": "3/11/2024"}, [])["date"].value == "2024-11-03"
    assert propose(file, Reading(text, ""), {"date": "mars 2026"}, [])["date"].value == "2026-03"
    given = propose(file, Reading(text or title, ""), {"kind": "plan", "date": "2001"}, [])
    assert (given["kind"].value, given["date"].value) == ("plan", "2001")


OFFICE = [  # what a Word file of December 2013, by its own account, says at its head
    ("# Fiche\n\nPubliée le 12 mars 2024", "2024-03-12", "2013-12"),
    ("# Compte rendu\n\nRéunion du 14 novembre 2024 à Nantes, avec trois pôles.", "~2024-11-14",
     "2013-12"),
    ("# Fiche\n\nLes pôles de la loi du 31 juillet 2014 agissent.", "~2013-12", "fichier"),
    ("# Fiche\n\nÉdition décembre 2013", "2013-12", "parution"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "date", "said"), OFFICE)
def test_what_a_document_prints_dates_it_before_what_its_file_says(
    text: str, date: str, said: str
) -> None:
    word = Reading(text, messages.FROM_WORD, date="2013-12")
    guess = propose(Obtained(b"", "fiche.docx"), word, {}, [])["date"]
    assert guess.value == date
    assert said in guess.origin
    page = Reading(text, messages.FROM_WEB, date="2013-12")
    assert propose(Obtained(b"", "fiche.html"), page, {}, [])["date"].value == "2013-12"


@pytest.mark.parametrize("said", ["communique scanné", "communiqué sans titre"])
def test_a_title_that_is_the_name_of_the_file_yields_to_the_heading(said: str) -> None:
    reading = Reading("# Les moulins\n\nUn texte.", "", title=said)
    found = propose(Obtained(b"", "Communiqué_scanné.pdf"), reading, {}, [])
    assert found["title"] == Guess("Les moulins", messages.BY_HEADING)


def test_a_site_is_that_of_a_publisher_who_is_known() -> None:
    page = Reading("Les pôles", messages.FROM_WEB, publisher="rtes.fr", url="https://www.rtes.fr/a")
    file = Obtained(b"", "a.html")
    assert propose(file, page, {}, ["RTES"])["publisher"].value == "RTES"
    assert propose(file, page, {}, ["CRESS"])["publisher"].value == "rtes.fr"


def test_only_a_title_or_a_reader_of_the_law_makes_law() -> None:
    acts = "Le conseil délibère.\n\nArticle 1 : la commune adhère au pôle."
    found = propose(Obtained(b"", "a.txt"), Reading(f"# Délibération\n\n{acts}", ""), {}, [])
    assert found["kind"].value != "law"
    found = propose(Obtained(b"", "a.txt"), Reading(f"# Arrêté du maire\n\n{acts}", ""), {}, [])
    assert found["kind"].value == "law"


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("L'été à Saint-Étienne : œuvres", "l-ete-a-saint-etienne-oeuvres"),
        ("…", "document"),
        ("mot " * 30, "mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot"),
        ("x" * 90, "x" * 48),
    ],
)
def test_an_id_is_made_of_the_words_of_the_title(title: str, id: str) -> None:
    assert slug(title) == id
