"""The tables of the audience as the program sees them; the migrations make them what they are."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """What the migrations are compared with."""


class Opinion(Base):
    """One opinion on one answer; nothing in it says who gave it. ``date`` is UTC, without zone."""

    __tablename__ = "opinion"

    id: Mapped[int] = mapped_column(primary_key=True)
    date: Mapped[datetime] = mapped_column(index=True)
    answer_id: Mapped[str] = mapped_column(String(100), index=True)
    rating: Mapped[Literal["up", "down"]] = mapped_column(String(4))
    reason: Mapped[str | None] = mapped_column(String(1_000))


class Answered(Base):
    """One question that got an answer: the day in UTC and no time, what kind of answer, no one.

    ``themes`` are ids of concepts of the lexicon, apart by spaces, ``section`` the heading nearest
    to the question, both of what was not answered in full. ``text`` is masked, and null unless the
    operator keeps questions.
    """

    __tablename__ = "answered"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    answer_id: Mapped[str] = mapped_column(String(100), index=True)
    status: Mapped[Literal["answered", "partial", "refused"]] = mapped_column(String(10))
    polite: Mapped[bool]
    language: Mapped[Literal["fr", "en"]] = mapped_column(String(2))
    echelon: Mapped[str | None] = mapped_column(String(20))
    channel: Mapped[Literal["page", "api", "widget"]] = mapped_column(String(10))
    generator: Mapped[str] = mapped_column(String(50))
    elapsed_ms: Mapped[float]
    index_version: Mapped[str] = mapped_column(String(100))
    themes: Mapped[str] = mapped_column(String(200))
    section: Mapped[str | None] = mapped_column(String(300))
    text: Mapped[str | None] = mapped_column(String(4_000))
