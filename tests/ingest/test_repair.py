"""The repair of OCR: classes of damage mended, clean French left alone, measured rates kept."""

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.aligned import Aligned
from ingest.repair import Damage, estimate, noise, repair, tidy
from ingest.repair.measure import measure, untouched

CORPUS = Path(__file__).parents[2] / "corpus"
SCANNED = "reperes-8-leviers-2014.txt"
CLEAN = sorted(path for path in CORPUS.glob("*.txt") if path.name != SCANNED)
POOR = Damage(words=1000, suspects=20, rate=0.05, lost_a=1.0, noisy=True, counts={"ESS": 9})
PRINTED = (  # read as damaged, then as printed
    ("le réle des communes", "le rôle des communes"),
    ("le role des communes", "le rôle des communes"),
    ("deux Poéles de coopération", "deux Pôles de coopération"),
    ("mettre en ceuvre le projet", "mettre en œuvre le projet"),
    ("des collectivitfes locales", "des collectivités locales"),
    ("développement des fterritoires", "développement des territoires"),
    ("un réeseau d’acteurs", "un réseau d’acteurs"),
    ("les reperes fonciers", "les repères fonciers"),
    ("auprés des élus", "auprès des élus"),
    ("les tétes de réseau", "les têtes de réseau"),
    ("le gouvernernent français", "le gouvernement français"),
    ("lls sensibilisent les élus.", "Ils sensibilisent les élus."),
    ("ls ont été enrichis.", "Ils ont été enrichis."),
    ("En effet, [es collectivités agissent.", "En effet, les collectivités agissent."),
    ("[es collectivités agissent.", "Les collectivités agissent."),
    ("de I'économie sociale", "de l'économie sociale"),
    ("I’étude est publiée.", "L’étude est publiée."),
    ("Mettant 'accent sur la coopération", "Mettant l'accent sur la coopération"),
    ("la loi sur 'économie sociale", "la loi sur l'économie sociale"),
    ("Cela reste 'un des freins.", "Cela reste l'un des freins."),
    ("la capacité d’'innovation", "la capacité d’innovation"),
    ("de visibilité et d'‘émulation", "de visibilité et d'émulation"),
    ("Dans ce cadre, LESS est méconnue.", "Dans ce cadre, l'ESS est méconnue."),
    ("LESS est méconnue.", "L'ESS est méconnue."),
    ("le Labo de ’'ESS", "le Labo de l’ESS"),
    ("13 projets étudiés a la loupe", "13 projets étudiés à la loupe"),
    ("un rôle déterminant a jouer", "un rôle déterminant à jouer"),
    ("pour contribuer & l'émergence", "pour contribuer à l'émergence"),
    ("une grille a destination des élus", "une grille à destination des élus"),
)
MEANT = (  # French that a damaged document may hold, and that is not damage
    "La commune a décidé de soutenir le projet.",
    "Cet appel a vocation à être permanent.",
    "Le dispositif a pour objectif de créer des emplois.",
    "Collectivités & Pôles territoriaux, Annuaire & Ressources",
    "Le Secrétaire d'Etat et l'Economie, Ecole et Egalité",
    "La SCIC Tetris, Fabricanova, Oïkos et le CBE du Seignanx",
    "Les acteur.rice.s et les élu.e.s de la socioéconomie",
    "Voir www.economie.gouv.fr/ptce-saison-3-relance ou ecrire@reseau-ess.org",
    "le SRDEII, le DLA, COORACE, la CRESS et le RTES en 2021",
    "Points de RepèrESS du RTES n°3 : 100 000 euros, 5 M€, 38 %",
    "« prés », foret, tâche et tache, pêcheur et pécheur",
    "L’œuvre de l’élu : « c’est aujourd’hui », dit-il.",
    "Il y a du cœur à l'ouvrage.",
    "JÉRÔME VIAUD, PRÉSIDENT DU PAYS DE GRASSE",
    "Il parle d'une 'économie du don' et d’un rond-point.",
)


def mended(text: str, damage: Damage = POOR) -> str:
    return repair(Aligned.of(text), damage).text


@pytest.mark.parametrize(("read", "printed"), PRINTED)
def test_damage_is_mended(read: str, printed: str) -> None:
    counts = {"ESS": 9, "pôles": 4}
    assert mended(read, dataclasses.replace(POOR, counts=counts)) == printed


@pytest.mark.parametrize("text", MEANT)
def test_french_that_is_meant_stays_in_a_damaged_document(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_clean_documents_stay_character_for_character(path: Path) -> None:
    text = path.read_text("utf-8")
    damage = estimate(text)
    assert damage.clean
    for line in text.splitlines():
        assert mended(line, damage) == line
        assert noise(line, damage) == []


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_even_taken_for_damaged_they_lose_hardly_a_word(path: Path) -> None:
    text = path.read_text("utf-8")
    damage = dataclasses.replace(estimate(text), rate=0.05, lost_a=1.0)
    pairs = zip(text.split(), mended(text, damage).split(), strict=True)
    assert sum(old != new for old, new in pairs) <= 1


def test_a_scan_is_known_for_one() -> None:
    damage = estimate((CORPUS / SCANNED).read_text("utf-8"))
    assert not damage.clean
    assert damage.noisy
    assert damage.rate > 0.02
    assert damage.lost_a > 0.8


def test_a_surely_broken_elision_is_mended_in_clean_text() -> None:
    assert mended("Selon I'étude, tout va bien.", Damage()) == "Selon l'étude, tout va bien."


def test_a_long_sentence_after_a_lost_letter_is_no_quotation() -> None:
    rest = " sociale et solidaire, que le réseau a décidé de s’emparer de cette question" * 3
    assert mended(f"la loi sur 'économie{rest}").startswith("la loi sur l'économie sociale")


def test_english_is_no_damage() -> None:
    text = "He has a dog and a cat. A friend gave a book to a child in a small village. " * 5
    damage = estimate(text)
    assert damage.clean
    assert mended(text, damage) == text


def test_the_scan_of_the_corpus_is_mended_at_its_worst_places() -> None:
    raw = (CORPUS / SCANNED).read_text("utf-8")
    damage = estimate(raw)
    text = mended(raw, damage)
    for good in ("rôle déterminant à jouer", "Faire œuvre", "L'ESS est méconnue", "foncière"):
        assert good in text
    assert not re.search(r"[rR]ep[eé]e?res|Poéles|I'|\bLESS|fterr|auprés|\blls\b", text)


def test_an_elision_that_context_cannot_decide_is_left() -> None:
    assert mended("beaucoup 'xyzab'", POOR) == "beaucoup 'xyzab'"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("plus de 30 entretiens avec les élus locaux, DO DE B3 1", "…élus locaux,"),
        ("ces repères reviennent sur le rôle des —i=\\a\\v\\\\<", "…rôle des"),
        ("ils ont été enrichis de la rencontre et collectivités | 1", "…et collectivités"),
        ("la rencontre qui a eu lieu le 28 février 2014. = R o", "…le 28 février 2014."),
        (". gouvernance, ils sont précurseurs", "gouvernance, …"),
        ("=== [es collectivités locales ont un rôle", "[es collectivités …"),
    ],
)
def test_noise_is_found_at_the_ends_of_lines(line: str, kept: str) -> None:
    left = line
    for start, end in reversed(noise(line, POOR)):
        left = left[:start] + left[end:]
    assert left.startswith(kept[:-1]) if kept.endswith("…") else left.endswith(kept[1:])
    assert len(line) - len(left) < 20


@pytest.mark.parametrize(
    "line",
    [
        "- Organiser la transversalité",
        "o Inscrire les PTCE dans les contrats",
        "9 Impliquer les têtes de réseaux",
        "e Accompagner les démarches",
        "► Pour encourager la participation citoyenne",
        "… et la suite de la phrase",
        "ce document a été publié par le réseau en 2014",
        "un accompagnement par le Labo de l’ESS et le RTES",
        "la part des femmes dans les instances est de 30 %",
        "le contrat relève de la catégorie B",
        "| Région | Département | Commune |",
        "le conseil régional (SRDEII) et les élus de la CRESS :",
        "une voie ouverte par la loi du 31 juillet 2014 à",
    ],
)
def test_what_is_no_noise_stays(line: str) -> None:
    assert noise(line, POOR) == []
    assert noise(line, Damage()) == []


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("le développe-\nment local", "le développement local"),
        ("le développe-\r\nment local", "le développement local"),
        ("le développe‐\nment local", "le développement local"),
        ("le déve\u00adloppement et la coopé\u00ad\nration", "le développement et la coopération"),
        ("le porte-\nparole du réseau", "le porte-parole du réseau"),
        ("un rendez-\nvous", "un rendez-vous"),
        ("Auvergne-\nRhône-Alpes", "Auvergne-Rhône-Alpes"),
        ("DÉVELOPPE-\nMENT", "DÉVELOPPEMENT"),
        ("<p>l&#39;ESS &amp; les <b>PTCE</b></p>", "\nl'ESS & les PTCE\n"),
        ("**Région** et *Kit ESS*", "Région et Kit ESS"),
        ("un\u200b mot  et  deux", "un mot et deux"),
        ("e\u0301conomie, ﬁnance", "économie, finance"),
        ("2 * 3 * 4 et * une puce", "2 * 3 * 4 et * une puce"),
        ("« prix\u202f: 5\u00a0€ »", "« prix\u202f: 5\u00a0€ »"),
    ],
)
def test_marks_of_the_maker_are_tidied(raw: str, clean: str) -> None:
    assert tidy(Aligned.of(raw)).text == clean


def test_mended_text_remembers_the_raw_one() -> None:
    raw = "le réle de I'économie a la loupe"
    text = repair(Aligned.of(raw), POOR)
    for word in ("rôle", "l'économie", "à"):
        at = text.text.index(word)
        start, end = text.origins[at][0], text.origins[at + len(word) - 1][1]
        assert raw[start:end] in ("réle", "I'économie", "a")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aàéeIl1|'’‘&[] .-\nrnœcetfsv", max_size=60))
def test_any_text_is_survived_and_still_aligned(text: str) -> None:
    for got in (repair(Aligned.of(text), POOR), tidy(Aligned.of(text))):
        assert len(got.text) == len(got.origins)
        assert all(0 <= start <= end <= len(text) for start, end in got.origins)
    for start, end in noise(text, POOR):
        assert 0 <= start < end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aàéeIl1|'’‘& .-rnœcetfsv", max_size=60))
def test_repairing_twice_changes_nothing_more_in_clean_text(text: str) -> None:
    once = mended(text, Damage())
    assert mended(once, Damage()) == once


def _paragraphs() -> list[str]:
    texts = (tidy(Aligned.of(path.read_text("utf-8"))).text for path in CLEAN)
    lines = [line for text in texts for line in text.splitlines()]
    return [line for line in lines if re.search(r"[a-z] \w", line)]


def test_measured_rates_hold_on_the_clean_corpus() -> None:
    tally = measure(_paragraphs(), seed=0, rate=0.05)
    assert tally.errors > 200
    assert (tally.share("mended") or 0) >= 0.7
    assert (tally.share("wrong") or 0) < 0.02
    assert tally.of("spoilt") <= tally.words / 500


def test_undamaged_paragraphs_change_by_no_character() -> None:
    total, changed, _ = untouched(_paragraphs())
    assert total > 10_000
    assert changed == 0


def test_emphasis_goes_and_the_words_keep_their_places() -> None:
    text = tidy(Aligned.of("le **Kit Régional** ESS"))
    at = text.text.index("Régional")
    assert text.origins[at] == (9, 10)
