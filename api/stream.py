"""From an answer to its server-sent events: ``text``…, ``citation``…, then ``final``.

An answer comes whole from the core; it is cut in small pieces so that a page, or a widget on a
slow line, can show it as it arrives. A failure is one ``error`` event, and the last.
"""

import re
from collections.abc import AsyncGenerator, Callable, Iterator

from fastapi.concurrency import run_in_threadpool
from fastapi.sse import ServerSentEvent

from api.errors import body_of, unforeseen
from assistant.errors import AssistantError
from assistant.types import Answer

WORDS = 6  # a piece
# A marker is one token, so that no piece ends inside of one.
TOKEN = re.compile(r"\[[^\[\]\n]{0,20}\]\s*|[^\s\[]+\s*|\[\s*|\s+")


def pieces(text: str) -> Iterator[str]:
    """The text in pieces of a few words, none of them empty; joined, they are the text."""
    tokens = TOKEN.findall(text)
    for start in range(0, len(tokens), WORDS):
        yield "".join(tokens[start : start + WORDS])


async def events(answer: Callable[[], Answer]) -> AsyncGenerator[ServerSentEvent, None]:
    """The events of an answer that is yet to be made, in a thread, when the first is asked for."""
    try:
        made = await run_in_threadpool(answer)
    except AssistantError as error:
        yield ServerSentEvent(event="error", data=body_of(error))
        return
    except Exception as error:  # noqa: BLE001 (the status is sent: it must become an event)
        yield ServerSentEvent(event="error", data=body_of(unforeseen(error)))
        return
    for event in events_of(made):
        yield event


def events_of(answer: Answer) -> Iterator[ServerSentEvent]:
    """The events of an answer in hand."""
    for piece in pieces(answer.answer):
        yield ServerSentEvent(event="text", data={"text": piece})
    for citation in answer.citations:
        yield ServerSentEvent(event="citation", data=citation)
    yield ServerSentEvent(event="final", data=answer)
