"""The released files of the widget as data: what a version holds never changes once it is out.

``released/manifest.json`` gives each version, oldest first, its SHA-384, as ``integrity`` wants
it; ``released/<version>.js`` holds its bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

FOLDER = Path(str(files("ui") / "widget" / "released"))
MANIFEST = FOLDER / "manifest.json"


@dataclass(frozen=True)
class Release:
    """A version, its bytes, and the ``integrity`` that a page may ask of them."""

    version: str
    integrity: str
    content: bytes


def releases() -> list[Release]:
    """Every version ever released, oldest first."""
    return [
        Release(version, integrity, (FOLDER / f"{version}.js").read_bytes())
        for version, integrity in manifest().items()
    ]


def manifest() -> dict[str, str]:
    """The integrity of each version; empty before the first."""
    return dict(json.loads(MANIFEST.read_text("utf-8"))) if MANIFEST.exists() else {}


def release(version: str, content: bytes) -> Release:
    """Write a new version. Raises ValueError when it is not above the newest."""
    known = manifest()
    if _order(version) <= max(map(_order, known), default=()):
        raise ValueError(version)
    made = Release(version, integrity_of(content), content)
    (FOLDER / f"{version}.js").write_bytes(content)
    text = json.dumps({**known, version: made.integrity}, indent=2)
    MANIFEST.write_text(f"{text}\n", "utf-8")
    return made


def integrity_of(content: bytes) -> str:
    """``sha384-…``, see https://www.w3.org/TR/SRI/."""
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


def _order(version: str) -> tuple[int, ...]:
    """Raises ValueError for what is not three numbers."""
    first, second, third = version.split(".")
    return int(first), int(second), int(third)
