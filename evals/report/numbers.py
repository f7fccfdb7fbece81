"""Figures in, French text out: 92,1 % (87,4 – 95,2), n 170."""

from evals.intervals import Figure
from evals.messages import TABLE

UNITS = {"length": "×", "elapsed_p50": "ms", "elapsed_p95": "ms", "seconds": "s"}


def number(value: float | None, name: str) -> str:
    """One value of a metric with its unit; a dash where there is none."""
    if value is None:
        return "–"
    unit = UNITS.get(name, "%")
    scaled = 100 * value if unit == "%" else value
    digits = 0 if unit == "ms" and scaled >= 100 else 1
    return f"{scaled:.{digits}f}".replace(".", ",") + f"\u202f{unit}"


def counts(figure: Figure, name: str) -> str:
    """What a figure stands on: n, on how many the judge failed, how many told no time."""
    told = [f"n {figure.n}"]
    if name.startswith("elapsed") and figure.none:
        told.append(TABLE["untimed"].format(none=figure.none))
    if figure.failed:
        told.append(TABLE["failed"].format(failed=figure.failed))
    return ", ".join(told)


def interval(figure: Figure, name: str) -> str:
    """The 95 % interval, without its unit; nothing where there is no figure."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = (number(bound, name).split("\u202f")[0] for bound in (figure.low, figure.high))
    return f"{low} – {high}"
