"""Values of one metric in; a figure out, with its 95 % interval and what it stands on.

Shares have Wilson's interval (1927); means and quantiles the percentile bootstrap (Efron, 1979).
Both come from scipy, imported when first needed.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from pydantic import BaseModel

from evals.metrics import Kind

RESAMPLES = 1_000
SEED = 7  # the same answers have the same interval
STATISTICS: dict[Kind, Any] = {
    "mean": np.mean,
    "p50": partial(np.percentile, q=50),
    "p95": partial(np.percentile, q=95),
}


class Figure(BaseModel):
    """One figure: its value and interval, None where nothing could be judged.

    Nor has a mean an interval where all values are equal: that they vary is not known.

    ``n`` questions were judged; ``none`` had nothing to judge; on ``failed`` the judge failed.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    none: int = 0
    failed: int = 0


def figure(values: Sequence[float | None], kind: Kind, failed: int = 0) -> Figure:
    """The figure of a metric over questions; ``None`` stands for nothing to judge."""
    judged = [value for value in values if value is not None]
    none = len(values) - len(judged)
    if not judged:
        return Figure(none=none, failed=failed)
    value, low, high = share(judged) if kind == "share" else spread(judged, kind)
    return Figure(value=value, low=low, high=high, n=len(judged), none=none, failed=failed)


def share(judged: Sequence[float]) -> tuple[float, float, float]:
    """A share with Wilson's interval, each in [0, 1]."""
    from scipy.stats import binomtest

    good = round(sum(judged))
    interval = binomtest(good, len(judged)).proportion_ci(method="wilson")
    return good / len(judged), float(interval.low), float(interval.high)


def spread(judged: Sequence[float], kind: Kind) -> tuple[float, float | None, float | None]:
    """A mean or a quantile with its bootstrap interval, in the unit of the values."""
    from scipy.stats import bootstrap

    sample = np.asarray(judged, dtype=np.float64)
    value = float(STATISTICS[kind](sample))
    if len(set(judged)) == 1:  # every draw would be equal, and the interval falsely sure
        return value, None, None
    drawn = bootstrap(
        (sample,), STATISTICS[kind], n_resamples=RESAMPLES, method="percentile", rng=SEED
    )
    return value, float(drawn.confidence_interval.low), float(drawn.confidence_interval.high)
