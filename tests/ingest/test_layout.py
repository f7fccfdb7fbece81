"""Raw texts of many makers, the blocks they are read as."""

from itertools import pairwise
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from ingest.blocks import Block
from ingest.layout import lay_out
from ingest.manifest import PageStart, load_manifest, read_document
from tests.ingest import samples

CORPUS = Path(__file__).parents[2] / "corpus"
ENTRIES = {e.id: e for e in load_manifest(CORPUS).document}


def blocks_of(id: str) -> list[Block]:
    return lay_out(read_document(CORPUS, ENTRIES[id])[0].text, ENTRIES[id].pages)


def of_form(blocks: list[Block], form: str) -> list[str]:
    return [b.words for b in blocks if b.form == form]


def test_declared_pages_come_in_reading_order() -> None:
    blocks = blocks_of("points-de-reperess-aura-2022")
    assert sorted({b.page or 0 for b in blocks}) == [1, 2, 3, 4]
    assert all((a.page or 0) <= (b.page or 0) for a, b in pairwise(blocks))
    assert of_form(blocks, "heading") == [
        "AUVERGNE- RHÔNE-ALPES",
        "Collectivités & Pôles Territoriaux de Coopération Économique (PTCE)",
        "Points de RepèrESS",
        "PTCE, de quoi parle-t-on?",
        "Pourquoi soutenir et travailler avec un PTCE ?",
        "La charte des PTCE",
        "Quels rôles pour les collectivités?",
        "Les PTCE Saison 3:",
        "Comment soutenir et s'appuyer sur un PTCE ?",
        "PTCE et SCIC",
        "Pour aller plus loin",
        "Le RTES et la CRESS vous accompagnent",
    ]


def test_a_page_that_is_not_there() -> None:
    with pytest.raises(CorpusError, match="« Absente »"):
        lay_out("Une page.\n", (PageStart(number=1, first="Absente"),))


def test_eight_levers_one_list() -> None:
    items = [b for b in blocks_of("reperes-8-leviers-2014") if b.form == "item"]
    assert len(items) == 8
    assert len({b.group for b in items}) == 1
    assert [b.words.split()[0] for b in items] == [
        "Faire", "Inscrire", "Organiser", "Développer",
        "Impliquer", "S’appuyer", "Soutenir", "Accompagner",
    ]  # fmt: skip


def test_cut_lines_are_joined() -> None:
    paragraphs = of_form(blocks_of("reperes-8-leviers-2014"), "paragraph")
    assert all("\n" not in text for text in paragraphs)
    assert any("qui associent entre autres des acteurs" in text for text in paragraphs)


def test_three_layouts_of_call_outs_after_their_item() -> None:
    blocks = blocks_of("points-de-reperess-aura-2022")
    callouts = [b for b in blocks if b.form == "callout"]
    assert [b.words.split(" (")[0] for b in callouts] == [
        "Un des objectifs du PTCE Fabricanova",
        "Le PTCE Atelier d'Art de Vichy",
        "Le Pôle Habitat Durable",
        "Grenoble Alpes Métropole",
        "La collectivité Vichy Communauté",
        "La commune de Belleville-en-Beaujolais met à disposition des locaux pour le PTCE "
        "Pôle Habitat Durable",
    ]
    leads = [blocks[b.lead] for b in callouts if b.lead is not None]
    assert [b.form for b in leads] == ["item"] * 6
    assert leads[2].words == "Pour renforcer la lisibilité des acteurs"


def test_items_that_lost_their_bullet() -> None:
    blocks = blocks_of("points-de-reperess-aura-2022")
    lists = {b.group for b in blocks if b.form == "item"}
    sizes = sorted(sum(b.form == "item" and b.group == g for b in blocks) for g in lists)
    assert sizes == [2, 6, 6]


def test_flattened_lists_are_nested() -> None:
    items = [b for b in blocks_of("etude-restitution-2014") if b.form == "item"]
    assert [b.depth for b in items] == [0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1] + [0] * 8
    blocks = blocks_of("etude-restitution-2014")
    parents = {blocks[b.lead].words[:20] for b in items if b.depth and b.lead is not None}
    assert parents == {"L’étude auprès de 42", "Leurs ambitions sont"}


def test_rows_carry_their_first_column() -> None:
    rows = of_form(blocks_of("etude-presentation-2013"), "row")
    assert len(rows) == 10
    assert rows[0] == (
        "Collectivités (1) – Types de collectivités impliquées : "
        "Région, Département, Intercommunalités, Communes"
    )
    assert rows[1].startswith("Collectivités (1) – Services mobilisés : ")


def test_law_with_its_reference_and_what_announces_it() -> None:
    blocks = blocks_of("points-de-reperess-aura-2022")
    (law,) = [b for b in blocks if b.form == "law"]
    assert law.words.startswith('"Les pôles territoriaux')
    assert law.words.endswith("Article 9 loi sur l'ESS 2014")
    assert law.lead is not None
    assert blocks[law.lead].words.endswith("dans la loi sur l'ESS de 2014 :")


def test_quotations_keep_their_speaker() -> None:
    quotations = of_form(blocks_of("points-de-reperess-aura-2022"), "quotation")
    assert [text.split(" » - ")[1] for text in quotations] == [
        "Extrait d'une déclaration de Régions de France - janvier 2021",
        "Jérôme Viaud, président du Pays de Grasse",
        "Marie Chatelais, adjointe à la culture de la Ville de Cusset",
    ]
    (said,) = of_form(lay_out(samples.FICHE), "quotation")
    assert said.endswith("marchant. » — Claire Dubois, présidente de la communauté de communes")


def test_what_is_no_heading() -> None:
    blocks = blocks_of("points-de-reperess-aura-2022") + blocks_of("etude-presentation-2013")
    paragraphs = of_form(blocks, "paragraph")
    for line in (
        "Mai 2022",
        "Plus d'informations sur www.rtes.fr",
        "Merci pour votre attention...",
    ):
        assert line in paragraphs


@pytest.mark.parametrize(
    "line", ["Réunion du 12 juin 2024, Lyon", "Service économique, 3 mai 2024"]
)
def test_a_line_that_dates_the_document_is_no_heading(line: str) -> None:
    blocks = lay_out(f"# Le pôle\n\n{line}\n\nLes communes prêtent des locaux.\n", ())
    assert [b.form for b in blocks] == ["heading", "paragraph", "paragraph"]


def test_labels_are_headings() -> None:
    headings = of_form(blocks_of("fiche-action-5-ptce"), "heading")
    assert headings == [
        "AXE 3 : LA COOPÉRATION ÉCONOMIQUE TERRITORIALE",
        "Fiche-action n°5 Pôles Territoriaux de Coopération Économique - PTCE",
        "Contexte :",
        "Objectifs :",
        "Actions :",
        "Point d'attention :",
        "Partenaires :",
    ]


def test_odd_letters_are_bullets_only_where_letters_are_broken() -> None:
    text = "Une ligne entière.\n\no Aider les pôles.\n\n9 Communes sur dix agissent.\n"
    assert of_form(lay_out(text), "item") == []


@pytest.mark.parametrize("bullet", ["-", "•", "–", "➤", "►", "➢", "*", "▪", "- ►", "\uf0b7"])
def test_bullets(bullet: str) -> None:
    text = f"Les communes peuvent :\n{bullet} prêter un local ;\n{bullet} animer un réseau."
    assert of_form(lay_out(text), "item") == ["prêter un local ;", "animer un réseau."]


def test_numbered_lines_are_items_together_and_headings_alone() -> None:
    assert of_form(lay_out("À faire :\n1. Aider\n2. Financer"), "item") == ["Aider", "Financer"]
    headings = of_form(lay_out(samples.FICHE), "heading")
    assert "1. Diagnostic" in headings and "2. Travaux" in headings


def test_pages_of_a_printed_document() -> None:
    blocks = lay_out(samples.PAGES)
    assert all("Guide des coop" not in b.words for b in blocks)
    assert blocks[1].words.endswith("sur le territoire et leurs acteurs, dont les PTCE.")
    assert of_form(blocks, "row")[1] == "Département – Compétence : solidarités ; Nombre : 101"
    assert blocks[-1].words == "108 projets accompagnés"
    assert blocks[-1].page == 3


def test_markdown() -> None:
    blocks = lay_out(samples.MARKDOWN)
    text = "\n".join(b.words for b in blocks)
    assert not set("*#[]|") & set(text)
    assert [b.depth for b in blocks if b.form == "item"] == [0, 0, 1, 1, 0, 0, 0]
    assert of_form(blocks, "row") == [
        "Bretagne – Dispositif : Appel à projets ; Montant : 20 000 €",
        "Bretagne – Dispositif : Avance ; Montant : 5 000 €",
    ]
    assert of_form(blocks, "callout") == ["le dispositif est ouvert toute l'année."]
    assert "Page 3/12" not in text


def test_a_web_page_without_blank_lines() -> None:
    blocks = lay_out(samples.WEB)
    assert of_form(blocks, "heading") == [
        "Les aides aux pôles", "Qui peut en bénéficier ?", "Comment demander l’aide ?",
    ]  # fmt: skip
    items = [(b.depth, b.words.split()[0]) for b in blocks if b.form == "item"]
    assert items == [
        (0, "Les"), (0, "Les"), (0, "Les"),
        (0, "remplir"), (0, "joindre"), (1, "les"), (1, "le"), (0, "Attendre"),
    ]  # fmt: skip
    assert of_form(blocks, "callout") == ["La commune de Lezoux (63) a obtenu 3 000 € en 2020."]
