"""What a model writes for itself is never shown, while it comes nor after."""

import re
from collections.abc import Iterator

import pytest

from assistant.ask import ask
from assistant.generate.thoughts import Spoken, spoken
from assistant.generate.write import WRITTEN, Writer
from assistant.index import Index
from assistant.types import Question
from tests.assistant.generate.model_server import ModelServer

THOUGHT = "Okay, the user asks. Passage [1] says so"
ANSWER = "La commune prête un local [1]. Elle aide [2]."
WRITTEN_AS = {
    "think": f"<think>\n{THOUGHT}\n</think>\n\n{ANSWER}",
    "thinking": f"<thinking>{THOUGHT}</thinking>{ANSWER}",
    "prefixed": f"<seed:think>{THOUGHT}</seed:think>{ANSWER}",
    "attributes": f"<reasoning effort='low'>{THOUGHT}</reasoning>{ANSWER}",
    "capitals": f"[THINK]{THOUGHT}[/THINK]{ANSWER}",
    "signs": f"◁think▷{THOUGHT}◁/think▷{ANSWER}",
    "harmony": f"<|channel|>analysis<|message|>{THOUGHT}<|end|>"
    f"<|start|>assistant<|channel|>final<|message|>{ANSWER}",
    "unopened": f"{THOUGHT.replace('[1]', 'one')}</think>{ANSWER}",
    "in the middle": f"La commune prête un local [1]. <think>{THOUGHT}</think>Elle aide [2].",
}


def streamed(text: str, size: int) -> Iterator[str]:
    """What is shown of a text that comes in pieces of a size."""
    shown = Spoken()
    return (shown.heard(text[at : at + size]) for at in range(0, len(text), size))


@pytest.mark.parametrize("size", [1, 4, 7, 1000])
@pytest.mark.parametrize("name", WRITTEN_AS)
def test_a_thought_is_never_shown(name: str, size: int) -> None:
    shown = list(streamed(WRITTEN_AS[name], size))
    assert "".join(shown).strip() == ANSWER == spoken(WRITTEN_AS[name]).strip()
    assert all(piece.count("[") == piece.count("]") for piece in shown)


def test_a_thought_without_an_end_shows_nothing() -> None:
    assert "".join(streamed(f"<think>{THOUGHT}. {ANSWER}", 5)) == ""


def test_signs_that_open_nothing_are_text() -> None:
    text = "Si a < b, la part [3] est > 2 % [1].\n"
    assert "".join(streamed(text, 3)) == spoken(text) == text


def test_who_listens_to_a_model_that_reasons_hears_its_answer(
    index: Index, served: ModelServer, writer: Writer
) -> None:
    heard: list[str] = []

    class Listens:
        def text(self, piece: str) -> None:
            heard.append(piece)

        def gone(self) -> bool:
            return False

    question = Question(text="Quels sont les huit leviers ?")
    items = ask(question, index).citations
    told = "\n".join(f"- {' '.join(one.quote.split())} [{one.number}]" for one in items)
    served.does = lambda h: h.reply(f"<think>{THOUGHT}</think>{told}")
    answer = ask(question, index, writer, Listens())
    assert answer.generator == WRITTEN and answer.checked is not None
    assert answer.checked.kept == len(items)
    assert "".join(heard) == told
    assert not re.search("think|user", answer.answer)
