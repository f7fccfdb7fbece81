"""Many unit vectors in; the few dimensions along which they differ most out, to score them fast.

The principal axes of the rows (Pearson, 1901; not centred, since cosines are to be kept) are worked
out once, when a version is written. A question is scored on them against every row, and exactly
where it matters (:func:`assistant.retrieve.fuse`). Below ``EXACT`` rows all are scored exactly.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
EXACT = 20_000  # rows that are scored exactly in a few milliseconds
AXES = 128  # a quarter of what there is to read
AXES_FILE, SHORT_FILE = "axes.npy", "short.npy"
SAMPLE = 20_000  # rows that the axes are learnt from


class Outline:
    """Rows along their principal axes; ``axes`` has shape (dimension, AXES)."""

    def __init__(self, rows: Vectors, axes: Vectors, short: Vectors) -> None:
        """Raises ValueError unless there is one short row for each row."""
        if short.shape != (len(rows), axes.shape[1]) or axes.shape[0] != rows.shape[1]:
            raise ValueError(SHORT_FILE)
        self._axes, self._short = axes, short

    def scores(self, query: Vectors) -> Vectors:
        """Near to the cosine of every row, shape (rows,)."""
        return self._short @ (query @ self._axes)


def write(folder: Path, rows: Vectors) -> None:
    """What :func:`read` reads, for rows of which there are many; nothing for few."""
    if len(rows) <= EXACT:
        return
    some = rows[:: max(1, len(rows) // SAMPLE)]
    _, axes = np.linalg.eigh(some.T @ some)  # in the order of what they tell, least first
    most = np.ascontiguousarray(axes[:, : -AXES - 1 : -1], dtype=np.float32)
    np.save(folder / AXES_FILE, most, allow_pickle=False)
    np.save(folder / SHORT_FILE, rows @ most, allow_pickle=False)


def read(folder: Path, rows: Vectors) -> Outline | None:
    """The outline of rows, mapped; None for few. Raises OSError, ValueError where it is damaged."""
    if len(rows) <= EXACT:
        return None
    axes = np.load(folder / AXES_FILE, allow_pickle=False)
    short = np.load(folder / SHORT_FILE, mmap_mode="r", allow_pickle=False)
    return Outline(rows, axes, np.asarray(short))
