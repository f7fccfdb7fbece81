"""What every reader gives back: the text of a file, in the marks that the layout step knows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """One document as a reader understood it, before cleaning.

    ``text`` is plain text with Markdown marks (``#`` headings, ``-`` and ``1.`` items indented by
    two spaces a level, tables with ``|``), in reading order, its pages apart by form feeds. The
    other fields are what the file itself says, None where it does not; ``date`` is written as in
    the manifest (``2022-05``), ``obtained`` says in French how the text was won.
    """

    text: str
    obtained: str
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
