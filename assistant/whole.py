"""A version of the index in its folder: what made it, and whether its files are still all there."""

from collections.abc import Mapping
from pathlib import Path

from assistant.types import Frozen

VERSION = "version.json"


class Version(Frozen):
    """What made a version: two runs with equal ``key`` make equal indexes.

    ``sizes`` are those of its other files in bytes, by their path in its folder.
    """

    id: str
    key: str
    model: str
    fingerprint: str
    sizes: Mapping[str, int] = {}


def version(folder: Path) -> Version:
    """What made the version in a folder. Raises OSError or ValueError when unreadable."""
    return Version.model_validate_json((folder / VERSION).read_bytes())


def sizes_of(folder: Path) -> dict[str, int]:
    """The bytes of each file below a folder."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.stat().st_size for file in files}


def damaged(folder: Path) -> str | None:
    """The first file of a version that is gone or has another size; None when it is whole.

    Sizes cost microseconds and show what befalls files on a disk: cut, emptied, removed. A version
    of before they were recorded shows no more than that it can be read.
    """
    try:
        made = version(folder)
    except (OSError, ValueError):
        return VERSION
    found = sizes_of(folder)
    return next((name for name, size in made.sizes.items() if found.get(name) != size), None)
