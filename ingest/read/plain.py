"""Text and Markdown: bytes in, the same characters out."""

import re

from ingest import messages
from ingest.read.formats import refused
from ingest.read.reading import Reading

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKED = re.compile(r"#{1,6} |[-*+] |\|.+\|$|>|\[[^\]]+\]\(", re.MULTILINE)

# What stands before a Markdown note, between two rules: « title: … ».
_FRONT = re.compile(r"---\s*\n(?:[\w-]+:.*\n)+---\s*\n")
_FIELD = re.compile(r"""^([\w-]+):\s*["']?(.*?)["']?\s*$""", re.MULTILINE)


def read(content: bytes) -> Reading:
    """The text as it is, a byte order mark dropped: UTF-8, else the Windows encoding, then said.

    Raises CorpusError ``corpus_unreadable_file``: neither of the two, binary, or empty.
    """
    text, obtained = decoded(content)
    if _CONTROLS.search(text):
        raise refused(messages.BINARY_FILE, "{file}")
    if not text.strip():
        raise refused(messages.EMPTY_FILE, "{file}")
    said = _FRONT.match(text)
    if said is None:
        return Reading(text, obtained)
    fields = dict(_FIELD.findall(said[0]))
    date = fields.get("date", "")
    return Reading(
        text[said.end() :],
        obtained,
        title=fields.get("title"),
        date=date if re.fullmatch(r"\d{4}(-\d{2}){0,2}", date) else None,
    )


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and how it was won. Raises CorpusError when it is in neither encoding."""
    try:
        text = content.decode("utf-8-sig")
        return text, messages.FROM_MARKDOWN if _MARKED.search(text) else messages.FROM_TEXT
    except UnicodeDecodeError as error:
        try:
            return content.decode("cp1252"), messages.FROM_WINDOWS_TEXT
        except UnicodeDecodeError:
            message = messages.UNDECODABLE_FILE.replace("{byte}", str(error.start))
            raise refused(message, "{file}") from error
