"""What sites said of the files fetched, remembered in the data folder from one run to the next."""

from pathlib import Path

from pydantic import TypeAdapter

from assistant.settings import Settings
from ingest import shelves
from ingest.fetch import Stamp

_Stamps = TypeAdapter(dict[str, Stamp])


def recall(settings: Settings) -> dict[str, Stamp]:
    """By remote id; nothing where nothing is remembered, or the memory cannot be read."""
    try:
        return _Stamps.validate_json(_path(settings).read_bytes())
    except (OSError, ValueError):
        return {}


def remember(settings: Settings, stamps: dict[str, Stamp]) -> None:
    """Replace the memory, in one step."""
    shelves.write(_path(settings), _Stamps.dump_json(stamps, indent=1))


def _path(settings: Settings) -> Path:
    return settings.data_dir / "fetched.json"
