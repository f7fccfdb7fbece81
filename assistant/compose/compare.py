"""Two things compared: each side next to the other."""

from collections.abc import Sequence

from assistant.compose.draft import Draft
from assistant.compose.materials import Materials
from assistant.retrieve import Hit
from assistant.understand import Query


def compare(query: Query, hits: Sequence[Hit], materials: Materials) -> Draft | None:
    return None
