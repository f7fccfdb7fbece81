"""``python -m evals [FILE]``: how good the answers are, on the development and the test half."""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.ask import ask, warm
from assistant.errors import AssistantError
from assistant.index import Index, Reader
from assistant.settings import load_settings
from assistant.types import Question, Turn
from evals.grade import Case, Grade, grade, held_out, load

FIRST = Path(__file__).parent / "questions" / "first.jsonl"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table, and with ``--failed`` each answer of the development half to look at."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=FIRST)
    parser.add_argument("--failed", action="store_true", help="show what failed")
    parser.add_argument("--whole", action="store_true", help="do not split the file in halves")
    options = parser.parse_args(arguments)
    index = opened(parser)
    warm(index)
    cases = load(options.file)
    halves = {"all": cases} if options.whole else _halves(cases)
    for name, half in halves.items():
        grades, times = _run(half, index)
        print(f"{name:12} {summary(grades, times)}")  # noqa: T201
        if options.failed and name != "test":
            _show(grades, index)


def opened(parser: argparse.ArgumentParser) -> Index:
    """The published index; where there is none to measure, the program ends and says why."""
    try:
        return Reader(load_settings()).current()
    except AssistantError as error:
        parser.exit(1, f"{error.message}\n")


def _halves(cases: list[Case]) -> dict[str, list[Case]]:
    return {
        "development": [c for c in cases if not held_out(c.id)],
        "test": [c for c in cases if held_out(c.id)],
    }


def _run(cases: list[Case], index: Index) -> tuple[list[Grade], list[float]]:
    grades, times = [], []
    for case in cases:
        start = time.perf_counter()
        answer = ask(question(case), index)
        times.append((time.perf_counter() - start) * 1000)
        grades.append(grade(case, answer))
    return grades, sorted(times)


def question(case: Case) -> Question:
    """The case as it is asked."""
    return Question(text=case.question, history=tuple(Turn(content=t) for t in case.history))


def summary(grades: list[Grade], times: list[float]) -> str:
    """One line of figures, each with its numerator and denominator; times in milliseconds."""
    answerable = [g for g in grades if g.case.status != "refused"]
    refusable = [g for g in grades if g.case.status == "refused"]
    precise = [g.precise or 0.0 for g in answerable]
    figures = {
        "cited": (sum(bool(g.cited) for g in answerable), len(answerable)),
        "mentioned": (sum(g.mentioned for g in answerable), len(answerable)),
        "wrongly refused": (sum(g.status == "refused" for g in answerable), len(answerable)),
        "rightly refused": (sum(g.right_state for g in refusable), len(refusable)),
        "state": (sum(g.right_state for g in grades), len(grades)),
        "clean": (sum(g.clean for g in grades), len(grades)),
    }
    parts = [f"{k} {n}/{d} ({100 * n / max(d, 1):.0f} %)" for k, (n, d) in figures.items()]
    mean = sum(precise) / max(len(precise), 1)
    p50, p95 = (times[int(len(times) * q)] for q in (0.5, 0.95))
    return " · ".join([*parts, f"precision {mean:.2f}", f"p50 {p50:.1f} p95 {p95:.1f} ms"])


def _show(grades: list[Grade], index: Index) -> None:
    for g in grades:
        if g.right_state and g.cited is not False and g.mentioned and g.clean:
            continue
        answer = ask(question(g.case), index)
        print(f"\n— {g.case.id} {g.case.kind} {g.case.status}→{g.status} cited={g.cited}")  # noqa: T201
        print(f"  Q {g.case.history} {g.case.question}\n  A {answer.answer}")  # noqa: T201
        print("  E", [q.quote[:90] for q in g.case.quotes])  # noqa: T201


if __name__ == "__main__":
    main()
