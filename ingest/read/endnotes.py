"""The notes of a web page: its main part in; the same out, with the notes under a heading.

Else they would stand under the last heading of the text, and « [1] » look like a citation.
"""

import re

from lxml.html import HtmlElement
from lxml.html.builder import H2

from ingest import messages

# What sites call the element of one note: « nb1 » (SPIP), « fn:1 », « cite_note-1 »…
_NAME = re.compile(r"(?:nb|_?e?d?n|_?ftn|_?fn|(?:cite|foot|end)?_?note)[-:_]?\d+(?:-\d+)?", re.I)
_MARK = re.compile(r"(?=\W*\d{1,3}\s*[\]).:])[↑^\s\[(]*(\d{1,3})\s*[\]).:]+\s*")
_BACK = re.compile(r"[\s↩↑⏎^\ufe0e]+$")
_TAGS = ("p", "li", "div", "aside")


def set_apart(main: HtmlElement) -> None:
    """Changes the part in place: « [1] Source : … » is « Note 1 : Source : … », under « Notes »."""
    notes = [e for e in main.iter(*_TAGS) if _NAME.fullmatch(e.get("id") or "")]
    notes = [e for e in notes if not any(above in notes for above in e.iterancestors())]
    if not notes:
        _headed(main)
        return
    for rank, note in enumerate(notes, 1):
        _written(note, rank)
    first = notes[0]
    for note in notes:
        above = note.getparent()
        if note.tag == "li" and above is not None:
            first = above if note is first else first
            note.tag, above.tag = "p", "div"
    first.addprevious(H2(messages.NOTES))


def _headed(main: HtmlElement) -> None:
    """A part that is called the notes, and whose notes have no names, under its heading."""
    for part in main.xpath("descendant::*[@class]"):
        named = {"notes", "footnotes"} & {*part.get("class").split()}
        if named and 2 * len(part.text_content()) < len(main.text_content()):
            part.insert(0, H2(messages.NOTES))


def _written(note: HtmlElement, rank: int) -> None:
    """One note, its sign and the arrow back to the text replaced by its number in words."""
    said = " ".join(str(note.text_content()).split())
    marked = _MARK.match(said)
    number, rest = (int(marked[1]), said[marked.end() :]) if marked else (rank, said)
    for child in list(note):
        note.remove(child)
    note.text = messages.NOTE.format(number=number, text=_BACK.sub("", rest))
