"""Makes ``context.toml`` from clean French text: ``python -m ingest.repair.learn --text FILE``.

Comes in: text files, one paragraph per line. Goes out: the weights of ``context.py``, learnt by
stochastic gradient (Bottou, COMPSTAT 2010), the small ones left out.
"""

import argparse
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.repair.context import features, tokens

Example = tuple[list[str], int]
ALONE = ("a", "à", "et")
LETTERS = ("l", "d", "n", "s", "qu")
ELIDED = re.compile(r"(?:l|d|n|s|qu)[’']", re.IGNORECASE)
SMALL = 0.25  # weights below it are left out
SEEN = 12  # features seen fewer times are left out
CREDIT = """\
# Weights of context.py, made by learn.py: one row per feature, one number per class.
# Learnt from articles of French codes (Légifrance, Licence Ouverte 2.0), Canadian federal acts
# (Justice Laws, Open Government Licence - Canada), Tatoeba sentences (CC BY 2.0 FR) and PIAF
# passages (Etalab, Licence Ouverte 2.0); none of that text is kept.
"""


def examples(lines: Sequence[str], task: str) -> Iterator[Example]:
    """Every place of the text that a task is about: its features and its class."""
    names = ALONE if task == "alone" else LETTERS
    for line in lines:
        words = tokens(line)
        for at, word in enumerate(words):
            name = word if task == "alone" else word[:-1].lower() if ELIDED.fullmatch(word) else ""
            if name in names:
                found = list(features(words[max(0, at - 2) : at], words[at + 1 : at + 3]))
                yield found, names.index(name)


def learn(found: list[Example], classes: int, passes: int, seed: int) -> dict[str, list[float]]:
    """Weights of each frequent feature, by class."""
    seen = Counter(f for names, _ in found for f in names)
    kept = [([f for f in names if seen[f] >= SEEN], label) for names, label in found]
    weights: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * classes)
    chance = random.Random(seed)
    for turn in range(passes):
        chance.shuffle(kept)
        for names, label in kept:
            _step(weights, names, label, 0.1 / (1 + turn))
    return weights


def _step(weights: dict[str, list[float]], names: list[str], label: int, rate: float) -> None:
    rows = [weights[f] for f in names]
    totals = [sum(column) for column in zip(*rows, strict=True)]
    highest = max(totals)
    shares = [math.exp(t - highest) for t in totals]
    whole = sum(shares)
    for i, share in enumerate(shares):
        move = rate * ((i == label) - share / whole)
        for row in rows:
            row[i] += move


def _table(task: str, classes: Sequence[str], weights: dict[str, list[float]]) -> str:
    rows = [f"[{task}]", f"classes = {_toml(classes)}", f"[{task}.weights]"]
    for feature, row in sorted(weights.items()):
        middle = sum(row) / len(row)
        if max(abs(w - middle) for w in row) >= SMALL:
            rows.append(f"{_quoted(feature)} = [{', '.join(f'{w - middle:.1f}' for w in row)}]")
    return "\n".join(rows)


def _toml(words: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quoted, words)) + "]"


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def main() -> None:
    """Reads the files, learns both tasks, writes the data file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, nargs="+", required=True)
    parser.add_argument("--passes", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    lines = [line for path in options.text for line in path.read_text("utf-8").splitlines()]
    tables = [CREDIT]
    for task, classes in (("alone", ALONE), ("elision", LETTERS)):
        found = list(examples(lines, task))
        weights = learn(found, len(classes), options.passes, options.seed)
        tables.append(_table(task, classes, weights) + "\n")
    Path(__file__).with_name("context.toml").write_text("\n".join(tables), "utf-8")


if __name__ == "__main__":
    main()
