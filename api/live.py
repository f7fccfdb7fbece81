"""From an answer that a language model words to its server-sent events.

``text`` events are what the model writes, as it comes, unchecked; ``final`` holds the checked
answer, which replaces them. The end of the request stops the model.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import ExitStack

from fastapi.sse import ServerSentEvent

from api.errors import body_of, unforeseen
from api.stream import events_of
from assistant.errors import AssistantError
from assistant.generate.live import Answering, Heard, Live
from assistant.types import Answer


async def live_events(
    answering: Answering, ending: ExitStack
) -> AsyncGenerator[ServerSentEvent, None]:
    """The events of an answer as it is made, in a thread of its own; ``ending`` gives it up."""
    queue: asyncio.Queue[Heard] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def put(heard: Heard) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, heard)

    ending.callback(Live(answering, put).leave)
    told = False
    while isinstance(heard := await queue.get(), str):
        told = True
        yield ServerSentEvent(event="text", data={"text": heard})
    for event in _last(heard, told=told):
        yield event


def _last(heard: Answer | Exception, *, told: bool) -> list[ServerSentEvent]:
    """What ends a stream; the text of the answer too where nothing was ``told`` before."""
    if isinstance(heard, AssistantError):
        return [ServerSentEvent(event="error", data=body_of(heard))]
    if isinstance(heard, Exception):
        return [ServerSentEvent(event="error", data=body_of(unforeseen(heard)))]
    return [event for event in events_of(heard) if not (told and event.event == "text")]
