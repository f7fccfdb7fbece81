"""The chat page at ``/``: Gradio carries the question in and the answer out as it is made.

Our own document frames it, so that the page can be read before Gradio has loaded, asks nothing of
a third party and holds no script of its own. The browser keeps the conversation and sends what an
answer needs of it: the server remembers nobody, two people cannot meet, a restart loses nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from assistant.errors import AssistantError, InvalidQuestion
from assistant.request import parse
from assistant.types import Answer, Question
from ui import exchange
from ui.exchange import Asked
from ui.follow import suggestions
from ui.messages import CHAT
from ui.starts import chosen

if TYPE_CHECKING:  # at run time gradio takes seconds to import, and the index libraries too
    from collections.abc import Callable

    import gradio as gr

    from assistant.generate.live import Listener
    from assistant.index import Index, Reader

    Ask = Callable[[Question, Index], Answer]
    AskLive = Callable[[Question, Index, Listener | None], Answer]

log = logging.getLogger("ui")
CONCURRENT = 40  # threads that answer at once, as many as the framework has for plain routes


@dataclass(frozen=True)
class Asks:
    """The functions that answer: what a person asks, and what is only tried on their behalf.

    ``live`` answers a person where a language model writes.
    """

    asked: Ask
    tried: Ask
    live: AskLive | None = None


class Chat:
    """Answers the page: a question and what the browser carries in, the exchange out."""

    def __init__(self, reader: Reader, asks: Asks) -> None:
        self._reader = reader
        self._asks = asks

    def reply(self, text: object, carried: object) -> Iterator[Markup]:
        """The exchange as it grows; nothing first, so that two equal failures are two changes."""
        yield Markup()
        given = _decoded(carried)
        asked = Asked(str(text or "").strip(), turn=str(given.pop("turn", "")))
        try:
            question = parse({**given, "question": text})
            asked = replace(asked, lens=chosen(question))
            yield from self._answered(asked, question)
        except InvalidQuestion as error:
            yield exchange.failed(asked, error.message)
        except AssistantError as error:
            log.warning("%s: %s", error.code, error.message)
            yield exchange.failed(asked, CHAT["unavailable"])
        except Exception as error:
            log.error("unforeseen error", exc_info=error)
            yield exchange.failed(asked, CHAT["failed"])

    def _answered(self, asked: Asked, question: Question) -> Iterator[Markup]:
        index = self._reader.current()
        if self._asks.live is None:
            answer = self._asks.asked(question, index)
            yield from exchange.growing(asked, answer)
        else:
            answer = yield from self._written(asked, question, index, self._asks.live)
        offered = suggestions(question, answer, index, self._asks.tried)
        yield exchange.whole(asked, answer, index, offered)

    def _written(
        self, asked: Asked, question: Question, index: Index, live: AskLive
    ) -> Generator[Markup, None, Answer]:
        """The words of a model as they come, marked as unchecked; the checked answer after."""
        from assistant.generate.live import heard

        text = ""
        for item in heard(lambda listener: live(question, index, listener)):
            if not isinstance(item, str):
                return item
            text += item
            if item.endswith((" ", "\n", "]", ".")):
                yield exchange.provisional(asked, text)
        raise RuntimeError("no answer")  # heard ends with one, or raises


def build(chat: Chat, in_flight: int) -> gr.Blocks:
    """The Gradio part of the page: the reply, the box, the button.

    ``in_flight`` caps the questions that wait; beyond it Gradio answers 503.
    """
    import gradio as gr

    made: gr.Blocks = gr.Blocks(title=CHAT["title"], analytics_enabled=False, fill_width=True)
    with made:
        reply = gr.HTML(elem_id="reply", js_on_load=None, apply_default_css=False)
        box = gr.Textbox(
            label=CHAT["question"],
            info=CHAT["hint"],
            lines=1,
            max_lines=8,
            elem_id="question",
        )
        send = gr.Button(CHAT["send"], variant="primary", elem_id="send")
        # Hidden, but in the page: the script keeps in it what the API takes beside a question.
        carried = gr.Textbox(
            "{}", label=CHAT["carried"], visible="hidden", elem_id="carried", lines=2
        )
        gr.on(
            [send.click, box.submit],
            chat.reply,
            inputs=[box, carried],
            outputs=[reply],
            show_progress="hidden",
            trigger_mode="multiple",  # the script lets one out at a time, and may give one up
            api_visibility="private",
        )
    made.queue(max_size=in_flight, api_open=False, default_concurrency_limit=CONCURRENT)
    return made


def _decoded(carried: object) -> dict[str, Any]:
    """What the browser carries beside the question; ``parse`` judges what is in it."""
    try:
        value = json.loads(str(carried or "{}"))
    except (ValueError, RecursionError):
        value = None
    return value if isinstance(value, dict) else {"history": value}
