"""Citations in; whether what is needed is cited, whether what is cited is needed, and verbatim.

Recall and precision of citations are meant as by Gao et al. (ALCE, EMNLP 2023), where a model of
entailment judges. Here the expected quotations judge what is needed, and the words themselves
whether a statement rests on its citations, since a quotation can be checked without a model.
"""

import re
from collections.abc import Iterator, Mapping

from assistant import lexical
from evals.case import Case
from evals.given import Given, Place, meets, needs, plain
from evals.markers import MARKERS, marked

ASIDE = re.compile(r"\W*\([^)]*\)\W*")  # the document and date that follow a quotation
RESTS = 0.8  # share of the words of a statement that its citations hold
Texts = Mapping[str, str]


def completeness(case: Case, given: Given) -> float | None:
    """Share of the needs that the citations meet, in [0, 1]; none where nothing is needed."""
    wanted = needs(case)
    if not wanted:
        return None
    return sum(any(meets(c, need) for c in given.citations) for need in wanted) / len(wanted)


def all_cited(case: Case, given: Given) -> float | None:
    """1 where every need is met by a citation, else 0; none where nothing is needed."""
    share = completeness(case, given)
    return None if share is None else float(share == 1)


def precision(case: Case, given: Given) -> float | None:
    """Share of the citations that hold an expected quotation; 0 without any citation.

    None where nothing is needed. A good quotation that no one expected counts against it; one that
    is cited again counts once.
    """
    if not case.quotes:
        return None
    useful = {(c.source_id, plain(c.quote)): meets(c, case.quotes) for c in given.citations}
    return sum(useful.values()) / len(useful) if useful else 0.0


def support(case: Case, given: Given) -> float | None:
    """Share of the statements of the answer that rest on what they cite (ALCE's recall).

    A statement is what stands before a marker, or a line without any; headings, lines that end in
    a colon and what the answer says is missing are none. It rests on its citations when they hold
    four fifths of its words and every number: less than entailment, for which see ``--judge``.
    0 where an answer was due and is missing, or makes no statement; none where none was due.
    """
    if given.failure:
        return 0.0 if case.answerable else None
    if given.status == "refused":
        return None
    judged = [_rests(text, numbers, given) for text, numbers in _statements(given)]
    nothing = 0.0 if case.answerable else None
    return sum(judged) / len(judged) if judged else nothing


def verbatim(case: Case, given: Given, texts: Texts) -> float | None:
    """Share of the citations that stand word for word in the normalised text of their source.

    Where offsets are told they must be right too. None without citations; 0 where an answer that
    should have some is missing.
    """
    if given.failure:
        return 0.0 if case.quotes else None
    if not given.citations:
        return None
    stands = [_stands(c, texts.get(c.source_id, "")) for c in given.citations]
    return sum(stands) / len(stands)


def _stands(citation: Place, text: str) -> bool:
    if citation.start is None or citation.end is None:
        return bool(citation.quote.strip()) and citation.quote in text
    return bool(citation.quote.strip()) and text[citation.start : citation.end] == citation.quote


def _statements(given: Given) -> Iterator[tuple[str, set[int]]]:
    """Each statement of an answer, with the numbers that it cites."""
    for line in map(str.strip, given.answer.splitlines()):
        absent = bool(given.missing) and str(given.missing) in line
        if not line or line.startswith("#") or line.endswith(":") or absent:
            continue
        *pieces, rest = MARKERS.split(line)
        for text, marks in zip(pieces[::2], pieces[1::2], strict=True):
            yield text, set(marked(marks))
        if lexical.stems(rest) and not (pieces and ASIDE.fullmatch(rest)):
            yield rest, set()


def _rests(statement: str, numbers: set[int], given: Given) -> bool:
    quotes = " ".join(c.quote for c in given.citations if c.number in numbers)
    said, held = lexical.stems(statement), set(lexical.stems(quotes))
    figures = set(re.findall(r"\d+", statement)) <= set(re.findall(r"\d+", quotes))
    return bool(said) and figures and sum(s in held for s in said) >= RESTS * len(said)
