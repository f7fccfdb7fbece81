"""The manifest entry of a new document, proposed: each value with where it comes from.

Comes in: what a file says, and what the person gave. Goes out: a proposal to read and to confirm.
"""

import re
import time
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import ValidationError

from assistant.compose.write import dated
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

# After « publié le », in a line of its own near the head, near it, further, or of a law named.
Where = Literal["published", "signed", "head", "told", "law"]

_MONTH = "|".join(fold(month) for month in MONTHS["fr"])
_WRITTEN = re.compile(rf"(?:(\d{{1,2}})(?:er)? )?({_MONTH}) ((?:19|20)\d\d)\b")
_FIGURES = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Guess:
    """A value and, in French, where it comes from; ``sure`` when a person gave it."""

    value: str
    origin: str
    sure: bool = False


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
    sure = {k: Guess(v, messages.BY_YOU, True) for k, v in given.items() if v and k in FIELDS}
    if "date" in sure:
        sure["date"] = replace(sure["date"], value=_stated(sure["date"].value))
    title = sure.get("title") or _title(file, reading)
    date = sure.get("date") or _date(file, reading)
    found = {
        "id": Guess(slug(title.value), messages.BY_TITLE),
        "kind": _kind(title.value, reading),
        "title": _of_version(title, reading),
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
    note = None if found["date"].sure else found["date"].origin
    url = file.url or reading.url
    try:
        return Entry(
            **values,
            file=name,
            date_note=note,
            guessed=tuple(k for k in FIELDS[1:] if not found[k].sure),
            url=url if url and url.startswith("https://") else None,
            obtained=reading.obtained,
            sha256=digest,
        )
    except ValidationError as error:
        raise CorpusError("corpus_manifest", explained(error, file.name)) from error


def about(readings: Sequence[Reading]) -> Reading:
    """What a file says of itself: of several articles of law, what is true of their whole text."""
    first = readings[0]
    if len(readings) == 1 or not (first.article and first.title):
        return first
    return replace(first, title=first.title.rpartition(", article ")[0], date=None)


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
    if reading.title and _worthy(reading.title, file):
        return Guess(_line(reading.title), messages.BY_FILE)
    heading = re.search(r"^#+\s+(.+)$", reading.text[:BEGINNING], re.M)
    if heading:
        return Guess(_line(heading[1]), messages.BY_HEADING)
    for line in reading.text[:BEGINNING].splitlines():
        if re.search(r"[^\W\d]{3}", line) and len(line.strip()) <= LONG_TITLE:
            return Guess(_line(line), messages.BY_LINE)
    return Guess(_line(re.sub(r"[-_]+", " ", Path(file.name).stem)), messages.BY_NAME)


def _worthy(title: str, file: Obtained) -> bool:
    """Whether what a file says is its title is one: not its own name, and not all small letters."""
    said, name = (re.findall(r"[a-z0-9]+", fold(t)) for t in (title, Path(file.name).stem))
    return bool(said) and said != name and any(c.isupper() or c.isdigit() for c in title)


def _of_version(title: Guess, reading: Reading) -> Guess:
    """The title of an article alone in its file, with the day since which it is in force."""
    if not (reading.article and reading.date and reading.article.start):
        return title
    day = dated(reading.article.start, "fr")
    return replace(title, value=messages.VERSION_OF.format(title=title.value, day=day))


def _line(text: str) -> str:
    """On one line, without marks, and no longer than a title may be."""
    return " ".join(text.strip("#*_ \t").split())[:LONG_TITLE]


def _kind(title: str, reading: Reading) -> Guess:
    """What the title says, else the beginning; law only by its title or its reader."""
    data = _data()
    if reading.article:
        return Guess("law", messages.BY_FILE)
    for where, origin in ((title, messages.BY_TITLE), (reading.text[:HEAD], messages.BY_TEXT)):
        said = fold(where)
        for kind, patterns in data["kind"].items():
            met = next((m for p in patterns if (m := re.search(p, said, re.M))), None)
            if met and (kind != "law" or where is title):  # a délibération has articles too
                return Guess(kind, messages.BY_WORD.format(origin=origin, word=met.group()))
    return Guess(data["usual"], messages.BY_NOTHING)


def _publisher(file: Obtained, reading: Reading, known: Collection[str]) -> Guess:
    said = _line(reading.publisher or "")
    if said and not re.fullmatch(r"[\w-]+(\.[\w-]+)+", said):
        return Guess(said, messages.BY_FILE)
    host = (urlsplit(file.url or reading.url or "").hostname or said).removeprefix("www.")
    if name := _site(host, known):
        return Guess(name, messages.BY_ADDRESS)
    if not said and (found := _assembly(reading.text) or _signatory(reading.text, known)):
        return found
    if host:
        return Guess(host, messages.BY_ADDRESS)
    return Guess(messages.NO_PUBLISHER, messages.BY_NOTHING)


def _assembly(text: str) -> Guess | None:
    """The body that deliberates: « Délibération … du conseil communautaire de … »."""
    for pattern in _data()["publisher"]["assembly"]:
        if found := re.search(pattern, text[:HEAD]):
            name = _line(found[1])
            return Guess(name[:1].upper() + name[1:], messages.BY_TEXT)
    return None


def _signatory(text: str, known: Collection[str]) -> Guess | None:
    """A known name where a document says whose it is; one that is only spoken of is not."""
    said = fold(text)
    for name in known:
        for met in re.finditer(rf"(?<![\w@.-]){re.escape(fold(name))}(?!\w|[.-]\w)", said):
            before = said[said.rfind("\n", 0, met.start()) + 1 : met.start()]
            after = said[met.end() :].partition("\n")[0]
            edge = met.start() < HEAD or met.end() > len(said) - HEAD // 2
            if _signs(before, after, edge=edge):
                line = " ".join(f"{before}{name}{after}".strip("#*_ ").split())[-SIGNED:]
                return Guess(name, messages.BY_PLACE.format(line=line))
    return None


def _signs(before: str, after: str, *, edge: bool) -> bool:
    """Whether a name between these is a publisher's; ``edge`` at the head or the foot."""
    where = _data()["publisher"]
    if re.search(where["before"], before):
        return True
    if not edge or len(before) + len(after) > SIGNED:
        return False
    ends = not re.sub(rf"{_MONTH}|[\W\d_]", "", after) and not re.search(where["about"], before)
    return ends or not re.search(r"\w", before)


def _site(host: str, known: Collection[str]) -> str | None:
    """Who publishes on a site: « rtes.fr » is the site of the RTES, where that one is known."""
    sites: dict[str, str] = _data()["sites"]
    names = {re.sub(r"[^a-z0-9]", "", fold(name)): name for name in known}
    return sites.get(host) or names.get(host.partition(".")[0].replace("-", ""))


def _date(file: Obtained, reading: Reading) -> Guess:
    """What the page or the law says, else the text; what an office file says of itself comes last.

    The date of an office file is often that of its template or of the day it was printed.
    """
    written = _written(reading)
    if not reading.date:
        return written or _undated(file, reading)
    if reading.article or reading.obtained.startswith(messages.WEB_PAGE):
        return Guess(reading.date, messages.BY_FILE)
    if not written:
        return Guess(f"~{reading.date}", messages.BY_FILE)
    one, other = written.value.removeprefix("~"), reading.date
    if one.startswith(other) or other.startswith(one):
        return written
    return Guess(written.value, messages.BY_OTHER.format(origin=written.origin, date=other))


def _written(reading: Reading) -> Guess | None:
    """The date that a document bears: where it says so, on its signed line, else at its head."""
    if reading.article and (named := next(_dates(reading.title or ""), None)):
        return Guess(named[0], messages.BY_TITLE)
    dates = list(_dates(reading.text[:BEGINNING]))
    for where in ("published", "signed", "head", *(() if reading.date else ("told",))):
        if found := next((date for date, place in dates if place == where), None):
            if where == "published":
                return Guess(found, messages.BY_PUBLISHED)
            return Guess(f"~{found}", messages.BY_TEXT)
    return None


def _stated(date: str) -> str:
    """« 14/11/2024 » and « mars 2026 » as manifests write them; anything else as it is."""
    said = fold(date).strip()
    whole = _WRITTEN.fullmatch(said) or _FIGURES.fullmatch(said)
    return next((found for found, _ in _dates(said)), date) if whole else date


def _undated(file: Obtained, reading: Reading) -> Guess:
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
    published, law = (re.compile(_data()["date"][name]) for name in ("published", "law"))
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
        told: Where = "signed" if alone else "head" if match.start() < HEAD else "told"
        told = "law" if law.search(before) else told
        yield date, "published" if published.search(before) else told


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("ingest") / "guess.toml").read_text("utf-8"))
