"""A language model over the BM25 chunks: a case in, its reply with its [n] markers out.

A plain RAG on any OpenAI-compatible server, as anyone would write it: the chunks numbered in the
prompt, one reply, the markers read back. Raises whatever the client raises: that is no answer.
"""

import time
from typing import Any

from assistant.index import Index
from assistant.types import Status
from evals.case import Case
from evals.given import Given, Place
from evals.markers import marked
from evals.messages import PROMPT, PROMPT_MISSING, PROMPT_REFUSAL
from evals.settings import EvalSettings
from evals.systems.bm25 import Bm25
from evals.systems.chunks import CITED


class NotConfigured(Exception):
    """No model is named in the environment."""


class Model:
    """The model of EVALS_MODEL_NAME; two lines agreed in its prompt tell a refusal and a part."""

    name = "model"
    ranks = True

    def __init__(self, index: Index) -> None:
        """Raises NotConfigured without EVALS_MODEL_NAME and EVALS_MODEL_URL."""
        from langchain.chat_models import init_chat_model

        endpoint = EvalSettings().model
        if endpoint is None:
            raise NotConfigured
        self._search = Bm25(index)
        self._model: Any = init_chat_model(
            endpoint.name,
            model_provider="openai",
            base_url=endpoint.url,
            api_key=endpoint.key,
            timeout=endpoint.timeout,
            temperature=0,
        )

    def answer(self, case: Case) -> Given:
        """The reply; a chunk that it marks is cited, a number that no chunk has is not."""
        started = time.perf_counter()
        ranked = self._search.best(" ".join([*case.history, case.question]))
        text = str(self._model.invoke(_messages(case, ranked[:CITED])).text)
        elapsed = (time.perf_counter() - started) * 1000
        refused = PROMPT_REFUSAL.casefold() in text.casefold()
        missing = None if refused else _missing(text)
        status: Status = "refused" if refused else "partial" if missing else "answered"
        return Given(
            status=status,
            answer=text,
            missing=missing,
            citations=() if refused else tuple(_cited(text, ranked[:CITED])),
            ranked=tuple(ranked),
            elapsed_ms=elapsed,
        )


def _messages(case: Case, places: list[Place]) -> list[tuple[str, str]]:
    passages = "\n\n".join(f"[{i}] {place.quote}" for i, place in enumerate(places, 1))
    system = PROMPT.format(refusal=PROMPT_REFUSAL, missing=PROMPT_MISSING, passages=passages)
    return [("system", system), *(("human", t) for t in case.history), ("human", case.question)]


def _cited(text: str, places: list[Place]) -> list[Place]:
    """The chunks that a text marks, in the order of their first marker."""
    known = [n for n in marked(text) if 1 <= n <= len(places)]
    return [places[n - 1].model_copy(update={"number": n}) for n in known]


def _missing(text: str) -> str | None:
    """What the reply says that the passages lack, on the line that the prompt asks for."""
    for line in text.splitlines():
        _, agreed, what = line.replace("**", "").partition(PROMPT_MISSING)
        if agreed and what.strip():
            return what.strip()
    return None
