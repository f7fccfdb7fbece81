"""What becomes of an entry of the manifest: one source, or one for each article of a law.

Comes in: the source that the manifest announces and the readings of its file. Go out: sources
whose id, title, date and address are those of each article, and which version replaces which.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from assistant.compose.write import validity
from assistant.types import Source
from ingest import messages
from ingest.read.reading import Article, Reading

OPEN = ("VIGUEUR", "VIGUEUR_DIFF")
REPLACED = "MODIFIE"  # what the DILA calls a version once the next one is in force


def sources_of(announced: Source, readings: Sequence[Reading]) -> list[Source]:
    """One source a reading, in their order; a file that is no law gives the one announced.

    Of several versions of an article, the latest bears the plain id (« -article-9 ») and the
    others their date after it.
    """
    latest: dict[str, str] = {}
    for reading in readings:
        if reading.article:
            number, start = reading.article.number, reading.article.start or ""
            latest[number] = max(latest.get(number, ""), start)
    return [
        _of_article(announced, reading, reading.article, latest[reading.article.number])
        if reading.article
        else announced
        for reading in readings
    ]


def _of_article(announced: Source, reading: Reading, article: Article, latest: str) -> Source:
    mark = f"-article-{_slug(article.number)}"
    dated = f"{mark}-{article.start}"  # the id of a single article may name it already
    id = announced.id if announced.id.endswith(dated) else announced.id.removesuffix(mark) + mark
    earlier = article.start and article.start != latest
    return announced.model_copy(
        update={
            "id": f"{id}-{article.start}" if earlier else id,
            "kind": "law",
            "title": reading.title or announced.title,
            "date": article.start or announced.date,
            "url": reading.url or announced.url,
            "in_force_from": article.start,
            "in_force_to": article.end,
            "article": article.number,
            "law": article.law,
            "state": article.state,
        }
    )


def replaced(sources: Sequence[Source]) -> list[Source]:
    """The same, every version of an article ended where the next one begins.

    Articles are the same when their titles are: « Loi n° … du …, article 9 ». One that is no
    longer open says so in its title.
    """
    starts: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        if source.in_force_from:
            starts[source.title].append(source.in_force_from)
    return [_ended(source, sorted(set(starts[source.title]))) for source in sources]


def _ended(source: Source, starts: Sequence[str]) -> Source:
    since = source.in_force_from
    if since is None:
        return source
    after = [start for start in starts if start > since]
    ends = [end for end in (source.in_force_to, *after[:1]) if end]
    if not ends:
        return source
    state = REPLACED if after and source.state in (None, *OPEN) else source.state
    ended = source.model_copy(update={"in_force_to": min(ends), "state": state})
    title = messages.ENDED.format(title=source.title, validity=validity(ended, "fr"))
    return ended.model_copy(update={"title": title})


def _slug(number: str) -> str:
    """The number of an article as a part of an id: « L. 1111-4 » is l1111-4."""
    plain = unicodedata.normalize("NFKD", number.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace(". ", "").replace("*", "")).strip("-")
