"""The door of flow 1: ``manifest → read → clean → split → embed → publish``.

``python -m ingest`` makes a version of the index from the corpus and publishes it; with nothing
changed it writes nothing and says so.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock, Timeout
from tqdm import tqdm

from assistant.embedding import Embedder
from assistant.errors import AssistantError, CorpusError
from assistant.index import current, indexed_text, load_documents, version
from assistant.settings import Settings, load_settings
from assistant.types import Document, Passage
from ingest import messages, publish
from ingest.embed import embed, known_vectors
from ingest.manifest import Received, read_corpus
from ingest.report import report
from ingest.split import split

READINGS = "readings"  # what the readers made of files, so that none is read twice


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 published or nothing to do, 1 a file or the corpus refused, 3 busy."""
    parser = argparse.ArgumentParser(prog="python -m ingest", description=messages.ABOUT)
    parser.add_argument("--fresh", action="store_true", help=messages.FRESH)
    options = parser.parse_args(arguments)
    settings = load_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.data_dir / "ingest.lock", timeout=0):
            done, refused = run(settings, fresh=options.fresh)
    except Timeout:
        return _say(messages.BUSY, 3)
    except AssistantError as error:
        return _say(error.message, 1)
    print(done)  # noqa: T201
    return _say("\n".join(e.message for e in refused), 1) if refused else 0


def run(settings: Settings, *, fresh: bool = False) -> tuple[str, tuple[CorpusError, ...]]:
    """The report of one ingest, in French, and why each refused file was left out.

    ``fresh`` forgets what was made before. Raises CorpusError when the manifest is unusable or
    when publishing would drop a served document whose file is refused, EmbeddingError when a
    vector cannot be made, of a passage or of a question; the published version is then untouched.
    """
    received, refused = read_corpus(settings.corpus_dir, settings.data_dir / READINGS)
    published = current(settings)
    _check(received, refused, published)
    embedder = Embedder(settings.embedding_model)
    key = publish.key_of({r.entry.id: r.entry.model_dump_json() for r in received}, embedder)
    if published and not fresh and _key(published) == key:
        return messages.UNCHANGED.format(version=published.name), refused
    embedder.check()
    documents, passages = _split(received)
    by_id = {d.source.id: d for d in documents}
    texts = {p.id: indexed_text(p, by_id[p.source_id]) for p in passages}
    known = {} if fresh else known_vectors(published, embedder)
    rows, embedded = embed(texts, known, embedder)
    name = publish.publish(settings, embedder, key, documents, passages, rows)
    return report(name, documents, passages, embedded, len(known.keys() - texts.keys())), refused


def _check(
    received: Sequence[Received], refused: Sequence[CorpusError], published: Path | None
) -> None:
    """Raises the refusals as one CorpusError when nothing, or less than before, would be left."""
    lost = _served(published) - {r.source.id for r in received}
    if refused and (lost or not received):
        raise CorpusError(refused[0].code, "\n".join(e.message for e in refused))


def _served(published: Path | None) -> set[str]:
    """The ids of the documents that the published version serves."""
    try:
        return {d.source.id for d in load_documents(published)[0]} if published else set()
    except (OSError, ValueError):
        return set()


def _key(folder: Path) -> str | None:
    """What made the published version; None when it cannot be read."""
    try:
        return version(folder).key
    except (OSError, ValueError):
        return None


def _split(received: Sequence[Received]) -> tuple[list[Document], list[Passage]]:
    documents: list[Document] = []
    passages: list[Passage] = []
    for one in tqdm(received, desc=messages.READING, unit="document"):
        document, parts = split(one.source, one.raw, one.entry.pages)
        documents.append(document)
        passages += parts
    return documents, passages


def _say(message: str, status: int) -> int:
    print(message, file=sys.stderr)  # noqa: T201
    return status


if __name__ == "__main__":
    sys.exit(main())
