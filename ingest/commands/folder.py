"""A folder of the DILA on this machine in; one zip of the files of its text out.

Nothing is parsed here: the zip goes to the reader of untrusted files like any other.
"""

import io
import zipfile
from pathlib import Path

from assistant.errors import CorpusError
from ingest.commands import messages
from ingest.read.archive import LARGEST, MEMBERS

_ARTICLE = b"<ARTICLE"
_TEXT = (b"<TEXTELR", b"<TEXTE_VERSION")
_BESIDE = "texte"  # the folder of the structure and the title, beside « article »
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files make the same zip, whenever they were copied


def of_text(path: Path) -> Path | None:
    """The folder of the text of law that a path is, or is the structure of; None for others."""
    if path.is_dir():
        return path if _has_articles(path) else None
    if path.suffix.lower() != ".xml" or not any(mark in _head(path) for mark in _TEXT):
        return None
    above = [folder.parent for folder in path.resolve().parents if folder.name == _BESIDE]
    folders = (path.resolve().parent, *above[:1])
    return next((folder for folder in folders if _has_articles(folder)), None)


def files_of(path: Path) -> list[Path]:
    """The files right inside a folder, by name; hidden ones and links are left.

    Raises CorpusError ``corpus_missing_file`` when there are none.
    """
    found = [f for f in sorted(path.iterdir()) if f.is_file() and not f.is_symlink()]
    shown = [f for f in found if not f.name.startswith(".")]
    if not shown:
        raise CorpusError("corpus_missing_file", messages.EMPTY_FOLDER.format(file=path))
    return shown


def _has_articles(path: Path) -> bool:
    """Whether a folder holds articles of law; one with other files beside them is no text."""
    beside = (f for f in path.iterdir() if f.is_file() and not f.name.startswith("."))
    if any(f.suffix.lower() != ".xml" for f in beside):
        return False
    return any(_ARTICLE in _head(f) for f in path.rglob("*.xml") if f.is_file())


def packed(folder: Path) -> bytes:
    """A zip of the XML files of a folder; links are not followed.

    Raises CorpusError ``corpus_unreadable_file`` when they are too many, or too big in all.
    """
    files = [f for f in sorted(folder.rglob("*.xml")) if f.is_file() and not f.is_symlink()]
    if len(files) > MEMBERS or sum(f.stat().st_size for f in files) > LARGEST:
        message = messages.BIG_FOLDER.format(
            file=folder, members=MEMBERS, limit=LARGEST // 1_000_000
        )
        raise CorpusError("corpus_unreadable_file", message)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            member = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, file.read_bytes())
    return made.getvalue()


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)
