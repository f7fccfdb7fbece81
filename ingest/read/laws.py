"""A whole text of law as the DILA files it, in a zip or a tar: its articles out, in every version.

The folder of a text holds a file a version of an article (``article/…/LEGIARTI….xml``), its
structure (``TEXTELR``, ``SECTION_TA``: which articles it has) and its title (``TEXTE_VERSION``).
"""

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath

from ingest import messages
from ingest.read import law
from ingest.read.archive import LARGEST, MEMBERS, outside
from ingest.read.formats import refused, zipped
from ingest.read.reading import Reading

_STILLBORN = "MODIFIE_MORT_NE"  # replaced before its first day
_NAMES = ("TEXTELR", "SECTION_TA")  # the files that name the articles of a text


def read(content: bytes) -> list[Reading]:
    """The articles of the text by number, the versions of one by date.

    Raises CorpusError ``corpus_unreadable_file``: out of measure, a link, a path that leaves the
    archive, XML that declares entities, no article or those of several texts.
    """
    roots = [law.parsed(xml) for xml in (_zipped(content) if zipped(content) else _tarred(content))]
    articles = [e for root in roots for e in law.articles(root)]
    if len({_text_id(e) for e in articles}) > 1:
        raise refused(messages.MANY_TEXTS, "{file}")
    found: dict[tuple[str, str], Reading] = {}
    for element in articles:
        reading = law.reading_of(element)
        if reading and reading.article and reading.article.state != _STILLBORN:
            found[reading.article.number, reading.article.start or ""] = reading
    if not found:
        raise refused(messages.NO_ARTICLE, "{file}")
    told = _told(roots, {law.id_of(e) for e in articles})
    ordered = sorted(found.items(), key=lambda one: (_place(one[0][0]), one[0][1]))
    return [replace(r, obtained=f"{messages.FROM_LEGI_TEXT}{told}") for _, r in ordered]


def _told(roots: Iterable[law.Element], here: set[str | None]) -> str:
    """The articles that the structure of the text names and the archive lacks."""
    named = {
        link.get("id"): link.get("num") or "?"
        for root in roots if root.tag in _NAMES for link in root.iter("LIEN_ART")
    }  # fmt: skip
    lost = sorted({number for id, number in named.items() if id not in here}, key=_place)
    if not lost:
        return ""
    read, listed = len(named.keys() & here), ", ".join(lost)
    return " " + messages.ARTICLES_LOST.format(read=read, named=len(named), lost=listed)


def _text_id(element: law.Element) -> str | None:
    text = element.find(".//CONTEXTE/TEXTE")
    return None if text is None else text.get("cid")


def _place(number: str) -> list[tuple[int, str]]:
    """« 10 » after « 9 bis », « L2 » after « 3 »."""
    return [(int(n or 0), word) for word, n in re.findall(r"(\D*)(\d*)", number) if word or n]


def _zipped(content: bytes) -> Iterator[bytes]:
    """The XML of a zip that :mod:`ingest.read.archive` found in measure."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.lower().endswith(".xml"):
                yield archive.read(name)


def _tarred(content: bytes) -> Iterator[bytes]:
    """The XML of a tar, packed by gzip or not; inflated no further than :data:`LARGEST`."""
    try:
        with tarfile.open(fileobj=io.BytesIO(_inflated(content)), mode="r:") as archive:
            members = list(islice(archive, MEMBERS + 1))
            if len(members) > MEMBERS:
                raise refused(messages.ZIP_BOMB, "{file}")
            yield from (xml for m in members if (xml := _member(archive, m)) is not None)
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        form = messages.FORMS["archive"]
        raise refused(messages.FOREIGN_FILE, "{file}", form=form) from error


def _inflated(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
        inflated = packed.read(LARGEST + 1)
    if len(inflated) > LARGEST:
        raise refused(messages.ZIP_BOMB, "{file}")
    return inflated


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes | None:
    """The bytes of an XML file; None for a folder or another file."""
    if outside(member.name):
        raise refused(messages.ZIP_TRAVERSAL, "{file}")
    if not (member.isreg() or member.isdir()):
        raise refused(messages.ZIP_LINK, "{file}")
    if PurePosixPath(member.name).suffix.lower() != ".xml":
        return None
    taken = archive.extractfile(member)
    return taken.read() if taken else None
