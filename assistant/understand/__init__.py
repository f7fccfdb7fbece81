"""A question in, with its history; what it asks, about what, out."""

from assistant.understand.query import Query, Term, understand

__all__ = ["Query", "Term", "understand"]
