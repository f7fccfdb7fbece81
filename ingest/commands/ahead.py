"""What the manifests say otherwise than the version that serves, as after ``rollback``.

Comes in: the documents and the published version. Go out: lines that tell it, so that nothing is
published without having been announced.
"""

from collections.abc import Collection, Iterator

from ingest.commands import messages
from ingest.made import Published
from ingest.manifest import Entry
from ingest.shelves import Holdings


def ahead(held: Holdings, served: Published, but: Collection[str] = ()) -> Iterator[str]:
    """What a run would publish and take away beside the documents of ``but``, a line each."""
    if served.folder is None:
        return
    entries = [one.entry for one in held.received]
    new = [e.id for e in entries if e.id not in but and not served.tells(e)]
    gone = served.records.keys() - {e.id for e in entries} - {*but}
    if new:
        yield messages.ALSO_PUBLISHED.format(ids=", ".join(new))
    if gone and not held.refused:  # a refused file keeps its document served
        yield messages.ALSO_REMOVED.format(ids=", ".join(sorted(gone)))


def otherwise(entry: Entry, served: Published) -> Iterator[str]:
    """A line where what is published of an entry is not what the manifest says."""
    record = served.records.get(entry.id)
    if record is None or served.tells(entry):
        return
    one = record.sources[0]
    old, new = (f"{e.title} — {e.publisher}, {e.date}" for e in (one, entry))
    if old == new or one.article:
        yield messages.OTHER_FILE
    else:
        yield messages.OTHERWISE.format(published=old, announced=new)
