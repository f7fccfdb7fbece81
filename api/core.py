"""What the web needs of the core, in one frozen bundle that tests may fill with fakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi import Request

from api.recent import Recent
from assistant.settings import Settings
from assistant.types import Answer, Question
from ui import follow

if TYPE_CHECKING:  # at run time they bring the index libraries, which only a real core needs
    from assistant.generate.live import Listener
    from assistant.index import Index, Reader

    Ask = Callable[[Question, Index], Answer]
    AskLive = Callable[[Question, Index, Listener | None], Answer]


@dataclass(frozen=True)
class Core:
    """The reader of the published index, and the functions that answer from it.

    ``ask`` never calls a language model; ``live`` does, where the settings name one. ``tried`` is
    ``ask`` for questions that may be proposed. ``check`` raises EmbeddingError when the model
    cannot embed a question.
    """

    reader: Reader
    ask: Ask
    tried: Ask
    warm: Callable[[Index], None]
    check: Callable[[Index], None]
    live: AskLive | None = None
    recent: Recent = field(default_factory=Recent)

    def answer(self, question: Question, index: Index, listener: Listener | None = None) -> Answer:
        """The answer, worded by the model where there is one. Raises AssistantError."""
        if self.live is None:
            answer = self.ask(question, index)
        else:
            answer = self.live(question, index, listener)
        self.recent.hold(question, answer)
        return answer

    def suggestions(self, question: Question, index: Index) -> tuple[str, ...]:
        """What may be asked after a question, whose answer is made anew if it is not held."""
        held = self.recent.find(question, index.version)
        answer = self.ask(question, index) if held is None else held
        return follow.suggestions(question, answer, index, self.tried)

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for. Raises AssistantError."""
        self.warm(self.reader.current())


def assemble(settings: Settings, reader: Reader | None = None, ask: Ask | None = None) -> Core:
    """The core for these settings; a part that is given is not built."""
    if reader is None:
        from assistant.index import Reader as OpenReader

        reader = OpenReader(settings, _warm)
    if ask is not None:
        return Core(reader, ask, ask, warm=lambda index: None, check=lambda index: None)
    from assistant.ask import ask as answer
    from assistant.ask import tried

    if settings.model_name is None:
        return Core(reader, answer, tried, _warm, _check)
    return _with_model(settings, reader)


def _warm(index: Index) -> None:
    from assistant.ask import tried, warm

    warm(index)
    follow.warm(index, tried)


def _check(index: Index) -> None:
    index.embedder.check()


def _with_model(settings: Settings, reader: Reader) -> Core:
    """The core whose answers a language model words."""
    from assistant.ask import ask as answer
    from assistant.ask import tried
    from assistant.generate.write import Writer

    writer = Writer(settings)

    def live(question: Question, index: Index, listener: Listener | None) -> Answer:
        return answer(question, index, writer, listener)

    def warm_both(index: Index) -> None:
        _warm(index)
        writer.load()

    return Core(reader, answer, tried, warm_both, _check, live)


def core_of(request: Request) -> Core:
    """The core that the application was made with."""
    core: Core = request.app.state.core
    return core
