"""A configured language model as judge: a case and an answer in, faithfulness and relevance out.

By ragas (Es et al., EACL 2024), asked through its own client. Imported only when a judge is
wanted: it comes with the extra « judge ».
"""

import math
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.embedding import Embedder
from evals.case import Case
from evals.given import Given
from evals.metrics import Metric
from evals.settings import Endpoint

if TYPE_CHECKING:
    from ragas.llms.base import InstructorBaseRagasLLM

STRICTNESS = 3  # questions that the judge guesses back from an answer


class NoVerdict(Exception):
    """The model gave no number; this is a failure of the judge, not a zero of the answer."""


def judges(endpoint: Endpoint, embedder: Embedder) -> tuple[Metric, ...]:
    """Both metrics, asked of one model; questions are compared by the embedder of the index.

    Raises ImportError without the extra « judge ».
    """
    os.environ.setdefault("RAGAS_DO_NOT_TRACK", "true")  # read when ragas is imported
    from ragas.metrics.collections import AnswerRelevancy, Faithfulness

    llm = _model(endpoint)
    faithful = Faithfulness(llm=llm)
    relevant = AnswerRelevancy(llm=llm, embeddings=_embeddings(embedder), strictness=STRICTNESS)

    def faithfulness(case: Case, given: Given) -> float | None:
        """Share of the claims of the answer that its citations bear out, in [0, 1]."""
        if not _to_judge(case, given):
            return _missing(case, given)
        if not given.citations:
            return 0.0
        cited = [citation.quote for citation in given.citations]
        return _score(
            faithful, user_input=_asked(case), response=given.answer, retrieved_contexts=cited
        )

    def relevance(case: Case, given: Given) -> float | None:
        """Mean cosine of the question and of those guessed back from the answer, at most 1."""
        if not _to_judge(case, given):
            return _missing(case, given)
        return _score(relevant, user_input=_asked(case), response=given.answer)

    return Metric("faithfulness", faithfulness, "mean"), Metric("relevance", relevance, "mean")


def _to_judge(case: Case, given: Given) -> bool:
    return given.status not in ("refused", None) and bool(given.answer)


def _missing(case: Case, given: Given) -> float | None:
    """A missing answer scores zero where one was due; a refusal claims nothing to judge."""
    return 0.0 if given.status is None and case.answerable else None


def _asked(case: Case) -> str:
    return "\n".join([*case.history, case.question])


def _score(metric: Any, **asked: str | Sequence[str]) -> float:
    value = float(metric.score(**asked).value)
    if math.isnan(value):
        raise NoVerdict
    return value


def _model(endpoint: Endpoint) -> "InstructorBaseRagasLLM":
    from openai import AsyncOpenAI
    from ragas.llms import llm_factory

    client = AsyncOpenAI(
        base_url=endpoint.url,
        api_key=endpoint.key.get_secret_value(),
        timeout=endpoint.timeout,
    )
    return llm_factory(endpoint.name, client=client)


def _embeddings(embedder: Embedder) -> Any:
    from ragas.embeddings.base import BaseRagasEmbedding

    class Own(BaseRagasEmbedding):
        """The embedder of the index, as ragas calls one."""

        def embed_text(self, text: str, **_: Any) -> list[float]:
            return [float(x) for x in embedder.query(text)]

        async def aembed_text(self, text: str, **_: Any) -> list[float]:
            return self.embed_text(text)

    return Own()
