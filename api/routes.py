"""The HTTP contract: each route takes what the contract says and gives a core type back.

Routes that touch the core are plain functions, which the framework runs in threads.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import ExitStack, aclosing
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.audience import Audience, parse_feedback
from api.body import json_of
from api.core import Core, core_of
from api.messages import DOCS
from api.stream import events
from api.watch import Watch, channel_of
from api.wire import (
    FEEDBACK_SCHEMA,
    QUESTION_SCHEMA,
    ErrorBody,
    Feedback,
    Health,
    Ready,
    SourceText,
    Suggestions,
    json_body,
)
from assistant.errors import UnknownPassage, UnknownSource
from assistant.messages import ERRORS
from assistant.request import check_sources, parse, shown
from assistant.types import Answer, Passage, Question, Source

if TYPE_CHECKING:  # at run time it brings the index libraries
    from assistant.index import Index

INDEX = "`index_missing`, `index_damaged`, `index_other_model`, `index_model_changed`"
READING = "`json_malformed`"
QUESTION = (
    "`question_empty`, `question_too_long`, `question_not_text`, `history_malformed`, "
    "`request_malformed`"
)


def _errors(**by_status: str) -> dict[int | str, dict[str, Any]]:
    """The documented errors of a route; every one of them may also fail in ways unforeseen."""
    codes = {**by_status, "default": "`internal_error`"}
    return {
        (int(status[1:]) if status != "default" else status): {
            "model": ErrorBody,
            "description": text,
        }
        for status, text in codes.items()
    }


def _as_json(responses: dict[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    """The same errors for a route whose answers are not JSON: an error is, before a stream."""
    schema = {"$ref": f"#/components/schemas/{ErrorBody.__name__}"}
    content = {"application/json": {"schema": schema}}
    return {
        status: {"description": told["description"], "content": content}
        for status, told in responses.items()
    }


def _about(name: str) -> dict[str, Any]:
    """What the documentation says of a route, in French."""
    return {
        "summary": DOCS[name],
        "description": DOCS.get(f"{name}_more", DOCS[name]),
        "response_description": DOCS.get(f"{name}_done", DOCS["done"]),
    }


_POSTED = {
    "_400": READING,
    "_408": "`body_too_slow`",
    "_413": "`body_too_large`",
    "_415": "`media_type_unsupported`",
    "_429": DOCS["limited"],
}
_ASKED = _errors(**_POSTED, _404="`source_unknown`", _422=QUESTION, _503=f"{INDEX}, `server_busy`")

router = APIRouter()
WithCore = Annotated[Core, Depends(core_of)]


async def asked(request: Request, core: WithCore) -> tuple[Question, "Index"]:
    """The question in the body, and the index that is to answer it.

    Raises InvalidQuestion, then IndexUnavailable, then UnknownSource: all before a stream starts.
    """
    question = parse(await json_of(request))
    index = await run_in_threadpool(core.reader.current)
    check_sources(question, index)
    return question, index


Asked = Annotated[tuple[Question, "Index"], Depends(asked)]


async def answering(request: Request, core: WithCore, given: Asked) -> Callable[..., Answer]:
    """What answers the question in the body, once called, with or without a listener."""
    watch: Watch = request.app.state.watch
    return partial(watch.asking(core.answer, channel_of(request)), *given)


async def ending() -> AsyncIterator[ExitStack]:
    """What is called when the request has ended, even where its reader left midway."""
    with ExitStack() as stack:
        yield stack


async def feedback_of(request: Request) -> Feedback:
    """The opinion in the body. Raises HttpError."""
    return parse_feedback(await json_of(request))


def audience_of(request: Request) -> Audience:
    """The audience that the application was made with."""
    audience: Audience = request.app.state.audience
    return audience


WithAudience = Annotated[Audience, Depends(audience_of)]
Answering = Annotated[Callable[..., Answer], Depends(answering)]
Ending = Annotated[ExitStack, Depends(ending)]


@router.post(
    "/api/ask",
    **_about("ask"),
    responses=_ASKED,
    openapi_extra=json_body(QUESTION_SCHEMA),
)
def ask(answer: Answering) -> Answer:
    """Answer a question from the published index."""
    return answer()


@router.post(
    "/api/ask/stream",
    **_about("stream"),
    responses=_as_json(_ASKED),
    response_class=EventSourceResponse,
    openapi_extra=json_body(QUESTION_SCHEMA),
)
async def ask_stream(
    answer: Answering, core: WithCore, ending: Ending
) -> AsyncIterator[ServerSentEvent]:
    """Answer as server-sent events."""
    async with aclosing(_events(answer, core, ending)) as made:
        async for event in made:
            yield event


def _events(
    answer: Callable[..., Answer], core: Core, ending: ExitStack
) -> AsyncGenerator[ServerSentEvent, None]:
    if core.live is None:
        return events(answer)
    from api.live import live_events

    return live_events(answer, ending)


@router.post(
    "/api/suggestions",
    **_about("suggestions"),
    responses=_ASKED,
    openapi_extra=json_body(QUESTION_SCHEMA),
)
def suggestions(core: WithCore, given: Asked) -> Suggestions:
    """What may be asked after a question."""
    return Suggestions(suggestions=core.suggestions(*given))


@router.get("/api/sources", **_about("sources"), responses=_errors(_503=INDEX))
def sources(core: WithCore) -> list[Source]:
    """The sources of the published index, in its order."""
    return [document.source for document in core.reader.current().documents.values()]


@router.get(
    "/api/sources/{source_id}",
    **_about("source"),
    responses=_errors(_404="`source_unknown`", _503=INDEX),
)
def source(source_id: str, core: WithCore) -> SourceText:
    """One source with its text. Raises UnknownSource."""
    document = core.reader.current().documents.get(source_id)
    if document is None:
        message = ERRORS["source_unknown"].format(id=shown(source_id))
        raise UnknownSource("source_unknown", message)
    return SourceText(**document.source.model_dump(), text=document.text)


@router.get(
    "/api/passages/{passage_id}",
    **_about("passage"),
    responses=_errors(_404="`passage_unknown`", _503=INDEX),
)
def passage(passage_id: str, core: WithCore) -> Passage:
    """One passage. Raises UnknownPassage."""
    found = core.reader.current().passages.get(passage_id)
    if found is None:
        message = ERRORS["passage_unknown"].format(id=shown(passage_id))
        raise UnknownPassage("passage_unknown", message)
    return found


@router.post(
    "/api/feedback",
    **_about("feedback"),
    status_code=204,
    responses=_errors(
        **_POSTED,
        _404="`answer_unknown`",
        _422="`feedback_malformed`",
        _503="`feedback_unavailable`, `server_busy`",
    ),
    openapi_extra=json_body(FEEDBACK_SCHEMA),
)
def feedback(
    given: Annotated[Feedback, Depends(feedback_of)],
    audience: WithAudience,
) -> None:
    """Keep an opinion. Raises HttpError answer_unknown or feedback_unavailable."""
    audience.receive(given)


@router.get("/health", **_about("health"), responses=_errors())
async def health() -> Health:
    """Alive, whatever the index."""
    return Health()


@router.get("/ready", **_about("ready"), responses=_errors(_503=INDEX))
def ready(core: WithCore, audience: WithAudience) -> Ready:
    """The version that answers. Raises IndexUnavailable, ModelMismatch, EmbeddingError."""
    index = core.reader.current()
    core.check(index)
    wrong, apart = core.reader.wrong(), index.dense.trouble
    down = audience.writer.up is False  # None: nothing was tried yet
    return Ready(
        status="degraded" if wrong or apart or down else "ready",
        index_version=index.version,
        index=wrong.code if wrong else "ok",
        vectors="down" if apart else "ok",
        database="down" if down else "ok",
    )
