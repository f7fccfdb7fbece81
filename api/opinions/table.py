"""The table of opinions as the program sees it; the migrations make it what it is."""

from datetime import datetime
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
    answer_id: Mapped[str] = mapped_column(String(100))
    rating: Mapped[Literal["up", "down"]] = mapped_column(String(4))
    reason: Mapped[str | None] = mapped_column(String(1_000))
