"""What the web needs of the core, in one frozen bundle that tests may fill with fakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

from assistant.settings import Settings
from assistant.types import Answer, Question

if TYPE_CHECKING:  # at run time they bring the index libraries, which only a real core needs
    from assistant.index import Index, Reader

    Ask = Callable[[Question, Index], Answer]


@dataclass(frozen=True)
class Core:
    """The reader of the published index, and the function that answers from it."""

    reader: Reader
    ask: Ask
    warm: Callable[[Index], None]

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for. Raises AssistantError."""
        self.warm(self.reader.current())


def assemble(settings: Settings, reader: Reader | None = None, ask: Ask | None = None) -> Core:
    """The core for these settings; a part that is given is not built."""
    if reader is None:
        from assistant.index import Reader as OpenReader

        reader = OpenReader(settings)
    if ask is not None:
        return Core(reader, ask, warm=lambda index: None)
    from assistant.ask import ask as answer
    from assistant.ask import warm

    return Core(reader, answer, warm)


def core_of(request: Request) -> Core:
    """The core that the application was made with."""
    core: Core = request.app.state.core
    return core
