"""The manifest entry of a new document, proposed: each value with where it comes from.

Comes in: what a file says, and what the person gave. Goes out: a proposal to read and to confirm.
"""

import re
import time
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import ValidationError

from assistant.errors import CorpusError
from assistant.messages import MONTHS
from assistant.words import fold
from ingest import messages
from ingest.manifest import Entry, explained
from ingest.read.reading import Reading

BEGINNING = 3000  # characters; a document says at its head what it is
HEAD = 600  # characters; a line of its own that ends on a date there dates the document
SIGNED = 60  # characters at most of such a line: « RTES, mars 2024 »
LONG_TITLE = 150
LONG_ID = 48
FIELDS = ("id", "kind", "title", "publisher", "date")

# After « publié le », in a line of its own near the head, or among what is told.
Where = Literal["published", "signed", "told"]

_MONTH = "|".join(fold(month) for month in MONTHS["fr"])
_WRITTEN = re.compile(rf"(?:(\d{{1,2}})(?:er)? )?({_MONTH}) ((?:19|20)\d\d)\b")
_FIGURES = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Guess:
    """A value and, in French, where it comes from."""

    value: str
    origin: str


@dataclass(frozen=True)
class Obtained:
    """A file to add: its bytes, its name, and the address it was fetched from."""

    content: bytes
    name: str
    url: str | None = None
    modified: float | None = None


def propose(
    file: Obtained, reading: Reading, given: Mapping[str, str | None], publishers: Collection[str]
) -> dict[str, Guess]:
    """A guess a field of :data:`FIELDS`; what a person gave is taken as it is.

    ``publishers`` are names to look for in the text, those of the documents already here.
    """
    sure = {k: Guess(v, messages.BY_YOU) for k, v in given.items() if v and k in FIELDS}
    title = sure.get("title") or _title(file, reading)
    date = sure.get("date") or _date(file, reading)
    found = {
        "id": Guess(slug(title.value), messages.BY_TITLE),
        "kind": _kind(title.value, reading.text),
        "title": title,
        "publisher": _publisher(file, reading, publishers),
        "date": date,
    }
    return found | sure


def entry_of(
    found: Mapping[str, Guess], file: Obtained, reading: Reading, name: str, digest: str
) -> Entry:
    """The manifest entry that the proposal says.

    Raises CorpusError ``corpus_manifest`` when a value does not fit, such as a date.
    """
    values: dict[str, Any] = {field: guess.value for field, guess in found.items()}
    note = None if found["date"].origin == messages.BY_YOU else found["date"].origin
    url = file.url or reading.url
    try:
        return Entry(
            **values,
            file=name,
            date_note=note,
            url=url if url and url.startswith("https://") else None,
            obtained=reading.obtained,
            sha256=digest,
        )
    except ValidationError as error:
        raise CorpusError("corpus_manifest", explained(error, file.name)) from error


def slug(title: str) -> str:
    """A title as an id: lower case, digits and hyphens, cut between words."""
    parts = re.findall(r"[a-z0-9]+", fold(title).replace("'", " "))
    kept = ""
    for part in parts:
        if kept and len(kept) + len(part) >= LONG_ID:
            break
        kept = f"{kept}-{part}" if kept else part[:LONG_ID]
    return kept or "document"


def _title(file: Obtained, reading: Reading) -> Guess:
    if reading.title and reading.title.strip():
        return Guess(_line(reading.title), messages.BY_FILE)
    heading = re.search(r"^#+\s+(.+)$", reading.text[:BEGINNING], re.M)
    if heading:
        return Guess(_line(heading[1]), messages.BY_HEADING)
    for line in reading.text[:BEGINNING].splitlines():
        if re.search(r"[^\W\d]{3}", line) and len(line.strip()) <= LONG_TITLE:
            return Guess(_line(line), messages.BY_LINE)
    return Guess(_line(re.sub(r"[-_]+", " ", Path(file.name).stem)), messages.BY_NAME)


def _line(text: str) -> str:
    """On one line, without marks, and no longer than a title may be."""
    return " ".join(text.strip("#*_ \t").split())[:LONG_TITLE]


def _kind(title: str, text: str) -> Guess:
    data = _data()
    for where, origin in ((title, messages.BY_TITLE), (text[:600], messages.BY_TEXT)):
        said = fold(where)
        for kind, patterns in data["kind"].items():
            met = next((m for p in patterns if (m := re.search(p, said, re.M))), None)
            if met:
                return Guess(kind, messages.BY_WORD.format(origin=origin, word=met.group()))
    return Guess(data["usual"], messages.BY_NOTHING)


def _publisher(file: Obtained, reading: Reading, known: Collection[str]) -> Guess:
    if reading.publisher:
        return Guess(_line(reading.publisher), messages.BY_FILE)
    counts = Counter({name: reading.text.count(name) for name in known})
    if counts and max(counts.values()) > 0:
        name, times = counts.most_common(1)[0]
        return Guess(name, messages.BY_TIMES.format(times=times))
    host = urlsplit(file.url).hostname if file.url else None
    if host:
        return Guess(host.removeprefix("www."), messages.BY_ADDRESS)
    return Guess(messages.NO_PUBLISHER, messages.BY_NOTHING)


def _date(file: Obtained, reading: Reading) -> Guess:
    dates = list(_dates(reading.text[:BEGINNING]))
    told = [date for date, where in dates if where == "published"]
    if told:
        return Guess(told[0], messages.BY_PUBLISHED)
    signed = [date for date, where in dates if where == "signed"]
    if signed:  # before what the file says, which may be the date of its template
        return Guess(f"~{signed[0]}", messages.BY_TEXT)
    if reading.date:
        return Guess(reading.date, messages.BY_FILE)
    if dates:
        return Guess(f"~{dates[0][0]}", messages.BY_TEXT)
    named = _YEAR.search(file.name.replace("_", " "))
    if named:
        return Guess(f"~{named.group()}", messages.BY_NAME)
    years = _YEAR.findall(reading.text)
    this = time.localtime(file.modified).tm_year
    if years:
        return Guess(f"~{min(int(max(years)), this)}", messages.BY_LAST_YEAR)
    return Guess(f"~{this}", messages.BY_CLOCK)


def _dates(text: str) -> Iterator[tuple[str, Where]]:
    """The dates of a text as manifests write them, and where each stands."""
    said = fold(text)
    published = re.compile(_data()["date"]["published"])
    months = [fold(month) for month in MONTHS["fr"]]
    found = [(m, m[1], months.index(m[2]) + 1, m[3]) for m in _WRITTEN.finditer(said)]
    found += [
        (m, m[1], int(m[2]), m[3]) for m in _FIGURES.finditer(said) if int(m[2]) in range(1, 13)
    ]
    for match, day, month, year in sorted(found, key=lambda one: one[0].start()):
        date = f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
        line = said[said.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
        alone = len(line) <= SIGNED and match.start() < HEAD and line.rstrip(" .").endswith(year)
        before = said[max(0, match.start() - 60) : match.start()]
        told: Where = "signed" if alone else "told"
        yield date, "published" if published.search(before) else told


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("ingest") / "guess.toml").read_text("utf-8"))
