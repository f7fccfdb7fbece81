"""A question in, with its history; what it asks, about what, out."""

from assistant.understand.query import Query, understand
from assistant.understand.terms import Term

__all__ = ["Query", "Term", "understand"]
