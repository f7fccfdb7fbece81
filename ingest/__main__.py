"""The door of flow 1: ``manifest → read → clean → split → embed → publish``.

``python -m ingest`` makes a version of the index from the documents and publishes it; with nothing
changed it writes nothing and says so. Its commands (:mod:`ingest.commands`), which add and remove
documents, end in the same run.
"""

import sys
from argparse import Namespace
from collections.abc import Sequence

from filelock import FileLock, Timeout

from assistant.embedding import Embedder
from assistant.errors import AssistantError, CorpusError
from assistant.index import current, indexed_text
from assistant.settings import Settings, load_settings
from assistant.whole import damaged
from ingest import messages, publish
from ingest.commands import asked
from ingest.embed import embed, known_vectors
from ingest.made import MADE, Part, Published, parts, record
from ingest.manifest import Received
from ingest.report import difference, report
from ingest.say import complain, told
from ingest.shelves import Holdings, holdings, tidy

READINGS = "readings"  # what the readers made of files, so that none is read twice


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done or nothing to do, 1 refused, 2 not confirmed, 3 another run is busy."""
    options = asked(arguments)
    settings = load_settings()
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        return _done(settings, options)
    except Timeout:
        return complain(messages.BUSY, 3)
    except AssistantError as error:
        return complain(error.message)
    except OSError as error:  # a full or read-only disk
        return complain(messages.UNWRITABLE.format(cause=error))


def _done(settings: Settings, options: Namespace) -> int:
    if options.look:  # changes nothing, waits for nobody
        return int(options.look(settings, options))
    with FileLock(settings.data_dir / "ingest.lock", timeout=0):
        tidy(settings)
        if options.change:
            return int(options.change(settings, options, run))
        return told(*run(settings, fresh=options.fresh, dry=options.dry_run))


def run(
    settings: Settings, *, fresh: bool = False, dry: bool = False, held: Holdings | None = None
) -> tuple[str, tuple[CorpusError, ...]]:
    """The report of one ingest, in French, and why each refused file was left out.

    ``held`` are the documents, those of the disk when not given; ``fresh`` forgets what was made
    before, as does a file of it that is gone or of another size; ``dry`` writes nothing and tells
    what would change. Raises CorpusError when a manifest is unusable or when publishing would drop
    a served document whose file is refused, EmbeddingError when a vector cannot be made, of a
    passage or of a question; the published version is then untouched.
    """
    held = held or holdings(settings)
    folder = current(settings)
    fresh = fresh or (folder is not None and damaged(folder) is not None)
    before = Published(None if fresh else folder)
    embedder = Embedder(settings.embedding_model)
    unchanged = messages.UNCHANGED.format(version=before.folder.name if before.folder else "")
    if before.key == _key(held.received, embedder):
        return unchanged, held.refused
    found, wrong = parts(held.received, before, settings.data_dir / READINGS)
    refused = (*held.refused, *wrong)
    _check(found, refused, Published(folder), held)
    key = _key(found, embedder)
    if before.key == key:
        return unchanged, refused
    if dry:
        return difference(found, before), refused
    embedder.check()
    documents = [d for p in found for d in p.documents]
    passages = [q for p in found for q in p.passages]
    by_id = {d.source.id: d for d in documents}
    texts = {p.id: indexed_text(p, by_id[p.source_id]) for p in passages}
    known = known_vectors(before.folder, embedder)
    rows, embedded = embed(texts, known, embedder)
    beside = {MADE: record(found)}
    name = publish.publish(settings, embedder, key, documents, passages, rows, beside)
    return report(name, found, before, embedded, len(known.keys() - texts.keys())), refused


def _key(made_of: Sequence[Received] | Sequence[Part], embedder: Embedder) -> str:
    return publish.key_of({p.entry.id: p.entry.model_dump_json() for p in made_of}, embedder)


def _check(
    found: Sequence[Part], refused: Sequence[CorpusError], served: Published, held: Holdings
) -> None:
    """Raises the refusals as one CorpusError when nothing, or less than before, would be left."""
    lost = served.records.keys() - {p.entry.id for p in found} - held.gone
    if refused and (lost or not found):
        raise CorpusError(refused[0].code, "\n".join(e.message for e in refused))
    if not found:
        raise CorpusError("corpus_manifest", messages.NOTHING)


if __name__ == "__main__":
    sys.exit(main())
