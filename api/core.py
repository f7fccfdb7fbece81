"""What the web needs of the core, in one frozen bundle that tests may fill with fakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

from assistant.settings import Settings
from assistant.types import Answer, Question

if TYPE_CHECKING:  # at run time they bring the index libraries, which only a real core needs
    from assistant.generate.live import Listener
    from assistant.index import Index, Reader

    Ask = Callable[[Question, Index], Answer]
    AskLive = Callable[[Question, Index, Listener | None], Answer]


@dataclass(frozen=True)
class Core:
    """The reader of the published index, and the functions that answer from it.

    ``ask`` never calls a language model; ``live`` does, where the settings name one. ``check``
    raises EmbeddingError when the model cannot embed a question.
    """

    reader: Reader
    ask: Ask
    warm: Callable[[Index], None]
    check: Callable[[Index], None]
    live: AskLive | None = None

    def answer(self, question: Question, index: Index, listener: Listener | None = None) -> Answer:
        """The answer, worded by the model where there is one. Raises AssistantError."""
        if self.live is None:
            return self.ask(question, index)
        return self.live(question, index, listener)

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for. Raises AssistantError."""
        self.warm(self.reader.current())


def assemble(settings: Settings, reader: Reader | None = None, ask: Ask | None = None) -> Core:
    """The core for these settings; a part that is given is not built."""
    if reader is None:
        from assistant.ask import warm as prepare
        from assistant.index import Reader as OpenReader

        reader = OpenReader(settings, prepare)
    if ask is not None:
        return Core(reader, ask, warm=lambda index: None, check=lambda index: None)
    from assistant.ask import ask as answer
    from assistant.ask import warm

    if settings.model_name is None:
        return Core(reader, answer, warm, _check)
    return _with_model(settings, reader)


def _check(index: Index) -> None:
    index.embedder.check()


def _with_model(settings: Settings, reader: Reader) -> Core:
    """The core whose answers a language model words."""
    from assistant.ask import ask as answer
    from assistant.ask import warm
    from assistant.generate.write import Writer

    writer = Writer(settings)

    def live(question: Question, index: Index, listener: Listener | None) -> Answer:
        return answer(question, index, writer, listener)

    def warm_both(index: Index) -> None:
        warm(index)
        writer.load()

    return Core(reader, answer, warm_both, _check, live)


def core_of(request: Request) -> Core:
    """The core that the application was made with."""
    core: Core = request.app.state.core
    return core
