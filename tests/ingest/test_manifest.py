"""The corpus is what its manifest says, or each file is refused by name."""

import hashlib
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from ingest.made import Published, parts, read
from ingest.manifest import Received, load_manifest, read_corpus, read_document
from ingest.read import plain

CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = "Les communes agissent."


def _folder(tmp_path: Path, content: bytes = TEXT.encode(), *more: str) -> Path:
    """A corpus of one document."""
    sha256 = hashlib.sha256(content).hexdigest()
    (tmp_path / "guide.txt").write_bytes(content)
    (tmp_path / "manifest.toml").write_text(
        f"""
[[document]]
id = "guide"
file = "guide.txt"
kind = "guide"
title = "Guide"
publisher = "RTES"
date = "2020-03"
obtained = "Texte saisi."
sha256 = "{sha256}"
"""
        + "\n".join(more),
        "utf-8",
    )
    return tmp_path


def received_of(folder: Path) -> tuple[list[Received], list[CorpusError]]:
    """What a folder holds by its own manifest."""
    return read_corpus(folder, load_manifest(folder))


def test_the_corpus_is_whole() -> None:
    received, refused = received_of(CORPUS)
    assert refused == []
    assert [r.entry.id for r in received] == [
        "reperes-8-leviers-2014",
        "etude-presentation-2013",
        "etude-restitution-2014",
        "points-de-reperess-aura-2022",
        "fiche-action-5-ptce",
    ]
    assert [r.entry.file for r in received] == [f"{r.entry.id}.txt" for r in received]


def test_a_source_keeps_what_people_read() -> None:
    entry = load_manifest(CORPUS).document[3]
    source = entry.source()
    assert (source.date, source.kind, source.url) == ("2022-05", "guide", None)
    assert source.sha256 == entry.sha256


def test_every_refusal_names_its_file_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "inconnu.txt").write_text("?")
    (folder / ".hidden").write_text("")
    received, refused = received_of(folder)
    assert [read(r)[0].text for r in received] == [TEXT]
    assert [(e.code, e.message.split(" :")[0]) for e in refused] == [
        ("corpus_unknown_file", "inconnu.txt")
    ]


def test_missing_file(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "guide.txt").unlink()
    _, refused = received_of(folder)
    assert [e.code for e in refused] == ["corpus_missing_file"]
    assert "guide.txt" in refused[0].message


def test_altered_file(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "guide.txt").write_text(TEXT + " ")
    with pytest.raises(CorpusError, match=r"guide\.txt .*empreinte") as caught:
        read_document(folder, load_manifest(folder).document[0])
    assert caught.value.code == "corpus_altered_file"


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xff\xfe\x00e", b"abc\0def", b"caf\x81"])
def test_a_file_that_is_no_text(tmp_path: Path, content: bytes) -> None:
    received, _ = received_of(_folder(tmp_path, content))
    _, refused = parts(received, Published(None))
    assert [e.code for e in refused] == ["corpus_unreadable_file"]
    assert "guide.txt" in refused[0].message


def test_a_byte_order_mark_is_no_text() -> None:
    assert plain.read(b"\xef\xbb\xbfOui").text == "Oui"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('date = "2020-03"', 'date = "mars 2020"'),
        ('kind = "guide"', 'kind = "livre"'),
        ('file = "guide.txt"', 'file = "../guide.txt"'),
        ('publisher = "RTES"', ""),
        ('title = "Guide"', 'title = "Guide"\ncolour = "red"'),
        ("[[document]]", "[[document"),
        ('obtained = "Texte saisi."', 'obtained = "x"\nurl = "javascript:alert(1)"'),
    ],
)
def test_a_bad_manifest(tmp_path: Path, before: str, after: str) -> None:
    manifest = _folder(tmp_path) / "manifest.toml"
    manifest.write_text(manifest.read_text("utf-8").replace(before, after), "utf-8")
    with pytest.raises(CorpusError, match=r"^manifest\.toml : ") as caught:
        load_manifest(tmp_path)
    assert caught.value.code == "corpus_manifest"


def test_a_document_twice(tmp_path: Path) -> None:
    manifest = _folder(tmp_path) / "manifest.toml"
    manifest.write_text(manifest.read_text("utf-8") * 2, "utf-8")
    with pytest.raises(CorpusError, match="« guide » y figure deux fois"):
        load_manifest(tmp_path)


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"manifest\.toml"):
        load_manifest(tmp_path)
