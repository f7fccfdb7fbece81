"""Measures the repair: ``python -m ingest.repair.measure --text FILE [--seed 0 --rate 0.05]``.

Comes in: clean French text, a paragraph per line. Goes out: how many errors of a seeded damage
are mended, left, or wrongly mended, how many clean words are spoilt; and what the repair changes
in the undamaged text, which should be nothing.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.aligned import Aligned, join
from ingest.repair.damage import Damage, estimate
from ingest.repair.marks import tidy
from ingest.repair.misprint import Printed, page
from ingest.repair.noise import noise
from ingest.repair.words import repair

PAGE = 40  # paragraphs of a page: a document is judged as a whole
Sample = tuple[str, str, str, str]  # fate, printed, read, mended


@dataclass
class Tally:
    """What became of the words of damaged pages. Rates are shares of the errors made."""

    words: int = 0
    characters: int = 0
    fates: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)

    def of(self, fate: str) -> int:
        """How many words met a fate: mended, left, wrong or spoilt."""
        return sum(count for (_, met), count in self.fates.items() if met == fate)

    @property
    def errors(self) -> int:
        """How many errors were made."""
        return self.of("mended") + self.of("left") + self.of("wrong")

    def share(self, fate: str) -> float | None:
        """Share of the errors that met a fate; none where no error was made."""
        return self.of(fate) / self.errors if self.errors else None


def mend(raw: str, damage: Damage) -> Aligned:
    """A page mended as ingest does it: noise dropped, lines joined, marks and words repaired."""
    lines = [_without(line, noise(line.text, damage)) for line in Aligned.of(raw).lines()]
    ends = [line + Aligned.inserted("\n", _end(line)) for line in lines]
    return repair(tidy(join(ends)).sub(r"(?<!\n)\n(?!\n)", " "), damage)


def _end(line: Aligned) -> int:
    return line.origins[-1][1] if line.origins else 0


def _without(line: Aligned, stretches: Sequence[tuple[int, int]]) -> Aligned:
    return line.rewrite((start, end, "") for start, end in stretches)


def _pages(paragraphs: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(paragraphs), PAGE):
        yield paragraphs[at : at + PAGE]


def measure(paragraphs: Sequence[str], seed: int, rate: float) -> Tally:
    """What the repair does to paragraphs damaged at a rate (share of words misread)."""
    tally, chance = Tally(), random.Random(seed)
    for some in _pages(paragraphs):
        raw, printed = page(some, chance, rate)
        mended = mend(raw, estimate(raw))
        tally.characters += len(raw)
        _count(tally, raw, printed, mended)
    return tally


def _count(tally: Tally, raw: str, printed: Sequence[Printed], mended: Aligned) -> None:
    found: dict[int, str] = {}
    for letter, (start, end) in zip(mended.text, mended.origins, strict=True):
        if start < end:
            found[start] = found.get(start, "") + letter
    for word in printed:
        got = "".join(found.get(i, "") for i in range(word.start, word.end)).strip()
        read = raw[word.start : word.end]
        fate = _fate(word, read, got)
        tally.words += 1
        tally.fates[word.error or "clean", fate] += 1
        if fate in ("wrong", "spoilt", "left"):
            tally.samples.append((fate, word.word, read, got))


def _fate(word: Printed, read: str, got: str) -> str:
    same = got == word.word
    if not word.error:
        return "kept" if same else "spoilt"
    if same:
        return "mended"
    return "left" if got == re.sub(r"\n", " ", read) or got == read else "wrong"


def untouched(paragraphs: Sequence[str]) -> tuple[int, int, list[Sample]]:
    """On undamaged text: characters, characters changed by the repair, and the changes."""
    total = changed = 0
    samples: list[Sample] = []
    for some in _pages(paragraphs):
        damage = estimate("\n\n".join(some))
        for paragraph in some:
            got = repair(Aligned.of(paragraph), damage)
            total += len(paragraph)
            for word, new in zip(paragraph.split(), got.text.split(), strict=True):
                if word != new:
                    changed += max(len(word), len(new))
                    samples.append(("changed", word, word, new))
    return total, changed, samples


def report(tally: Tally) -> str:
    """The figures of a tally, as a table by kind of error."""
    rows = [f"{tally.words} words, {tally.errors} errors"]
    for kind in sorted({kind for kind, _ in tally.fates} - {"clean"}):
        counts = [tally.fates[kind, fate] for fate in ("mended", "left", "wrong")]
        fates = "mended {:6} left {:6} wrong {:4}".format(*counts)
        rows.append(f"  {kind:16} {sum(counts):6} {fates}")
    for fate in ("mended", "left", "wrong"):
        rows.append(f"{fate}: {tally.of(fate)} ({tally.share(fate) or 0:.2%})")
    rows.append(f"clean words spoilt: {tally.of('spoilt')} of {tally.words - tally.errors}")
    return "\n".join(rows)


def main() -> None:
    """Prints the figures for the files named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, nargs="+", required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=0.05)
    parser.add_argument("--samples", type=int, default=0, help="of each bad fate to print")
    options = parser.parse_args()
    lines = [line for path in options.text for line in path.read_text("utf-8").splitlines()]
    paragraphs = [line for line in lines if line.strip()]
    begun = time.perf_counter()
    tally = measure(paragraphs, options.seed, options.rate)
    speed = tally.characters / (time.perf_counter() - begun)
    total, changed, samples = untouched(paragraphs)
    for fate in ("spoilt", "wrong", "left", "changed"):
        chosen = [s for s in (*tally.samples, *samples) if s[0] == fate]
        random.Random(options.seed).shuffle(chosen)
        for sample in chosen[: options.samples]:
            sys.stdout.write("\t".join(sample) + "\n")
    sys.stdout.write(f"{report(tally)}\n{speed:.0f} characters/s\n")
    sys.stdout.write(f"undamaged: {changed} characters changed of {total}\n")


if __name__ == "__main__":
    main()
