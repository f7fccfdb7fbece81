"""The notes at the foot of a Word document, which python-docx does not read."""

from collections.abc import Iterator

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn


def footnotes(word: Word) -> Iterator[str]:
    """The text of each note, foot before end, in the order of the file."""
    from ingest.read.word import text_of

    parts = {rel.reltype: rel for rel in word.part.rels.values() if not rel.is_external}
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        if kind not in parts:
            continue
        for note in parse_xml(parts[kind].target_part.blob):
            if note.get(qn("w:type")) is None:  # the others are the lines drawn above notes
                yield " ".join(text_of(p) for p in note.iter(qn("w:p")))
