"""``python -m ingest.given FOLDER``: passages that were split elsewhere in, published version out.

The folder holds ``documents.json`` and ``passages.json`` as a version of the index does: one of
another machine, or what the benchmark makes. They are embedded, written and published as
``python -m ingest`` does with those of the corpus, which the next run of it brings back.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.embedding import Embedder
from assistant.errors import AssistantError
from assistant.index import indexed_text, load_documents
from assistant.settings import load_settings
from ingest import messages
from ingest.commands.parser import Parser
from ingest.embed import embed
from ingest.publish import key_of, publish


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 published, 1 the folder cannot be read or embedded, 3 another ingest runs."""
    parser = Parser(prog="python -m ingest.given", description=messages.GIVEN)
    parser.add_argument("folder", metavar="DOSSIER", type=Path, help=messages.GIVEN_FOLDER)
    folder = parser.parse_args(arguments).folder
    data = load_settings().data_dir
    data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data / "ingest.lock", timeout=0):
            print(_published(folder))  # noqa: T201
    except Timeout:
        return _say(messages.BUSY, 3)
    except AssistantError as error:
        return _say(error.message, 1)
    except (OSError, ValueError) as error:
        return _say(messages.GIVEN_UNREADABLE.format(folder=folder, cause=error), 1)
    return 0


def _published(folder: Path) -> str:
    """The id of the version made of a folder. Raises OSError, ValueError, EmbeddingError."""
    settings = load_settings()
    documents, passages = load_documents(folder)
    embedder = Embedder(settings.embedding_model)
    by_id = {d.source.id: d for d in documents}
    texts = {p.id: indexed_text(p, by_id[p.source_id]) for p in passages}
    rows, _ = embed(texts, {}, embedder)
    key = key_of({d.source.id: d.source.model_dump_json() for d in documents}, embedder)
    return publish(settings, embedder, key, documents, passages, rows)


def _say(message: str, status: int) -> int:
    print(message, file=sys.stderr)  # noqa: T201
    return status


if __name__ == "__main__":
    sys.exit(main())
