"""Untrusted files: each refused by name in French, in a process that may die; the rest goes on."""

import hashlib
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from ingest.read import read
from ingest.read.limits import Limits
from tests.corpus_folder import ENTRY, understood
from tests.ingest import hostile, law_files, written

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize(
    ("name", "made", "word"), hostile.FILES, ids=[name for name, _, _ in hostile.FILES]
)
def test_each_is_refused_with_what_to_do(name: str, made: Callable[[], bytes], word: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read(made(), name)
    said = caught.value.message
    assert caught.value.code == "corpus_unreadable_file"
    assert said.startswith(f"{name} : ") and word in said.removeprefix(name)
    assert said.endswith(".") and "Traceback" not in said
    assert any(verb in said for verb in ("nregistrez", "renommez", "Récupérez", "Découpez",
                                         "écoupez", "Donnez", "demandez", "Vérifiez", "Prenez",
                                         "Simplifiez"))  # fmt: skip


def test_there_are_enough_of_them() -> None:
    assert len(hostile.FILES) >= 40
    assert len({name for name, _, _ in hostile.FILES}) == len(hostile.FILES)


def test_the_rest_goes_on(tmp_path: Path) -> None:
    entries = []
    for id, extension, content in (
        ("bombe", "xml", hostile.law(hostile.BOMB)),
        ("guide", "docx", written.word()),
        ("coupe", "odt", written.odt()[:900]),
        ("texte", "txt", b"Les communes agissent."),
    ):
        (tmp_path / f"{id}.{extension}").write_bytes(content)
        entry = ENTRY.format(id=id, sha256=hashlib.sha256(content).hexdigest())
        entries.append(entry.replace(f"{id}.txt", f"{id}.{extension}"))
    (tmp_path / "manifest.toml").write_text("".join(entries), "utf-8")
    received, refused = understood(tmp_path)
    assert [r.source.id for r in received] == ["guide", "texte"]
    assert [e.message.split(" : ")[0] for e in refused] == ["bombe.xml", "coupe.odt"]


def test_a_link_of_the_corpus_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.txt").write_text("secret")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "guide.txt").symlink_to(tmp_path / "elsewhere" / "secret.txt")
    entry = ENTRY.format(id="guide", sha256=hashlib.sha256(b"secret").hexdigest())
    (corpus / "manifest.toml").write_text(entry, "utf-8")
    received, refused = understood(corpus)
    assert received == () and "lien" in refused[0].message


def test_a_child_that_never_ends_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.read.limits_of", lambda _: Limits(10**9, 1, 0))
    with pytest.raises(CorpusError, match=r"^lent\.docx : .*trop longtemps"):
        read(written.word(), "lent.docx")


@pytest.mark.parametrize(
    ("limits", "greed"),
    [
        ("Limits(200_000_000, 5, 5)", "bytes(10**9)"),
        ("Limits(10**9, 1, 5)", "[None for _ in iter(int, 1)]"),
        ("Limits(10**9, 5, 5)", "socket.create_connection(('127.0.0.1', 9))"),
        ("Limits(10**9, 5, 5)", "socket.getaddrinfo('example.org', 443)"),
    ],
)
def test_the_limits_hold(limits: str, greed: str) -> None:
    code = f"import socket; from ingest.read.limits import *; confine({limits}); {greed}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode != 0
    assert not done.stderr or done.stderr.split("\n")[-2].startswith(
        ("MemoryError", "PermissionError")
    )


def test_what_a_file_names_elsewhere_is_never_fetched() -> None:
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    calls.append(server.accept())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        rel = (
            f'<Relationship Id="rId99" TargetMode="External" Target="{address}/t.dotx" '
            f'Type="{RELATIONS}/attachedTemplate"/></Relationships>'
        )
        name = "word/_rels/document.xml.rels"
        rels = hostile.members(written.word())[name].decode()
        word = hostile.changed(
            written.word(), {name: rels.replace("</Relationships>", rel).encode()}
        )
        page = hostile.page(
            f"<link rel=stylesheet href={address}/a.css><img src={address}/b.png>"
            f"<iframe src={address}></iframe><main><p>Les communes prêtent des locaux.</p></main>"
        )
        try:
            assert read(word, "guide.docx")[0].text == read(written.word(), "guide.docx")[0].text
            assert read(page, "page.html")[0].text.strip() == "Les communes prêtent des locaux."
            with pytest.raises(CorpusError):
                read(hostile.law(hostile.REMOTE.replace("http://127.0.0.1:9", address)), "loi.xml")
        finally:
            stop.set()
            thread.join()
    assert calls == []


def test_scripts_leave_nothing_behind() -> None:
    page = hostile.page(
        '<main onload="alert(1)"><h1>Les pôles</h1><script>alert("piège")</script>'
        '<p onclick="alert(2)">Les communes <a href="javascript:alert(3)">agissent</a> ensemble.'
        "</p><style>p{}</style><noscript>piège</noscript><svg><text>piège</text></svg>"
        '<p style="display: none">piège</p><template>piège</template></main>'
    )
    text = read(page, "page.html")[0].text
    assert "Les communes agissent ensemble." in text
    assert not any(word in text for word in ("piège", "alert", "javascript", "<"))


def test_good_files_pass(tmp_path: Path) -> None:
    assert [r.text[:9] for r in read(law_files.file(law_files.legi()), "loi.xml")] == ["# Article"]
    assert read(written.odt(), "étude à lire.odt")[0].text.strip()
