"""The rows in; all of them out, as lines of JSON to keep or as tables for a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from api.audience.report import label_of
from api.audience.store import Store
from api.audience.table import Answered, Base, Opinion
from api.messages import CHANNELS, COLUMNS, LANGUAGES, RATINGS, YES_NO
from ui.messages import ECHELONS, STATES

TABLES: dict[str, type[Opinion | Answered]] = {"questions": Answered, "avis": Opinion}
VALUES: dict[str, Mapping[Any, str]] = {
    "status": STATES,
    "polite": YES_NO,
    "language": LANGUAGES,
    "echelon": ECHELONS,
    "channel": CHANNELS,
    "rating": RATINGS,
}
PAGE = 1_000  # rows read at once
# What makes a cell a formula, in the spreadsheets at hand (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def lines(store: Store) -> Iterator[str]:
    """Every row as a JSON object with the name of its table, oldest first."""
    for name in TABLES:
        for row in rows(store, name):
            yield json.dumps({"table": name, **row}, ensure_ascii=False, default=_plain)


def table(store: Store, name: str) -> Iterator[str]:
    """The rows of a table of TABLES as CSV in French, header first; no cell of it is a formula."""
    columns = [column.name for column in TABLES[name].__table__.columns]
    yield "\ufeff" + _line([COLUMNS[column] for column in columns])  # else Excel reads Latin-1
    for row in rows(store, name):
        yield _line([inert(_said(column, row[column])) for column in columns])


def rows(store: Store, name: str) -> Iterator[dict[str, object]]:
    """The rows of a table, in pages, so that no lock is held while somebody reads slowly."""
    kind, last = TABLES[name], 0
    while True:
        with store.transaction() as session:
            page = select(kind).where(kind.id > last).order_by(kind.id).limit(PAGE)
            found = [_cells(row) for row in session.scalars(page)]
        yield from found
        if len(found) < PAGE:
            return
        last = int(str(found[-1]["id"]))


def inert(value: object) -> str:
    """A cell that a spreadsheet shows as it is: what would be a formula gets an apostrophe."""
    if value is None:
        return ""
    text = str(_plain(value))
    risky = isinstance(value, str) and (text.startswith(FORMULA) or text.lstrip()[:1] in FORMULA)
    return f"'{text}" if risky else text


def _said(column: str, value: object) -> object:
    """A value as people say it."""
    if column == "themes":
        return ", ".join(map(label_of, str(value).split()))
    return VALUES.get(column, {}).get(value, value)


def _cells(row: Base) -> dict[str, object]:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def _plain(value: object) -> str:
    if isinstance(value, float):
        return str(value).replace(".", ",")  # the decimal mark of a French spreadsheet
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _line(cells: list[str]) -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=";").writerow(cells)  # what a French spreadsheet opens as columns
    return made.getvalue()
