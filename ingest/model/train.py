"""Pairs in; one table of token vectors out, whose mean over a text is its vector.

Two losses at once. Contrastive: each text must be nearest to the one that it is paired with among
those of its batch, both ways (InfoNCE, van den Oord et al., 2018). Distillation: the first
dimensions of an English text and of its French translation must be what the teacher says of the
English. The teacher has no say in the other dimensions, so that what only the pairs know (the
language of law, the words of the field) has room of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional
from tqdm import tqdm

from ingest.model.pairs import Source, Stretch
from ingest.model.teacher import Vectors
from ingest.model.text import SPECIAL, Ints, Texts

Table = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training run is made with."""

    size: int = 512  # dimensions
    taught: int = 224  # those that follow the teacher
    lean: float = 1.25  # how much longer they are made in the end
    steps: int = 2500
    batch: int = 1024
    lesson: int = 512  # texts of the teacher in a step
    rate: float = 0.02  # of Adam, falling to zero
    scale: float = 20.0  # of the cosines in the contrastive loss
    weight: float = 10.0  # of the distillation
    first: float = 1e-3  # a piece as frequent as this starts at half the length of a rare one
    last: float = 1e-2  # a piece as frequent as this ends at half the length that it learnt


@dataclass(frozen=True, slots=True)
class Lesson:
    """English texts, their French translations, and what the teacher says of each."""

    english: Texts
    french: Texts
    target: Vectors


def train(
    pieces: Tokenizer,
    sources: Sequence[Source],
    lessons: Sequence[Lesson],
    recipe: Recipe,
    seed: int,
) -> Table:
    """The table, shape (pieces, size), in half precision; padding and unknown pieces are zero."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    share = _frequency(pieces.get_vocab_size(), sources)
    random = torch.randn(len(share), recipe.size) * 0.1
    table = torch.nn.Parameter(random * _rarity(share, recipe.first))
    adam = torch.optim.Adam([table], lr=recipe.rate)
    shares = np.array([source.share for source in sources])
    weights = np.array([len(lesson.target) ** 0.5 for lesson in lessons])
    for step in tqdm(range(recipe.steps), desc=f"training (seed {seed})", unit="step"):
        adam.param_groups[0]["lr"] = recipe.rate * (1 - step / recipe.steps)
        source = sources[chance.choice(len(sources), p=shares / shares.sum())]
        loss = _contrast(table, source, recipe, chance)
        if lessons:
            lesson = lessons[chance.choice(len(lessons), p=weights / weights.sum())]
            loss = loss + recipe.weight * _distance(table, lesson, recipe, chance)
        adam.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        adam.step()
    made = table.detach() * _rarity(share, recipe.last)
    made[:, : recipe.taught] *= recipe.lean
    made[: len(SPECIAL)] = 0
    return np.asarray(made, dtype=np.float16)


def _frequency(count: int, sources: Sequence[Source]) -> torch.Tensor:
    """The share of each piece among all those of the texts."""
    seen = np.ones(count)
    for texts in {id(t): t for s in sources for t in (*s.left, *s.right)}.values():
        seen += np.bincount(texts.flat, minlength=count)
    return torch.from_numpy(seen / seen.sum()).float()


def _rarity(share: torch.Tensor, half: float) -> torch.Tensor:
    """The weight of a piece, which frequent ones lose (SIF, Arora et al., ICLR 2017)."""
    return (half / (half + share))[:, None]


def _means(table: torch.Tensor, stretch: Stretch) -> torch.Tensor:
    texts, start, length = stretch
    ids, offsets = texts.pieces(start, length)
    return functional.embedding_bag(
        torch.from_numpy(ids), table, torch.from_numpy(offsets), mode="mean"
    )


def _contrast(
    table: torch.Tensor, source: Source, recipe: Recipe, chance: np.random.Generator
) -> torch.Tensor:
    left, right, rows = source.draw(recipe.batch, chance)
    one, other = (functional.normalize(_means(table, side), dim=1) for side in (left, right))
    same = _equal(left[0].same[rows]) | _equal(right[0].same[rows])
    likeness = (one @ other.T * recipe.scale).masked_fill(torch.from_numpy(same), -1e4)
    own = torch.arange(len(rows))
    both = functional.cross_entropy(likeness, own), functional.cross_entropy(likeness.T, own)
    return (both[0] + both[1]) / 2


def _equal(numbers: Ints) -> NDArray[np.bool_]:
    """Which texts of a batch mean the same as another, themselves left out."""
    equal = np.equal.outer(numbers, numbers)
    np.fill_diagonal(equal, False)
    return equal


def _distance(
    table: torch.Tensor, lesson: Lesson, recipe: Recipe, chance: np.random.Generator
) -> torch.Tensor:
    rows = chance.integers(0, len(lesson.target), recipe.lesson)
    rows = rows[(lesson.english.length[rows] > 0) & (lesson.french.length[rows] > 0)]
    target = torch.from_numpy(lesson.target[rows])
    apart = torch.zeros(())
    for texts in (lesson.english, lesson.french):
        said = _means(table, (texts, texts.start[rows], texts.length[rows]))[:, : recipe.taught]
        apart = apart + (1 - functional.cosine_similarity(said, target, dim=1)).mean() / 2
    return apart
