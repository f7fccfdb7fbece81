"""Cases and answers as short as a test allows, and a chat model that says what it is told to."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from assistant.types import Status
from evals.case import Case, Expected
from evals.given import Given, Place
from evals.metrics import metrics
from evals.run import Graded, Run, graded
from tests.api.server import serving

LOCAL = "La commune prête un local aux associations."
BUDGET = "Le budget est de 12 000 euros par an."
OTHER = "Les lavoirs ont été restaurés par des bénévoles en 2018."
TEXTS = {"guide": f"{LOCAL} {BUDGET} {OTHER}", "autre": LOCAL}


def case(*quotes: str, **changed: Any) -> Case:
    """A question on the guide that expects these quotations."""
    given: dict[str, Any] = {
        "id": "t002", "kind": "figure", "question": "Quoi ?", "history": (), "language": "fr",
        "status": "answered", "need": "all", "mentions": (), "forbidden": (),
        "quotes": tuple(Expected(source="guide", quote=quote) for quote in quotes),
    }  # fmt: skip
    return Case(**given | changed)


def refusable(**changed: Any) -> Case:
    """A question that the guide does not answer."""
    return case(**{"kind": "near_miss", "status": "refused"} | changed)


def places(*quotes: str, source: str = "guide") -> tuple[Place, ...]:
    """Quotations of a source, numbered from 1."""
    return tuple(Place(source_id=source, quote=q, number=i) for i, q in enumerate(quotes, 1))


def answer(
    *quotes: str, status: Status = "answered", source: str = "guide", **changed: Any
) -> Given:
    """An answer that says these quotations, each with its marker."""
    cited = places(*quotes, source=source)
    text = "\n".join(f"« {c.quote} » [{c.number}]" for c in cited) or "Je ne sais pas."
    return Given(**{"status": status, "answer": text, "citations": cited} | changed)


def judged(half: str, one: Case, given: Given) -> Graded:
    """An answer with every score."""
    return graded("test" if half == "test" else "development", one, given, metrics(TEXTS))


def many(good: int, bad: int, system: str = "product") -> Run:
    """So many wholly good answers, then so many refusals of what is to be answered."""
    asked = [case(LOCAL, id=f"t{i:03}") for i in range(good + bad)]
    given = [answer(LOCAL, elapsed_ms=5.0)] * good + [answer(status="refused")] * bad
    rows = [judged("test", c, g) for c, g in zip(asked, given, strict=True)]
    return Run(system=system, rows=rows)


@contextmanager
def standing_in(replies: Sequence[str]) -> Iterator[tuple[str, list[Any]]]:
    """The address of a chat model that says these replies, then the last; and what it was asked."""
    app, asked = FastAPI(), list[Any]()

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> JSONResponse:
        asked.append(json.loads(await request.body()))
        text = replies[min(len(asked), len(replies)) - 1]
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        completion = {
            "id": "c", "object": "chat.completion", "created": 0, "model": "stand-in",
            "choices": [choice], "usage": usage,
        }  # fmt: skip
        return JSONResponse(completion, headers={"Connection": "close"})

    with serving(app) as port:
        yield f"http://127.0.0.1:{port}/v1", asked
