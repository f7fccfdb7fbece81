"""A zip of a word processor, or of law, in; what it is out, once nothing in it is out of measure.

Sizes are those that the directory of the zip announces: :mod:`zipfile` never inflates a member
beyond the size announced, so that a lie ends as a damaged file.
"""

import io
import re
import zipfile
from pathlib import PurePosixPath

from ingest import messages
from ingest.read.formats import Format, refused

MEMBERS = 2_000
LARGEST = 100_000_000  # bytes in all, inflated
RATIO = 200  # inflated to packed; XML seldom passes 30
SMALL = 1_000_000  # bytes; below, a ratio says nothing
_ODT = b"application/vnd.oasis.opendocument.text"
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def format_of_zip(content: bytes, name: str) -> Format:
    """``word``, ``odt`` or ``laws``.

    Raises CorpusError ``corpus_unreadable_file``: damaged, locked by a password, out of measure,
    a member outside its folder, a symbolic link, XML that declares entities, something else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _measured(members, name)
            for member in members:
                _placed(member, name)
            found = _kind(archive, {m.filename for m in members}, name)
            for member in members:
                _plain(archive, member, name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise refused(messages.DAMAGED_FILE, name) from error
    return found


def _measured(members: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members) or 1
    if len(members) > MEMBERS or total > LARGEST or (total > SMALL and total > RATIO * packed):
        raise refused(messages.ZIP_BOMB, name)


def _placed(member: zipfile.ZipInfo, name: str) -> None:
    if outside(member.filename):
        raise refused(messages.ZIP_TRAVERSAL, name)
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        raise refused(messages.ZIP_LINK, name)
    if member.flag_bits & 1:
        raise refused(messages.ENCRYPTED_FILE, name)


def outside(name: str) -> bool:
    """Whether the name of a member is a path that leaves its archive."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _kind(archive: zipfile.ZipFile, names: set[str], name: str) -> Format:
    if "mimetype" in names and archive.read("mimetype").strip() == _ODT and "content.xml" in names:
        if b"encryption-data" in _content(archive, "META-INF/manifest.xml", names):
            raise refused(messages.ENCRYPTED_FILE, name)
        return "odt"
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        if any(n.endswith("vbaProject.bin") for n in names):
            raise refused(messages.MACROS, name)
        return "word"
    if any(PurePosixPath(n).match("LEGIARTI*.xml") for n in names):
        return "laws"
    raise refused(messages.FOREIGN_FILE, name, form=messages.FORMS[_other(names)])


def _other(names: set[str]) -> str:
    """What else a zip is, a key of messages.FORMS."""
    if any(n.startswith("xl/") for n in names):
        return "sheet"
    if any(n.startswith("ppt/") for n in names):
        return "slides"
    return "archive"


def _content(archive: zipfile.ZipFile, member: str, names: set[str]) -> bytes:
    return archive.read(member) if member in names else b""


def _plain(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    """Raises when a member is cut short, or is XML that declares something of its own."""
    content = archive.read(member)
    if member.filename.endswith((".xml", ".rels")):
        sample = content.replace(b"\0", b"")  # UTF-16 hides nothing
        if _DECLARES.search(sample):
            raise refused(messages.XML_ENTITIES, name)
