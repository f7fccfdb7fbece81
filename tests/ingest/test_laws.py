"""A whole text of law in an archive or a folder: every article, every version, and no way out."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.settings import Settings
from ingest.__main__ import main
from ingest.read.__main__ import readings
from tests.corpus_folder import environment
from tests.ingest import law_files
from tests.ingest.hostile import zipped
from tests.ingest.law_files import TEXT, tarred

VERSIONS = [("9", "2012-01-01"), ("9", "2014-08-02"), ("10", "2014-08-02")]
FORMS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "a.zip": zipped, "a.tar.gz": tarred, "a.tar": lambda files: tarred(files, "w"),
}  # fmt: skip


def found(content: bytes, name: str) -> list[tuple[str, str | None]]:
    """The number and first day of each article that is read."""
    return [(r.article.number, r.article.start) for r in readings(content, name) if r.article]


@pytest.mark.parametrize("name", FORMS)
def test_a_text_gives_every_article_in_every_version(name: str) -> None:
    content = FORMS[name](law_files.text())
    assert found(content, name) == VERSIONS
    first = readings(content, name)[0]
    assert first.title == "Loi n° 2014-856 du 31 juillet 2014, article 9"
    assert "Texte entier" in first.obtained and "il manque" not in first.obtained
    lacking = readings(FORMS[name](law_files.text("LEGIARTI000099999999")), name)[0]
    assert "4 sur 5 ; il manque : 14" in lacking.obtained


def linked() -> bytes:
    """A tar with a link to a file of the machine."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        link = tarfile.TarInfo("article/LEGIARTI000000000001.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return made.getvalue()


OTHER = law_files.file(law_files.legi()).replace(b"JORFTEXT000029313296", b"JORFTEXT000030487441")
DECLARES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><ARTICLE>&b;</ARTICLE>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "link": (linked, "lien"),
    "out": (lambda: tarred({"../../LEGIARTI000000000001.xml": DECLARES}), "sortent"),
    "entities": (lambda: tarred({"LEGIARTI000000000001.xml": DECLARES}), "entités"),
    "bomb": (lambda: tarred({"LEGIARTI000000000001.xml": bytes(100_000_001)}), "démesuré"),
    "crowd": (lambda: tarred({f"{i}.xml": b"" for i in range(2_001)}), "démesuré"),
    "cut": (lambda: tarred(law_files.text())[:-400], "archive"),
    "nothing": (lambda: tarred({"lisez-moi.txt": b"rien"}), "aucun article"),
    "two": (lambda: tarred(law_files.text() | {"LEGIARTI000000000002.xml": OTHER}), "plusieurs"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_an_archive_that_is_none_of_law_is_refused(case: str) -> None:
    made, said = HOSTILE[case]
    with pytest.raises(CorpusError) as refused:
        readings(made(), "loi.tar.gz")
    assert refused.value.code == "corpus_unreadable_file"
    assert said in refused.value.message


def test_a_folder_is_added_whole_from_its_structure(
    made: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    environment(made, monkeypatch)
    folder = tmp_path / "loi-ess"
    for path, content in law_files.text().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    assert main(["add", str(folder / f"texte/struct/{TEXT}.xml"), "--yes"]) == 0
    out = capsys.readouterr().out
    assert "Loi n° 2014-856 du 31 juillet 2014  (annoncé par le fichier)" in out
    assert "-article-10 : en vigueur du 2 août 2014 au 1er janvier 2019, abrogé, plus depuis" in out
    again = ["add", str(folder), "--id", "loi-n-2014-856-du-31-juillet-2014", "--yes"]
    assert main(again) == 0, "the same files, the same zip"
    assert "Rien n'a changé" in capsys.readouterr().out
    assert main(["check"]) == 0
    (alone := tmp_path / "seul").mkdir()
    (alone / f"{TEXT}.xml").write_bytes(law_files.text()[f"texte/struct/{TEXT}.xml"])
    assert main(["add", str(alone / f"{TEXT}.xml"), "--yes"]) == 1
    assert "sans ses articles" in capsys.readouterr().err
