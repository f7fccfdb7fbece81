"""A draft in; the text of the answer with its markers, and its citations, out."""

import re
from collections.abc import Sequence

from assistant.compose.draft import Draft, Part, Quote
from assistant.index import Index
from assistant.messages import ANSWERS, MONTHS
from assistant.types import Citation, Document, Language, Nearest, Piece, Source


def write(
    draft: Draft, index: Index, language: Language, said: str | None = None
) -> tuple[str, tuple[Citation, ...]]:
    """The small Markdown of an answer, each quotation with the number of its citation.

    ``said`` is a sentence on the answer itself, put after the quotations.
    """
    numbers: dict[tuple[str, int, int], int] = {}
    blocks: list[str] = []
    for part in draft.parts:
        blocks += _part(part, index, language, numbers)
    cited = [
        cite(Quote(index.passages[id], first, last), index, number)
        for (id, first, last), number in numbers.items()
    ]
    return framed(draft, language, blocks, said), tuple(cited)


def framed(draft: Draft, language: Language, blocks: Sequence[str], said: str | None = None) -> str:
    """The blocks of an answer between its note and what it does not say, which comes last."""
    missing = f"**{ANSWERS[language]['missing']}** {draft.missing}" if draft.missing else None
    return "\n\n".join(filter(None, [draft.note, *blocks, said, missing]))


def cite(quote: Quote, index: Index, number: int) -> Citation:
    """The citation of a quotation. Its text is cut from the source at its offsets."""
    return Citation(number=number, **_about(quote, index))


def nearest(quote: Quote, index: Index) -> Nearest:
    """The same, for a passage that is only near."""
    return Nearest(**_about(quote, index))


def dated(date: str, language: Language) -> str:
    """A date as a person reads it: 2022-05 is mai 2022, ~2021 is vers 2021."""
    match = re.fullmatch(r"(~?)(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    if not match:
        return date
    about, year, month, day = match.groups()
    words = [_day(day, language)] if day else []
    words += [MONTHS[language][int(month) - 1]] if month else []
    return (ANSWERS[language]["about"] + " " if about else "") + " ".join([*words, year])


def _day(day: str, language: Language) -> str:
    return "1er" if day == "01" and language == "fr" else day.lstrip("0")


def validity(source: Source, language: Language) -> str:
    """When a source is of: its date; of a version of law, from when to when it is in force."""
    since, until = source.in_force_from, source.in_force_to
    if since is None:
        return dated(source.date, language)
    words = ANSWERS[language]
    form = words["in_force" if until is None else "was_in_force"]
    said = form.format(since=dated(since, language), until=dated(until or "", language))
    repealed = until is not None and (source.state or "").startswith("ABROGE")
    return f"{said}, {words['repealed']}" if repealed else said


def short(title: str) -> str:
    """A title as a person calls it: « Points de RepèrESS : Collectivités… » is its first part."""
    return re.split(r"\s+:\s|\s+\(", title, maxsplit=1)[0]


def origin(source: Source, language: Language) -> str:
    """What stands after a quotation: the short title of its source, and when it is of."""
    return f"{short(source.title)}, {validity(source, language)}"


def _part(
    part: Part, index: Index, language: Language, numbers: dict[tuple[str, int, int], int]
) -> list[str]:
    blocks = [f"### {part.heading}"] if part.heading else []
    lines: list[str] = []
    for i, quote in enumerate(part.quotes):
        key = (quote.passage.id, quote.first, quote.last)
        number = numbers.setdefault(key, len(numbers) + 1)
        line = f"{_shown(quote, index)} [{number}]"
        opens = i == 0 or _other_source(part.quotes[i - 1], quote)
        closes = i + 1 == len(part.quotes) or _other_source(quote, part.quotes[i + 1])
        if part.listed:
            if opens and not part.led:
                blocks.append(_introduced(quote, index, language, part.heading))
            lines.append(f"- {line}")
            if closes:
                blocks.append("\n".join(lines))
                lines = []
        else:
            blocks.append(f"{line} ({_origin_of(quote, index, language)})" if closes else line)
    return blocks


def _introduced(quote: Quote, index: Index, language: Language, heading: str | None) -> str:
    """The line above a list: the heading that it stands under, and the document."""
    origin = _origin_of(quote, index, language)
    section = quote.passage.section[-1].rstrip(" :") if quote.passage.section else ""
    return f"{origin} :" if heading or not section else f"**{section}** ({origin}) :"


def _other_source(quote: Quote, following: Quote) -> bool:
    return quote.passage.source_id != following.passage.source_id


def _origin_of(quote: Quote, index: Index, language: Language) -> str:
    return origin(index.documents[quote.passage.source_id].source, language)


def _shown(quote: Quote, index: Index) -> str:
    """The quotation on one line, between guillemets unless it brings its own."""
    text = index.documents[quote.passage.source_id].text[quote.start : quote.end]
    line = " ".join(text.split())
    return line if line.startswith("«") else f"« {line} »"


def _about(quote: Quote, index: Index) -> dict[str, object]:
    document = index.documents[quote.passage.source_id]
    source, passage = document.source, quote.passage
    text = document.text[quote.start : quote.end]
    return {
        "passage_id": passage.id,
        "source_id": source.id,
        "source_title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "source_kind": source.kind,
        "passage_kind": passage.kind,
        "url": source.url,
        "section": passage.section,
        "page": passage.page,
        "quote": text,
        "start": quote.start,
        "end": quote.end,
        "raw": received(document, quote.start, quote.end),
    }


def received(document: Document, start: int, end: int) -> str | None:
    """The received text of a stretch, where a word of it was repaired; None elsewhere."""
    touched = [p for p in document.pieces if p.start < end and p.end > start]
    raw = document.raw[_edge(touched[0], start) : _edge(touched[-1], end, last=True)]
    return raw if _letters(raw) != _letters(document.text[start:end]) else None


def _edge(piece: Piece, at: int, *, last: bool = False) -> int:
    """The raw offset of a normalised one, inside a piece that is a copy or at its edge."""
    if piece.end - piece.start == piece.raw_end - piece.raw_start:
        return piece.raw_start + at - piece.start
    return piece.raw_end if last else piece.raw_start


def _letters(text: str) -> str:
    """What is read of a text: white space, line-end hyphens and Markdown marks left out."""
    return re.sub(r"[\s\u00ad*#_>•►➤➢-]|</?\w+>", "", text)
