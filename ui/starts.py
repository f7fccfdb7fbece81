"""What the page offers before the first question: starting questions, and choices of a lens.

The lens of a question in, what was chosen of it out.
"""

import tomllib
from importlib.resources import files

from assistant import places
from assistant.places import Place
from assistant.types import Question
from ui.messages import ECHELONS


def starts() -> dict[str, list[str]]:
    """The starting questions by échelon; ``general`` where none is chosen."""
    return tomllib.loads((files("ui") / "starts.toml").read_text("utf-8"))


def choices() -> dict[str, list[Place]]:
    """The régions, then the départements, that a person may say to be theirs, in order."""
    known = list(places.load().places.values())
    regions = sorted((p for p in known if p.kind == "region"), key=lambda p: p.name)
    departements = sorted((p for p in known if p.kind == "departement"), key=lambda p: p.code)
    return {"Régions": regions, "Départements": departements}


def chosen(question: Question) -> str:
    """The lens of a question as the page writes it: Commune, Isère (38); empty without one."""
    place = places.load().place(question.place) if question.place else None
    echelon = ECHELONS.get(question.echelon) if question.echelon else None
    return ", ".join(part for part in (echelon, named(place) if place else None) if part)


def named(place: Place) -> str:
    """A région by its name, a département with its number."""
    return f"{place.name} ({place.code})" if place.kind == "departement" else place.name
