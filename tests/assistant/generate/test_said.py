"""A person is told who worded an answer: in the terminal, and in what is copied from the page."""

import os
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from assistant.__main__ import main, readable
from assistant.ask import ask
from assistant.generate.write import Writer
from assistant.index import Index
from assistant.messages import ANSWERS
from assistant.settings import Settings
from assistant.types import Language, Question
from tests.assistant.generate.model_server import ModelServer
from ui import exchange
from ui.exchange import Asked

ASKED: dict[Language, tuple[str, str]] = {
    "fr": (
        "Comment une commune peut-elle soutenir un PTCE ?",
        "Les communes sont des partenaires de proximité [1]. Elles peuvent aider à "
        "l'investissement [5]. Elles peuvent aider au repérage [3]. Elles peuvent faciliter "
        "l'accès au foncier [7].",
    ),
    "en": (
        "How can a municipality support a PTCE?",
        "Municipalities are local partners [1]. They can help with operation [4]. They can "
        "facilitate access to land [7]. They can bring advice and engineering [6].",
    ),
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_terminal_says_who_worded(
    language: Language,
    ingested: Settings,
    served: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    question, reply = ASKED[language]
    served.does = lambda h: h.reply(reply)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(ingested.data_dir))
    monkeypatch.setenv("ASSISTANT_MODEL_NAME", "openai:stand-in")
    monkeypatch.setenv("ASSISTANT_MODEL_URL", served.url)
    assert main([question]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith(ANSWERS[language]["written"])


@pytest.mark.parametrize(
    ("language", "kept"), [("fr", "4 phrases ont été gardées"), ("en", "4 sentences were kept")]
)
def test_the_text_itself_says_who_worded_and_that_the_check_can_be_wrong(
    language: Language, kept: str, index: Index, served: ModelServer, writer: Writer
) -> None:
    question, reply = ASKED[language]
    served.does = lambda h: h.reply(reply)
    answer = ask(Question(text=question), index, writer)
    assert answer.checked is not None and answer.checked.kept == 4
    said = ANSWERS[language]["checked"].format(what=kept)
    assert answer.answer.count(said) == 1
    page = unescape(exchange.whole(Asked(question), answer, index))
    assert (
        readable(answer)
        .replace("\n", " ")
        .count("peut se tromper" if language == "fr" else "can be wrong")
        == 1
    )
    assert ANSWERS[language]["written"] not in answer.answer and said in page


def test_a_fallback_in_the_terminal_shows_no_log(ingested: Settings) -> None:
    settings = {
        "ASSISTANT_DATA_DIR": str(ingested.data_dir),
        "ASSISTANT_MODEL_NAME": "nowhere:model",
    }
    done = subprocess.run(
        [sys.executable, "-m", "assistant", ASKED["fr"][0]],
        cwd=Path(__file__).parents[3], env=os.environ | settings, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert ANSWERS["fr"]["fallback"] in " ".join(done.stdout.split())
    assert done.stderr == ""


def test_what_is_copied_says_who_worded(index: Index, served: ModelServer, writer: Writer) -> None:
    question, reply = ASKED["fr"]
    served.does = lambda h: h.reply(reply)
    asked, said = Asked(question), ANSWERS["fr"]["written"]
    worded = exchange.whole(asked, ask(Question(text=question), index, writer), index)
    quoted = exchange.whole(asked, ask(Question(text=question), index), index)
    assert unescape(worded.split('data-copy="')[1].split('"')[0]).count(said) == 1
    assert said not in quoted
