"""How an échelon may support a PTCE: what is specific to it first, then what all may do."""

from collections.abc import Sequence

from assistant.compose.draft import Draft
from assistant.compose.materials import Materials
from assistant.retrieve import Hit
from assistant.understand import Query


def broad(query: Query, hits: Sequence[Hit], materials: Materials) -> Draft | None:
    return None
