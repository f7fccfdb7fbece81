"""What a file is, told by its first bytes; its name only has to agree.

Comes in: the bytes of a file and its name. Goes out: the name of the reader that fits, or a
refusal that says what the file is and what to do.
"""

import re
from pathlib import PurePath
from typing import Literal

from assistant.errors import CorpusError
from ingest import messages

Format = Literal["pdf", "scan", "word", "odt", "law", "laws", "web", "plain"]

EXTENSIONS: dict[Format, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "scan": ("png", "jpg", "jpeg", "tif", "tiff"),
    "word": ("docx",),
    "odt": ("odt",),
    "law": ("xml",),
    "laws": ("zip", "gz", "tgz", "tar"),
    "web": ("html", "htm", "xhtml"),
    "plain": ("txt", "md", "markdown", "text"),
}
HEAD = 4096  # bytes; what comes before the first mark of a file is shorter
_MARKS: tuple[tuple[bytes, Format], ...] = (
    (b"\x89PNG\r\n\x1a\n", "scan"),
    (b"\xff\xd8\xff", "scan"),
    (b"II*\0", "scan"),
    (b"MM\0*", "scan"),
    (b"\x1f\x8b", "laws"),  # a tar of law, or its reader refuses it
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Files that are known and not read, by their first bytes; the key is one of messages.FORMS.
_FOREIGN = (
    (b"{\\rtf", "rtf"),
    (b"GIF8", "picture"),
    (b"RIFF", "picture"),
    (b"BM", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "database"),
    (b"%!PS", "postscript"),
    (b"\xff\xfe", "utf16"),
    (b"\xfe\xff", "utf16"),
)
_WEB = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|article|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*<(?:\?xml|!DOCTYPE|[A-Z_]+[ >])")
# In capitals: « article » is also HTML.
_LAW = re.compile(rb"<(?:ARTICLES?|LEGI|TEXTELR|TEXTE_VERSION|SECTION_TA)[\s>]")
_LAW_ROOT = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?" + _LAW.pattern)


def zipped(content: bytes) -> bool:
    """Whether a file is a zip: what it holds, only :mod:`ingest.read.archive` may tell."""
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def format_of(content: bytes, name: str) -> Format:
    """The format of a file that is no zip, told by its first bytes.

    Raises CorpusError ``corpus_unreadable_file``: empty, or of a kind that is not read.
    """
    head = content[:HEAD].removeprefix(b"\xef\xbb\xbf")
    if not head.strip():
        raise refused(messages.EMPTY_FILE, name)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for mark, found in _MARKS:
        if head.startswith(mark):
            return found
    if content[257:262] == b"ustar":
        return "laws"
    if head.startswith(_OLE):
        secret = _ENCRYPTED in content
        raise refused(messages.ENCRYPTED_FILE if secret else messages.OLD_WORD_FILE, name)
    for mark, key in _FOREIGN:
        if content.startswith(mark):
            raise refused(messages.FOREIGN_FILE, name, form=messages.FORMS[key])
    if _LAW_ROOT.match(head):
        return "law"
    if _WEB.match(head):
        return "web"
    if _XML.match(head):
        if _LAW.search(head):
            return "law"
        raise refused(messages.FOREIGN_FILE, name, form=messages.FORMS["xml"])
    return "plain"


def agreed(found: Format, name: str) -> Format:
    """The format, once the extension of the name is one that it bears; none agrees with all.

    Raises CorpusError ``corpus_unreadable_file``, which says what the file is.
    """
    extension = PurePath(name).suffix.lower().removeprefix(".")
    if extension and extension not in EXTENSIONS[found]:
        raise refused(
            messages.WRONG_EXTENSION,
            name,
            form=messages.FORMS[found],
            extension=extension,
            wanted=" », « .".join(EXTENSIONS[found]),
        )
    return found


def refused(message: str, name: str, **fields: object) -> CorpusError:
    """The refusal of one file, which the message names."""
    return CorpusError("corpus_unreadable_file", message.format(file=name, **fields))
