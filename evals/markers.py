"""The text of an answer in; the numbers that its markers name out: [1][2], [1, 2] and [1-3]."""

import re

MARKERS = re.compile(r"((?:\s*\[\d{1,6}(?:\s*[,–-]\s*\d{1,6})*\])+)")
MOST = 100  # numbers that one range names; more are no citations


def marked(text: str) -> list[int]:
    """The numbers in the order of their first marker, each once."""
    found: dict[int, None] = {}
    for marks in MARKERS.findall(text):
        for first, last in re.findall(r"(\d+)(?:\s*[–-]\s*(\d+))?", marks):
            low = int(first)
            found |= dict.fromkeys(range(low, min(int(last or low) + 1, low + MOST)))
    return list(found)


def unmarked(text: str) -> str:
    """The text as a person reads it: without its markers, nor the stars of what is strong."""
    return MARKERS.sub("", text).replace("**", "")
