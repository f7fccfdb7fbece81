"""What the page offers before the first question: starting questions, and choices of a lens."""

import tomllib
from importlib.resources import files

from assistant import places
from assistant.places import Place


def starts() -> dict[str, list[str]]:
    """The starting questions by échelon; ``general`` where none is chosen."""
    return tomllib.loads((files("ui") / "starts.toml").read_text("utf-8"))


def choices() -> dict[str, list[Place]]:
    """The régions, then the départements, that a person may say to be theirs, in order."""
    known = list(places.load().places.values())
    regions = sorted((p for p in known if p.kind == "region"), key=lambda p: p.name)
    departements = sorted((p for p in known if p.kind == "departement"), key=lambda p: p.code)
    return {"Régions": regions, "Départements": departements}
