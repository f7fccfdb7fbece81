"""Figures in; plots out, as SVG that takes its colours and its font from the page around it.

Each colour drawn stands for a variable of the page, put in its place afterwards, so that light,
dark and print need one drawing. Nothing in the SVG names another address.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from evals.calibration import IN_USE, Bin, Point
from evals.case import Half
from evals.intervals import Figure
from evals.messages import HALVES, KINDS, PLOTS

INK, FAINT, ONE, TWO = "#010101", "#020202", "#030303", "#040404"
VARIABLES = {INK: "var(--ink)", FAINT: "var(--line)", ONE: "var(--one)", TWO: "var(--two)"}
COLOURS: dict[Half, str] = {"development": TWO, "test": ONE}
MARKS: dict[Half, str] = {"development": "s", "test": "o"}  # told apart without colour too
DASHES: dict[Half, str] = {"development": "--", "test": "-"}
STYLE = {
    "svg.fonttype": "none", "font.size": 9, "axes.edgecolor": FAINT, "axes.labelcolor": INK,
    "text.color": INK, "xtick.color": INK, "ytick.color": INK, "axes.spines.top": False,
    "axes.spines.right": False, "axes.grid": True, "grid.color": FAINT, "grid.linewidth": 0.5,
    "axes.axisbelow": True, "legend.frameon": False,
}  # fmt: skip
Kinds = Mapping[Half, Mapping[str, Figure]]


def kinds(found: Kinds) -> str:
    """Wholly good answers of each kind in each half, with their intervals, in percent."""
    names = [kind for kind in KINDS if any(kind in held for held in found.values())]
    with _drawn("kinds", 3.4, 1.0 + 0.3 * len(names)) as (axes, out):
        for shift, (half, held) in zip((0.14, -0.14), found.items(), strict=False):
            rows = [(i, held[k]) for i, k in enumerate(reversed(names)) if k in held]
            for i, one in rows:
                axes.hlines(i + shift, 100 * (one.low or 0), 100 * (one.high or 0), COLOURS[half])
            at = [i + shift for i, _ in rows]
            values = [100 * (one.value or 0) for _, one in rows]
            axes.plot(values, at, MARKS[half], color=COLOURS[half], ms=4, label=HALVES[half])
        axes.set(xlim=(-2, 102), xlabel=PLOTS["good"])
        axes.set_yticks(range(len(names)), [KINDS[k] for k in reversed(names)])
        axes.legend(loc="lower center", bbox_to_anchor=(0.3, 1.0), ncols=2)
    return out[0]


def thresholds(found: Mapping[Half, Sequence[Point]]) -> str:
    """Wrong and right refusals as the threshold moves, in percent of their questions."""
    with _drawn("thresholds", 4.8, 3.4) as (axes, out):
        for half, points in found.items():
            at = [100 * point.threshold for point in points]
            for what, colour in (("right", ONE), ("wrong", TWO)):
                label = f"{PLOTS[what]}, {HALVES[half].lower()}"
                shares = [100 * getattr(point, what) for point in points]
                axes.plot(at, shares, DASHES[half], color=colour, label=label, lw=1.5)
        axes.axvline(100 * IN_USE, color=INK, lw=0.8, ls=":")
        axes.text(100 * IN_USE, 102, PLOTS["in_use"], ha="center", va="bottom")
        axes.set(ylim=(0, 100), xlim=(0, 100), xlabel=PLOTS["threshold"], ylabel=PLOTS["share"])
        axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.17), ncols=2, fontsize=8)
    return out[0]


def trade(found: Mapping[Half, Sequence[Point]]) -> str:
    """Right refusals against wrong ones, one curve a half; the threshold in use is marked."""
    with _drawn("trade", 4.8, 3.2) as (axes, out):
        for half, points in found.items():
            wrong, right = ([100 * getattr(p, k) for p in points] for k in ("wrong", "right"))
            axes.plot(wrong, right, DASHES[half], color=COLOURS[half], label=HALVES[half], lw=1.5)
            now = min(points, key=lambda point: abs(point.threshold - IN_USE))
            axes.plot(100 * now.wrong, 100 * now.right, MARKS[half], color=COLOURS[half], ms=6)
        labels = {f"{side}label": f"% {PLOTS[k]}" for side, k in (("x", "wrong"), ("y", "right"))}
        axes.set(xlim=(-2, 102), ylim=(-2, 102), **labels)
        axes.legend(loc="lower right")
    return out[0]


def reliability(found: Mapping[Half, Sequence[Bin]]) -> str:
    """How often the documents answer, against the probability told, in percent."""
    with _drawn("reliability", 4.8, 3.2) as (axes, out):
        axes.plot((0, 100), (0, 100), color=FAINT, lw=1)
        for half, bins in found.items():
            for one in bins:
                low, high = 100 * (one.true.low or 0), 100 * (one.true.high or 0)
                axes.vlines(100 * one.told, low, high, COLOURS[half], lw=1)
            told, true = [100 * b.told for b in bins], [100 * (b.true.value or 0) for b in bins]
            axes.plot(told, true, MARKS[half], color=COLOURS[half], ms=4, label=HALVES[half])
        axes.set(xlim=(-2, 102), ylim=(-2, 102), xlabel=PLOTS["said"], ylabel=PLOTS["true"])
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return out[0]


def times(found: Mapping[str, Sequence[float]]) -> str:
    """For each system, the share of the questions answered within so many milliseconds."""
    with _drawn("times", 4.8, 3.2) as (axes, out):
        lines = (("-", ONE), ("--", TWO), (":", INK), ("-.", INK), ("-", FAINT), ("--", FAINT))
        for (style, colour), (name, held) in zip(lines, found.items(), strict=False):
            shares = [100 * (i + 1) / len(held) for i in range(len(held))]
            axes.step(sorted(held), shares, style, color=colour, where="post", label=name, lw=1.5)
        axes.set(xscale="log", ylim=(0, 101), xlabel=PLOTS["ms"], ylabel=PLOTS["answered"])
        axes.legend(loc="lower right", fontsize=8)
    return out[0]


@contextmanager
def _drawn(name: str, width: float, height: float) -> Iterator[tuple[Any, list[str]]]:
    """Axes to draw on, in inches; afterwards the list holds the SVG."""
    import matplotlib
    from matplotlib.figure import Figure as Canvas

    out: list[str] = []
    settings: Any = {**STYLE, "svg.hashsalt": name}  # equal figures are drawn equal
    with matplotlib.rc_context(settings):
        canvas = Canvas(figsize=(width, height))
        yield canvas.add_subplot(), out
        file = io.StringIO()
        canvas.savefig(file, format="svg", transparent=True, bbox_inches="tight")
    out.append(_inline(name, file.getvalue()))


def _inline(name: str, svg: str) -> str:
    """An SVG without prologue, metadata, namespace and size; its ids are its own in the page."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\s(?:xmlns(?::\w+)?|version)="[^"]*"', "", svg).replace("xlink:href", "href")
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r"font:\s*([\d.]+px)[^;\"]*", r"font-size: \1", svg)
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\1{name}-", svg)
    for colour, variable in VARIABLES.items():
        svg = svg.replace(colour, variable)
    return svg
