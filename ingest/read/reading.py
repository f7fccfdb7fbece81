"""What every reader gives back: the text of a file, in the marks that the layout step knows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self


@dataclass(frozen=True)
class Article:
    """What the law's own file says of one article, in one version. Dates are written 2014-08-02.

    ``number`` is « 9 » or « L1111-4 », ``id`` its LEGIARTI number, ``state`` the word of the file
    (VIGUEUR, MODIFIE, ABROGE…), ``law`` the full name of the law, decree or code. It is in force
    from ``start`` up to ``end``, that day not included; None where the file names no day.
    ``links`` are the texts it names or that name it.
    """

    number: str
    id: str | None = None
    state: str | None = None
    start: str | None = None
    end: str | None = None
    links: tuple[str, ...] = ()
    law: str | None = None


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
    article: Article | None = None

    @classmethod
    def of_json(cls, fields: Mapping[str, Any]) -> Self:
        """The reading in a decoded JSON object. Raises TypeError when it has another shape."""
        reading = cls(**fields)
        if not (isinstance(reading.text, str) and isinstance(reading.obtained, str)):
            raise TypeError("text")
        if reading.article is None:
            return reading
        article = Article(**fields["article"])
        return replace(reading, article=replace(article, links=tuple(article.links)))
