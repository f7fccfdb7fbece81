"""A query and its hits in; a draft of the answer out, without any language model.

An article of law asked for by its number comes first; then six ways are tried in turn, from the
widest question to the narrowest; each gives a draft or nothing. When none does, what else the
question asks is tried; then the documents do not say, and the answer says so.
"""

from collections.abc import Callable
from dataclasses import replace

from assistant.compose.article import article
from assistant.compose.broad import broad
from assistant.compose.compare import compare
from assistant.compose.complete import complete
from assistant.compose.define import define
from assistant.compose.draft import Draft, Quote
from assistant.compose.gather import gather
from assistant.compose.lists import whole_list
from assistant.compose.materials import Case, Materials
from assistant.compose.narrow import narrow
from assistant.compose.refuse import polite, refuse
from assistant.compose.rest import rest
from assistant.compose.state import settled
from assistant.messages import VALUES

Way = Callable[[Case], Draft | None]
WAYS: tuple[Way, ...] = (article, compare, gather, broad, define, whole_list, narrow)

__all__ = ["Case", "Materials", "compose"]


def compose(case: Case) -> tuple[Draft, tuple[Quote, ...]]:
    """The draft of the answer, and the nearest passages when it is a refusal."""
    if case.query.empty:
        return polite(case.query), ()
    draft = _told(case) or _rest_told(case)
    return (settled(case, complete(case, draft)), ()) if draft else refuse(case)


def _told(case: Case) -> Draft | None:
    return next((draft for way in WAYS if (draft := way(case))), None)


def _rest_told(case: Case) -> Draft | None:
    """The draft of the other of two questions, which says what the first wants and is not told."""
    other = rest(case)
    draft = _told(other) if other else None
    if draft is None or draft.missing:
        return draft
    wanted = VALUES[case.query.language][case.query.ask.wanted]
    return replace(draft, status="partial", missing=wanted)
