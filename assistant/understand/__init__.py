"""A question in, with its history; what it asks, about what, out."""

from assistant.understand.query import Query, stands_alone, understand
from assistant.understand.terms import Term

__all__ = ["Query", "Term", "stands_alone", "understand"]
