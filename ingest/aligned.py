"""Text that remembers where each of its characters came from in the raw file.

Comes in: a raw text, cut, joined and mended step by step. Goes out: the mended text and the
pieces that map it back to the raw one, so that a repaired quotation can show its raw form.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Self

from assistant.types import Piece

Origin = tuple[int, int]  # the raw stretch [start, end) that one character stands for


@dataclass(frozen=True)
class Aligned:
    """A string and, for each of its characters, the raw stretch that it stands for."""

    text: str
    origins: tuple[Origin, ...]

    @classmethod
    def of(cls, raw: str) -> Self:
        """The raw text itself, each character standing for itself."""
        return cls(raw, tuple(pairwise(range(len(raw) + 1))))

    @classmethod
    def inserted(cls, text: str, at: int) -> Self:
        """Text that stands for nothing of the raw text, placed at raw offset ``at``."""
        return cls(text, ((at, at),) * len(text))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> "Aligned":
        return Aligned(self.text[part], self.origins[part])

    def __add__(self, other: "Aligned") -> "Aligned":
        return Aligned(self.text + other.text, self.origins + other.origins)

    def strip(self) -> "Aligned":
        """Without the white space at both ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : max(start, len(self.text.rstrip()))]

    def replace(self, start: int, end: int, new: str) -> "Aligned":
        """With ``text[start:end]`` replaced; the new characters stand for what they replace."""
        return self.rewrite([(start, end, new)])

    def rewrite(self, edits: Iterable[tuple[int, int, str]]) -> "Aligned":
        """With every edit (start, end, new text) applied; edits must not overlap."""
        ordered = sorted(edits)
        if not ordered:
            return self  # most patterns meet nothing in most lines
        parts: list[Aligned] = []
        done = 0
        for start, end, new in ordered:
            if start < done:
                raise ValueError(f"overlapping edit at {start}")
            parts += [self[done:start], Aligned(new, (self._stretch(start, end),) * len(new))]
            done = end
        return join([*parts, self[done:]])

    def sub(
        self, pattern: str | re.Pattern[str], new: str | Callable[[re.Match[str]], str]
    ) -> "Aligned":
        """With each match of a pattern replaced, as :func:`re.sub` does (groups expanded)."""
        edits: list[tuple[int, int, str]] = []
        for match in re.finditer(pattern, self.text):
            text = match.expand(new) if isinstance(new, str) else new(match)
            if text != match.group():
                edits.append((match.start(), match.end(), text))
        return self.rewrite(edits)

    def lines(self) -> Iterator["Aligned"]:
        """The lines, without their ends."""
        start = 0
        for line in self.text.splitlines(keepends=True):
            yield self[start : start + len(line.rstrip("\r\n"))]
            start += len(line)

    def pieces(self, raw: str) -> tuple[Piece, ...]:
        """The mapping to the raw text, as few pieces as possible, covering all the text."""
        return tuple(
            Piece(start=start, end=end, raw_start=raw_start, raw_end=raw_end)
            for (start, end), (raw_start, raw_end) in self._stretches(raw)
        )

    def _stretches(self, raw: str) -> Iterator[tuple[Origin, Origin]]:
        """The longest stretches that are the raw text itself, or stand for one raw stretch."""
        if not self.text:
            return
        here, there = (0, 1), self.origins[0]
        for i, (start, end) in enumerate(self.origins[1:], 1):
            same = end - start == 1 and raw[start] == self.text[i]
            if same and there[1] == start and self._is_copy(here, there, raw):
                here, there = (here[0], i + 1), (there[0], end)
            elif not same and there == (start, end):
                here = here[0], i + 1
            else:
                yield here, there
                here, there = (i, i + 1), (start, end)
        yield here, there

    def _is_copy(self, here: Origin, there: Origin, raw: str) -> bool:
        """Whether a stretch is the raw text itself (its last character tells: all were checked)."""
        alike = here[1] - here[0] == there[1] - there[0]
        return alike and self.text[here[1] - 1] == raw[there[1] - 1]

    def _stretch(self, start: int, end: int) -> Origin:
        """The raw stretch of ``text[start:end]``, of no width where that is empty."""
        if start < end:
            return self.origins[start][0], self.origins[end - 1][1]
        if start < len(self):
            return self.origins[start][0], self.origins[start][0]
        at = self.origins[-1][1] if self.origins else 0
        return at, at


def join(parts: Iterable[Aligned]) -> Aligned:
    """The parts one after the other."""
    kept = list(parts)
    origins = tuple(chain.from_iterable(part.origins for part in kept))
    return Aligned("".join(part.text for part in kept), origins)
