"""Trains the bundled model: ``python -m ingest.model --data FOLDER``.

The folder holds the training text; the card of the model says what each file is and where it
comes from. It takes less than 45 minutes on two cores, most of them for the teacher. The model is
written in half precision.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from assistant.embedding import bundled_folder
from ingest.messages import TRAINING_TEXT
from ingest.model.pairs import sources
from ingest.model.teacher import lessons, reduced, teach
from ingest.model.text import Rows, Texts, field_words, read, strings, tokenizer
from ingest.model.train import Lesson, Recipe, Table, train

PIECES = 12_800  # the words of the field come on top


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains and saves; ``python -m evals.embedding`` measures. Exit status 1: no such text."""
    parser = _options()
    options = parser.parse_args(arguments)
    try:
        rows = read(options.data)
    except OSError as error:
        parser.exit(1, TRAINING_TEXT.format(file=error.filename) + "\n")
    if not options.with_questions:
        rows = {**rows, "questions_fr": []}
    pieces = tokenizer(strings(rows), PIECES, field_words())
    recipe = Recipe(steps=options.steps)
    taught = _lessons(rows, pieces, recipe, options.teacher)
    table = train(pieces, sources(rows, pieces), taught, recipe, options.seed)
    save(pieces, table, options.out)


def save(pieces: Tokenizer, table: Table, folder: Path) -> None:
    """The model as sentence-transformers reads it; the card in the folder stays."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    module = StaticEmbedding(pieces, embedding_weights=torch.from_numpy(table))
    model = SentenceTransformer(modules=[module], device="cpu")
    model.save(str(folder), create_model_card=False)


def _lessons(rows: Rows, pieces: Tokenizer, recipe: Recipe, kept: Path | None) -> list[Lesson]:
    told = lessons(rows, seed=0)
    vectors = teach([text for english, _ in told for text in english], kept)
    target = reduced(vectors, recipe.taught)
    ends = np.cumsum([len(english) for english, _ in told])[:-1]
    return [
        Lesson(Texts(pieces, english), Texts(pieces, french), part)
        for (english, french), part in zip(told, np.split(target, ends), strict=True)
    ]


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest.model", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training text")
    parser.add_argument("--out", type=Path, default=bundled_folder(), help="folder of the model")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    parser.add_argument("--teacher", type=Path, help="keeps the vectors of the teacher in a file")
    parser.add_argument("--with-questions", action="store_true", help="learn from PIAF too")
    return parser


if __name__ == "__main__":
    main()
