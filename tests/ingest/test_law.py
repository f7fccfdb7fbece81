"""The law: an article is a document, a paragraph a passage, and what is repealed stays out."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.ask import ask
from assistant.index import Index
from assistant.settings import Settings
from assistant.types import Document, Question, Source
from assistant.understand import understand
from assistant.understand.spelling import Speller
from assistant.versions import in_force
from ingest.__main__ import main, run
from ingest.guess import FIELDS, Obtained, about, propose
from ingest.read.__main__ import readings
from ingest.sources import sources_of
from ingest.split import split
from tests.corpus_folder import ENTRY, environment, served, settings_of, understood
from tests.ingest import law_files
from tests.ingest.law_files import BEFORE, legi
from tests.ingest.test_split import check

OLD = legi(BEFORE, id="LEGIARTI000011111111", state="MODIFIE", start="2012-01-01", end="2014-08-02")
GONE = legi(("Les pôles publient un rapport annuel.",), number="10", state="ABROGE",
            id="LEGIARTI000029314392", end="2019-01-01")  # fmt: skip
CODE = legi(("Les communes règlent leurs affaires.",), number="L2121-29", id="LEGIARTI000006390168",
            law="Code général des collectivités territoriales")  # fmt: skip
LEGIFRANCE = "https://www.legifrance.gouv.fr"
SOURCE = Source(
    id="loi", kind="law", title="L", publisher="P", date="2014", sha256="0", obtained="…"
)


def corpus(folder: Path, **contents: bytes) -> tuple[Document, ...]:
    """The documents of LEGI files, by id of their entry."""
    folder.mkdir(exist_ok=True)
    entries = []
    for id, content in contents.items():
        (folder / f"{id}.xml").write_bytes(content)
        entry = ENTRY.format(id=id, sha256=hashlib.sha256(content).hexdigest())
        entries.append(entry.replace(f"{id}.txt", f"{id}.xml"))
    (folder / "manifest.toml").write_text("".join(entries), "utf-8")
    received, refused = understood(folder)
    assert refused == ()
    return received


@pytest.mark.parametrize("name", ["loi.xml", "loi.html"])
def test_a_paragraph_is_cited_with_its_path(name: str) -> None:
    content = law_files.file(legi()) if name == "loi.xml" else law_files.page()
    reading = readings(content, name)[0]
    assert reading.title == "Loi n° 2014-856 du 31 juillet 2014, article 9"
    assert (reading.date, reading.url) == (
        "2014-08-02", f"{LEGIFRANCE}/loda/article_lc/LEGIARTI000029314391",
    )  # fmt: skip
    document, passages = split(SOURCE, reading.text)
    check(document, passages)
    assert [p.section for p in passages] == [
        ("Article 9", "I"), ("Article 9", "II"), ("Article 9", "II", "1°"),
        ("Article 9", "II", "1°", "a)"), ("Article 9", "II", "1°", "b)"),
        ("Article 9", "II", "2°"), ("Article 9", "II"),
    ]  # fmt: skip
    assert {p.kind for p in passages} == {"law"}
    assert passages[0].text == law_files.QUOTED
    assert passages[2].lead is not None
    lead = document.text[passages[2].lead.start : passages[2].lead.end]
    assert lead.endswith("au regard des critères suivants :")


def test_all_that_the_file_says_of_an_article_is_kept() -> None:
    (reading,) = readings(law_files.file(legi()), "a.xml")
    article = reading.article
    assert article is not None
    assert (article.number, article.id, article.state) == ("9", "LEGIARTI000029314391", "VIGUEUR")
    assert (article.start, article.end) == ("2014-08-02", None)
    assert article.links == ("CITATION : Code général des collectivités",)


def test_a_file_of_several_articles_is_several_documents(tmp_path: Path) -> None:
    received = corpus(tmp_path, loi=law_files.file(legi(), OLD, GONE), code=law_files.file(CODE))
    assert [(r.source.id, r.source.in_force_from, r.source.in_force_to) for r in received] == [
        ("loi-article-9", "2014-08-02", None),
        ("loi-article-9-2012-01-01", "2012-01-01", "2014-08-02"),
        ("loi-article-10", "2014-08-02", "2019-01-01"),
        ("code-article-l2121-29", "2014-08-02", None),
    ]
    assert {r.source.kind for r in received} == {"law"}
    assert received[3].source.url == f"{LEGIFRANCE}/codes/article_lc/LEGIARTI000006390168"
    assert received[3].source.title.endswith("territoriales, article L2121-29")
    assert "en vigueur du 1er janvier 2012 au 2 août 2014" in received[1].source.title
    assert [(r.source.article, r.source.state) for r in received] == [
        ("9", "VIGUEUR"), ("9", "MODIFIE"), ("10", "ABROGE"), ("L2121-29", "VIGUEUR"),
    ]  # fmt: skip
    assert (
        received[0].source.law == f"{law_files.LAW} relative à l'économie sociale et solidaire (1)"
    )


def test_an_article_named_twice_is_read_and_a_lost_one_told() -> None:
    name = b'<p class="name-article" id="LEGIARTI000029314391">'
    page = law_files.page()
    nested = page.replace(name, b'<div class="name-article">' + name).replace(
        b"Article 9</a></p>", b"Article 9</a></p></div>"
    )
    assert [r.article and r.article.number for r in readings(nested, "a.html")] == ["9", "10"]
    lost = readings(page.replace(b'<div class="content"><p>Les p', b"<div><p>Les p"), "a.html")
    assert [r.article and r.article.number for r in lost] == ["9"]
    assert "1 sur 2 ; il manque : 10" in lost[0].obtained


def test_versions_are_listed_and_a_citation_is_shown(
    tmp_path: Path,
    tiny_model: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = settings_of(tmp_path, tiny_model)
    environment(made, monkeypatch)
    corpus(made.corpus_dir, loi=law_files.file(legi(), GONE))
    run(made)
    assert main(["list"]) == 0
    said = capsys.readouterr().out
    assert "loi-article-9 : en vigueur depuis le 2 août 2014" in said
    assert (
        "loi-article-10 : en vigueur du 2 août 2014 au 1er janvier 2019, abrogé, plus depuis"
        in said
    )
    assert main(["show", "loi-article-10"]) == 0
    said = capsys.readouterr().out
    assert "Les pôles publient un rapport annuel." in said and "reconnus" not in said


def test_a_file_of_articles_is_proposed_as_its_text() -> None:
    page = readings(law_files.page(), "loi.html")
    found = propose(Obtained(b"", "loi.html"), about(page), {}, [])
    assert {field: found[field].value for field in FIELDS} == {
        "id": "loi-n-2014-856-du-31-juillet-2014", "kind": "law", "publisher": "Légifrance",
        "title": "Loi n° 2014-856 du 31 juillet 2014", "date": "2014-07-31",
    }  # fmt: skip
    alone = about(readings(law_files.file(legi()), "a.xml"))
    found = propose(Obtained(b"", "a.xml"), alone, {}, [])
    assert found["date"].value == "2014-08-02"
    named = SOURCE.model_copy(update={"id": found["id"].value})
    assert [s.id for s in sources_of(named, [alone])] == [
        "loi-n-2014-856-du-31-juillet-2014-article-9"
    ]


def test_a_later_version_in_another_file_replaces_the_earlier(tmp_path: Path) -> None:
    before = legi(BEFORE, id="LEGIARTI000011111111", start="2012-01-01")
    alone = corpus(tmp_path, avant=law_files.file(before))
    assert alone[0].source.in_force_to is None
    both = corpus(tmp_path, avant=law_files.file(before), loi=law_files.file(legi()))
    assert [r.source.in_force_to for r in both] == ["2014-08-02", None]
    assert [r.source.state for r in both] == ["MODIFIE", "VIGUEUR"]


def test_versions_added_one_by_one_are_told_apart_and_removed_by_their_own_id(
    tmp_path: Path,
    tiny_model: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = settings_of(tmp_path, tiny_model)
    environment(made, monkeypatch)
    corpus(made.corpus_dir)
    files = [tmp_path / "v2.xml", tmp_path / "v1.xml"]
    for file, article in zip(files, (legi(), OLD), strict=True):
        file.write_bytes(law_files.file(article))
    assert main(["add", *map(str, files), "--yes"]) == 0
    said = capsys.readouterr().out
    assert "article 9 (version du 2 août 2014)" in said
    assert "article 9 (version du 1er janvier 2012)" in said
    id = "loi-n-2014-856-du-31-juillet-2014-article-9"
    assert set(served(made).documents) == {id, f"{id}-2012-01-01"}
    assert main(["remove", f"{id}-2012-01-01", "--yes"]) == 0
    assert set(served(made).documents) == {id}


def test_an_article_in_a_file_of_one_is_removed_by_the_id_of_its_citation(
    tmp_path: Path,
    tiny_model: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = settings_of(tmp_path, tiny_model)
    environment(made, monkeypatch)
    corpus(made.corpus_dir, loi=law_files.file(legi(), GONE), code=law_files.file(CODE))
    run(made)
    assert main(["remove", "loi-article-10", "--yes"]) == 1
    assert "remove loi" in capsys.readouterr().err
    assert main(["remove", "code-article-l2121-29", "--yes"]) == 0
    assert set(served(made).documents) == {"loi-article-9", "loi-article-10"}


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory, tiny_model: str) -> Index:
    """The index of article 9 in two versions and of article 10, repealed."""
    made: Settings = settings_of(tmp_path_factory.mktemp("law"), tiny_model)
    corpus(made.corpus_dir, loi=law_files.file(legi(), OLD, GONE))
    _, refused = run(made)
    assert refused == ()
    return served(made)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Que dit l'article 9 sur les pôles ?", {"loi-article-9"}),
        ("Que prévoit la loi de 2014 ?", {"loi-article-9"}),
        ("What does article 9 say about clusters?", {"loi-article-9"}),
        ("Que disait l'article 9 en 2013 ?", {"loi-article-9-2012-01-01"}),
        ("Que disait l'article 10 en 2016 ?", {"loi-article-9", "loi-article-10"}),
        ("Quel article sur les pôles est abrogé ?", set()),
        ("Quelle était l’ancienne version de l’article 9 ?", set()),
        ("What did the repealed article say?", set()),
        ("Que publiaient les pôles avant 2018 ?", set()),
        ("Que doivent publier les pôles avant 2099 ?", {"loi-article-9"}),
    ],
)
def test_only_what_is_in_force_answers_unless_asked(law: Index, text: str, ids: set[str]) -> None:
    """No ids: every source may answer."""
    query = understand(Question(text=text), Speller([]))
    assert set(in_force(query, law, date(2026, 1, 1)).sources) == ids


def test_a_day_decides(law: Index) -> None:
    query = understand(Question(text="Que dit l'article 10 sur les pôles ?"), Speller([]))
    assert "loi-article-10" in in_force(query, law, date(2018, 12, 31)).sources
    assert "loi-article-10" not in in_force(query, law, date(2019, 1, 1)).sources
    named = replace(query, sources=("loi-article-10",))
    assert in_force(named, law, date(2026, 1, 1)).sources == ("loi-article-10",)


def test_the_citation_bears_reference_date_and_address(law: Index) -> None:
    question = "Comment les pôles territoriaux de coopération économique sont-ils constitués ?"
    answer = ask(Question(text=question), law)
    cited = answer.citations[0]
    assert cited.source_title == "Loi n° 2014-856 du 31 juillet 2014, article 9"
    assert (cited.date, cited.section) == ("2014-08-02", ("Article 9", "I"))
    assert cited.url == f"{LEGIFRANCE}/loda/article_lc/LEGIARTI000029314391"
    assert law.documents[cited.source_id].text[cited.start : cited.end] == cited.quote
    assert {c.source_id for c in (*answer.citations, *answer.nearest)} == {"loi-article-9"}


@pytest.mark.parametrize(
    ("text", "said", "sources"),
    [
        ("Que disait l'article 10 abrogé de la loi ESS ?",
         "en vigueur du 2 août 2014 au 1er janvier 2019, abrogé", {"loi-article-10"}),
        ("l'ancienne version de l'article 9",
         "en vigueur du 1er janvier 2012 au 2 août 2014", {"loi-article-9-2012-01-01"}),
        ("Que disait l'article 9 en 2013 ?", "décret", {"loi-article-9-2012-01-01"}),
        ("Que disait l'article 9 le 2 août 2014 ?", "depuis le 2 août 2014", {"loi-article-9"}),
        ("Que disait l'article 9 en 2014 ?", "au 2 août 2014",
         {"loi-article-9", "loi-article-9-2012-01-01"}),
        ("Quelles sont les différentes versions de l'article 9 ?", "depuis le 2 août 2014",
         {"loi-article-9", "loi-article-9-2012-01-01"}),
        ("Que dit l'article 9 de la loi ESS ?", "en vigueur depuis le 2 août 2014",
         {"loi-article-9"}),
        ("What did the repealed article 10 say?", "to 1 January 2019, repealed",
         {"loi-article-10"}),
        ("Que dit l'article 10 ?", "n'est pas en vigueur aujourd'hui", set()),
        ("Que disait l'article 9 en 2005 ?", "Je n'ai pas la version demandée", set()),
        ("Que disait l'article 10 abrogé de la loi NOTRe ?", "Je ne sais pas", set()),
    ],
)  # fmt: skip
def test_an_article_asked_for_by_number_is_the_version_that_is_wanted(
    law: Index, text: str, said: str, sources: set[str]
) -> None:
    """No sources: it is refused, and told why."""
    answer = ask(Question(text=text), law)
    assert said in answer.answer
    assert {c.source_id for c in answer.citations} == sources
    assert answer.status == ("answered" if sources else "refused")
    for cited in answer.citations:
        assert law.documents[cited.source_id].text[cited.start : cited.end] == cited.quote


def test_a_version_that_a_person_names_is_taken_at_their_word(law: Index) -> None:
    asked = Question(text="Que dit l'article 10 ?", sources=("loi-article-10",))
    assert {c.source_id for c in ask(asked, law).citations} == {"loi-article-10"}
    asked = Question(text="Que dit l'article 10 ?", sources=("loi-article-9",))
    assert ask(asked, law).citations == ()


def test_the_index_holds_every_version(law: Index) -> None:
    assert len(law.documents) == 3
    assert np.isfinite(law.rows).all() and len(law.rows) == len(law.passages)
