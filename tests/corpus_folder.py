"""A corpus of small invented documents on disk, with a manifest that proves them, and its index."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.index import Index, Reader
from assistant.settings import Settings
from assistant.types import Document
from ingest.made import Published, parts
from ingest.manifest import load_manifest, read_corpus

ENTRY = """
[[document]]
id = "{id}"
file = "{id}.txt"
kind = "guide"
title = "Guide {id}"
publisher = "RTES"
date = "2020-03"
obtained = "Texte saisi."
sha256 = "{sha256}"
"""

LIBRARY = {
    "jardins": """# Les jardins partagés

Les communes prêtent des parcelles aux associations de jardiniers. Une convention de trois ans
fixe les règles d'arrosage.

## Comment aider un jardin ?

- Prêter un terrain proche du centre-bourg.
- Installer un récupérateur d'eau de pluie.
- Financer des outils mutualisés, à hauteur de 2 000 euros.
""",
    "ressourceries": """# Les ressourceries

L'intercommunalité confie la collecte des encombrants à une ressourcerie. Elle emploie douze
salariés en insertion.

Le département soutient la formation des salariés. La région finance les véhicules.
""",
    "lavoirs": """# Les lavoirs

Les lavoirs ont été restaurés par des bénévoles en 2018. Le conseil municipal a voté 4 500 euros
pour la charpente.
""",
}
CHANGED = LIBRARY | {"lavoirs": LIBRARY["lavoirs"].replace("2018", "2019")}


def fill(folder: Path, texts: Mapping[str, str]) -> None:
    """The folder made to hold these documents and their manifest, and nothing else."""
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    entries = []
    for id, text in texts.items():
        (folder / f"{id}.txt").write_text(text, "utf-8")
        entries.append(ENTRY.format(id=id, sha256=hashlib.sha256(text.encode()).hexdigest()))
    (folder / "manifest.toml").write_text("".join(entries), "utf-8")


def understood(folder: Path) -> tuple[tuple[Document, ...], tuple[CorpusError, ...]]:
    """The documents of a folder by its own manifest, and why each other file is refused."""
    received, wrong = read_corpus(folder, load_manifest(folder))
    found, refused = parts(received, Published(None))
    return tuple(d for part in found for d in part.documents), (*wrong, *refused)


def settings_of(folder: Path, model: str) -> Settings:
    """Settings whose corpus and data are folders of this one."""
    (folder / "corpus").mkdir(exist_ok=True)
    return Settings(data_dir=folder / "data", corpus_dir=folder / "corpus", embedding_model=model)


def environment(made: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment in which a program has these settings."""
    for name, value in given(made).items():
        monkeypatch.setenv(name, value)


def given(made: Settings) -> dict[str, str]:
    """The variables of the environment that say these settings."""
    names = ("data_dir", "corpus_dir", "embedding_model")
    return {f"ASSISTANT_{name.upper()}": str(getattr(made, name)) for name in names}


def served(made: Settings) -> Index:
    """The index that these settings open."""
    return Reader(made).current()


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Each file below a folder: when it was last written, and what it holds."""
    return {
        file.relative_to(folder).as_posix(): (file.stat().st_mtime_ns, file.read_bytes())
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
