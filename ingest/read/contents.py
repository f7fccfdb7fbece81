"""Sheets in; the same without the table of contents that dots lead through."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.read.line import Line, Sheet, joined, rows

LEADER = re.compile(r"(?:[.…·_]\s?){5,}")
_ENTRY = re.compile(rf".*\w.*{LEADER.pattern}\s*\d{{1,3}}\s*")
_HEAD = re.compile(r"(?:sommaire|table des mati[èe]res|contents)\W*", re.IGNORECASE)


def without_contents(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets without the lines that only tell on which page a part begins, nor their head."""
    return [replace(sheet, lines=tuple(_kept(sheet.lines))) for sheet in sheets]


def _kept(lines: Sequence[Line]) -> list[Line]:
    whole = [(row, " ".join(joined(row).text.split())) for row in rows(lines)]
    out = [row for row, said in whole if _ENTRY.fullmatch(said)]
    if not out:
        return list(lines)
    out += [row for row, said in whole if _HEAD.fullmatch(said)]
    gone = {id(line) for row in out for line in row}
    return [line for line in lines if id(line) not in gone]
