"""A model's text and its passages in; the checked text out, and what the check took out of it.

A sentence that its passages do not support, or that the check cannot decide, gives way to the
verbatim passage that it names; where that is already quoted, or it names none, it is removed.
The passages that nothing in it tells are quoted after it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.generate.check.evidence import Evidence
from assistant.generate.sentences import Line, Sentence, numbers, split
from assistant.generate.trouble import Failed

MOST = 0.5  # the share of the passages that a text may leave out
Supports = Callable[[Sentence, Mapping[int, Evidence]], bool]


@dataclass
class Settled:
    """The blocks of the checked text, and how many sentences were kept, replaced, removed."""

    blocks: list[str] = field(default_factory=list)
    kept: int = 0
    replaced: int = 0
    removed: int = 0
    quoted: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)  # what a sentence that was kept names
    said: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))  # by its number


def settle(lines: Sequence[Line], known: Mapping[int, Evidence], supports: Supports) -> Settled:
    """Each sentence kept, replaced or removed.

    Raises Failed ``marker`` when no sentence names a passage, ``unsupported`` when none is kept.
    """
    told = [sentence for line in lines for sentence in line.sentences]
    if not any(n in known for sentence in told for n in sentence.numbers):
        raise Failed("marker")
    settled = Settled()
    items: list[str] = []
    for line in lines:
        told_of = (_sentence(s, known, supports, settled) for s in line.sentences)
        made = " ".join(filter(None, told_of))
        if line.item and made:
            items.append(f"- {made}")
        elif made:
            _flush(items, settled)
            settled.blocks.append(made)
    _flush(items, settled)
    if not settled.kept:
        raise Failed("unsupported")
    return settled


def complete(settled: Settled, known: Mapping[int, Evidence], heading: str) -> None:
    """Quote under a heading the passages that the text leaves out, in the order of the plan.

    Raises Failed ``untold`` when they are more than half: the text is no answer any more.
    """
    left = [one for n, one in known.items() if n not in settled.told | settled.quoted]
    if len(left) > MOST * len(known):
        raise Failed("untold")
    if left:
        items = (f"- {quoted(one.quote)} [{one.number}]" for one in left)
        settled.blocks += [f"### {heading}", "\n".join(items)]


def sourced(blocks: Sequence[str], origins: Mapping[int, str]) -> list[str]:
    """The blocks, with the source and date of what a line cites at its end, once for those that
    follow one another and cite the same.
    """
    lines = [(i, line) for i, block in enumerate(blocks) for line in block.split("\n")]
    cited = [[origins[n] for n in numbers(line) if n in origins] for _, line in lines]
    made: list[list[str]] = [[] for _ in blocks]
    for (i, line), now, following in zip(lines, cited, [*cited[1:], []], strict=True):
        new = [one for one in dict.fromkeys(now) if one not in line]
        told = "".join(f" ({one})" for one in new) if {*now} != {*following} else ""
        made[i].append(line + told)
    return ["\n".join(block) for block in made]


def _flush(items: list[str], settled: Settled) -> None:
    """The items of a list are one block."""
    if items:
        settled.blocks.append("\n".join(items))
        items.clear()


def _sentence(
    sentence: Sentence, known: Mapping[int, Evidence], supports: Supports, settled: Settled
) -> str:
    """What stands for a sentence in the checked text; empty where nothing does."""
    if supports(sentence, known):
        settled.kept += 1
        settled.told |= set(sentence.numbers)
        if not _new(sentence, settled):
            return ""
        return f"{balanced(sentence.text)} {''.join(f'[{n}]' for n in sentence.numbers)}"
    named = [known[n] for n in sentence.numbers if n in known]
    left = [one for one in named if one.number not in settled.quoted]
    stretches = [(stretch, one.number) for one in left for stretch in _unsaid(one, settled)]
    if not stretches:
        settled.removed += 1
        return ""
    settled.replaced += 1
    settled.quoted |= {one.number for one in left}
    for one in left:
        settled.said[one.number] |= {_plain(s.text) for s in split(" ".join(one.quote.split()))}
    return " ".join(f"{quoted(stretch)} [{number}]" for stretch, number in stretches)


def _new(sentence: Sentence, settled: Settled) -> bool:
    """Whether none of its passages was quoted, or told, in its very words."""
    plain = _plain(sentence.text)
    before = all(plain in settled.said[number] for number in sentence.numbers)
    for number in sentence.numbers:
        settled.said[number].add(plain)
    return not before


def _unsaid(one: Evidence, settled: Settled) -> list[str]:
    """The stretches of a passage that no sentence above has in its very words."""
    line = " ".join(one.quote.split())
    for sentence in split(line):
        if _plain(sentence.text) in settled.said[one.number]:
            line = line.replace(sentence.text, "\n", 1)
    found = [stretch.strip() for stretch in line.split("\n") if re.search(r"\w", stretch)]
    return [balanced(stretch) for stretch in found]


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .«»“”").casefold()


def balanced(text: str) -> str:
    """A stretch of a quotation on one line: a mark that has no other in it gets one at its edge, so
    that what followed the quotation, as who said it, stays out of it.
    """
    line = re.sub(r"^[\s.]*[»”]\s*|\s*[«“]\s*$", "", " ".join(text.split()))
    for opening, closing in (("« ", " »"), ("“", "”")):
        open_now = lone = 0
        for sign in line:
            open_now += (sign == opening.strip()) - (sign == closing.strip())
            lone = min(lone, open_now)
        line = opening * -lone + line + closing * (open_now - lone)
    return line


def quoted(quote: str) -> str:
    """A quotation on one line, between guillemets unless it brings its own."""
    line = balanced(quote)
    return line if line.startswith("«") else f"« {line} »"
