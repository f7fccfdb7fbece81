"""The rows in; what the team reads out: weeks, themes without an answer, opinions, slow answers."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.audience.store import Store
from api.audience.table import Answered, Opinion
from assistant import lexicon

T = TypeVar("T")
LAST = 100  # opinions shown, and questions of one theme
SLOWEST = 20
SUBJECT = "ptce"  # the concept that all the documents are about
READ = 10_000  # refused questions that are grouped


@dataclass
class Week:
    """One week from its Monday; small talk is counted apart from what was refused."""

    monday: date
    states: Counter[str] = field(default_factory=Counter)
    ratings: Counter[str] = field(default_factory=Counter)

    @property
    def questions(self) -> int:
        """All of them, small talk left out."""
        return sum(self.states.values()) - self.states["polite"]


@dataclass
class Theme:
    """What was asked and not answered on one thing; ``texts`` is empty unless they are kept."""

    label: str
    count: int = 0
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Said:
    """An opinion, with the answer it is on where that is known."""

    opinion: Opinion
    answered: Answered | None


@dataclass(frozen=True)
class Report:
    """All of it, newest or greatest first."""

    weeks: list[Week]
    themes: list[Theme]
    astray: Theme  # what names nothing of the field
    said: list[Said]
    slowest: list[Answered]
    echelons: list[tuple[str | None, int]]
    channels: list[tuple[str, int]]

    @property
    def questions(self) -> int:
        """How many were asked in all the weeks."""
        return sum(week.questions for week in self.weeks)


def report(store: Store) -> Report:
    """The report of now. Raises HttpError ``database_unavailable``."""
    with store.transaction() as session:
        themes, astray = _themes(session)
        slowest = select(Answered).order_by(Answered.elapsed_ms.desc()).limit(SLOWEST)
        return Report(
            weeks=_weeks(session),
            themes=themes,
            astray=astray,
            said=_said(session),
            slowest=list(session.scalars(slowest)),
            echelons=_counted(session, Answered.echelon),
            channels=_counted(session, Answered.channel),
        )


def _weeks(session: Session) -> list[Week]:
    weeks: dict[date, Week] = {}

    def week_of(day: date) -> Week:
        monday = day - timedelta(days=day.weekday())
        return weeks.setdefault(monday, Week(monday))

    columns = Answered.day, Answered.status, Answered.polite
    rows = session.execute(select(*columns, func.count()).group_by(*columns))
    for day, status, polite, count in rows:
        week_of(day).states["polite" if polite else status] += count
    for when, rating in session.execute(select(Opinion.date, Opinion.rating)):
        week_of(when.date()).ratings[rating] += 1
    return sorted(weeks.values(), key=lambda week: week.monday, reverse=True)


def _themes(session: Session) -> tuple[list[Theme], Theme]:
    """The last refused questions by theme, the most asked first, and those off the subject.

    A question may be in several themes.
    """
    refused = (
        select(Answered.themes, Answered.text)
        .where(Answered.status == "refused", Answered.polite.is_(False))
        .order_by(Answered.id.desc())
        .limit(READ)
    )
    themes: dict[str, Theme] = defaultdict(lambda: Theme(""))
    astray = Theme("")
    for ids, text in session.execute(refused):
        found = [themes[label_of(one)] for one in telling(ids.split())] or [astray]
        for theme in found:
            theme.count += 1
            if text and len(theme.texts) < LAST:
                theme.texts.append(text)
    for label, theme in themes.items():
        theme.label = label
    return sorted(themes.values(), key=lambda theme: (-theme.count, theme.label)), astray


def telling(concepts: Sequence[str]) -> Sequence[str]:
    """Of the concepts that a question names, those that say what it is about.

    The facet of an answer that it wants (a role, an example) says so where nothing else does, and
    the subject of all the documents where not even a facet is named.
    """
    known = lexicon.load().concepts
    apart = [one for one in concepts if one != SUBJECT]
    things = [one for one in apart if one not in known or known[one].kind != "facet"]
    return things or apart or concepts


def label_of(concept: str) -> str:
    """The name of a concept for people; its id, when the lexicon has it no more."""
    known = lexicon.load().concepts.get(concept)
    if known is None:
        return concept
    name = known.expansion or next(iter(known.fr), concept).lstrip("=")
    return name[:1].upper() + name[1:]


def _said(session: Session) -> list[Said]:
    """The last opinions; an answer is found by its id."""
    rows = session.execute(
        select(Opinion, Answered)
        .outerjoin(Answered, Answered.answer_id == Opinion.answer_id)
        .order_by(Opinion.id.desc())
        .limit(LAST)
    )
    return [Said(opinion, answered) for opinion, answered in rows]


def _counted(session: Session, column: InstrumentedAttribute[T]) -> list[tuple[T, int]]:
    rows = session.execute(
        select(column, func.count()).group_by(column).order_by(func.count().desc())
    )
    return [(value, count) for value, count in rows]
