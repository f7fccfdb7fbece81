"""A query and its hits in; a draft of the answer out, without any language model.

Five ways are tried in turn, from the widest question to the narrowest; each gives a draft or
nothing. When none does, the documents do not say, and the answer says so.
"""

from collections.abc import Callable, Sequence

from assistant.compose.broad import broad
from assistant.compose.compare import compare
from assistant.compose.define import define
from assistant.compose.draft import Draft, Quote
from assistant.compose.lists import whole_list
from assistant.compose.materials import Materials
from assistant.compose.narrow import narrow
from assistant.compose.refuse import polite, refuse
from assistant.retrieve import Hit
from assistant.understand import Query

Way = Callable[[Query, Sequence[Hit], Materials], Draft | None]
WAYS: tuple[Way, ...] = (compare, broad, define, whole_list, narrow)

__all__ = ["Materials", "compose"]


def compose(
    query: Query, hits: Sequence[Hit], materials: Materials
) -> tuple[Draft, tuple[Quote, ...]]:
    """The draft of the answer, and the nearest passages when it is a refusal."""
    if query.empty:
        return polite(query), ()
    for way in WAYS:
        draft = way(query, hits, materials)
        if draft is not None:
            return draft, ()
    return refuse(query, hits, materials)
