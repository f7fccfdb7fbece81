"""The rows of a table, as text to be read: « Région – Dispositif : ACTE ; Montant : 10 000 € ».

Comes in: consecutive rows, cells parted by tabs or bars. Goes out: one text a row, which names
its headers and repeats the first column where the table leaves it empty.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.aligned import Aligned, join

Row = list[Aligned]
Mend = Callable[[Aligned], Aligned]

_RULE_CELL = re.compile(r":?-{2,}:?|")


def readable(rows: Sequence[Aligned], mend: Mend) -> list[Aligned]:
    """One readable text for each row that says something; headers make no row of their own."""
    barred = rows[0].text.strip().startswith("|")
    cells = [_cells(row) for row in rows]
    ruled = barred and any(_is_rule(row) for row in cells)
    cells = [[mend(cell) for cell in row] for row in cells if not _is_rule(row)]
    headers: Row = []
    pairs = barred and max(map(len, cells), default=0) == 2  # of a name and a value, unless told
    if len(cells) > 1 and (ruled or (not pairs and _is_header(cells))):
        headers, cells = cells[0], cells[1:]
    return [text for row in _carried(cells) if (text := _row(row, headers)).text]


def _cells(row: Aligned) -> Row:
    """The cells of a row, empty ones kept but for those at the end."""
    text, sign = row.text, "\t"
    if text.strip().startswith("|"):
        row, sign = row.strip()[1:-1], "|"
        text = row.text
    cuts = [-1, *(i for i, c in enumerate(text) if c == sign), len(text)]
    found = [row[a + 1 : b].strip() for a, b in pairwise(cuts)]
    while found and not found[-1].text:
        found.pop()
    return found


def _is_rule(row: Row) -> bool:
    return all(_RULE_CELL.fullmatch(cell.text) for cell in row)


def _is_header(rows: Sequence[Row]) -> bool:
    """Whether the first row names columns: words over figures, or bold words over plain ones."""
    first, rest = rows[0], rows[1:]
    if any(not cell.text or re.search(r"\d", cell.text) for cell in first):
        return False
    for column in range(1, len(first)):
        under = [row[column].text for row in rest if column < len(row) and row[column].text]
        if under and all(re.search(r"\d", text) for text in under):
            return True
    return False


def _carried(rows: Sequence[Row]) -> list[Row]:
    """The rows with an empty first cell filled from above."""
    done: list[Row] = []
    for row in rows:
        if done and len(row) > 1 and not row[0].text:
            row = [done[-1][0], *row[1:]]
        done.append(row)
    return done


def _row(row: Row, headers: Row) -> Aligned:
    """« first – second : third ; fourth », or « first – header : cell ; header : cell »."""
    said = [(i, cell) for i, cell in enumerate(row) if cell.text]
    if not said:
        return Aligned("", ())
    if headers and said[0][0] == 0:
        named = [_named(headers, i, cell) for i, cell in said[1:]]
        return _joined([said[0][1], *named], [" – "] + [" ; "] * len(named))
    signs = {2: [" : "], 3: [" – ", " : "]}.get(len(said), [" – ", " : "] + [" ; "] * len(said))
    return _joined([cell for _, cell in said], signs)


def _named(headers: Row, column: int, cell: Aligned) -> Aligned:
    if column < len(headers) and headers[column].text:
        return _joined([headers[column], cell], [" : "])
    return cell


def _joined(parts: Sequence[Aligned], signs: Sequence[str]) -> Aligned:
    whole = [parts[0]]
    for sign, part in zip(signs, parts[1:], strict=False):
        at = part.origins[0][0]
        whole += [Aligned.inserted(sign, at), part]
    return join(whole)
