"""``--check-model`` tells, in French, what works and what does not."""

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.ask import ask
from assistant.generate.trouble import REASONS
from assistant.index import Index
from assistant.messages import MODEL_REASONS
from assistant.settings import Settings
from assistant.types import Question
from tests.assistant.generate.conftest import KEY
from tests.assistant.generate.model_server import Handler, ModelServer

GOOD = "La commune de Valbrune prête un local de 40 m² [1]."
ENGLISH = "The commune of Valbrune lends a premises of 40 m² [1]."


def polyglot(handler: Handler) -> None:
    """A model that follows the rules in both languages."""
    french = "Tu rédiges" in handler.server.model.asked[-1]["messages"][0]["content"]
    handler.reply(GOOD if french else ENGLISH)


@pytest.fixture
def named(served: ModelServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModelServer:
    """A model of the settings, where nothing was ingested."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ASSISTANT_MODEL_NAME", "openai:stand-in")
    monkeypatch.setenv("ASSISTANT_MODEL_URL", served.url)
    monkeypatch.setenv("ASSISTANT_MODEL_KEY", KEY)
    return served


def test_a_model_that_follows_the_rules(
    named: ModelServer, capsys: pytest.CaptureFixture[str]
) -> None:
    named.does = polyglot
    assert main(["--check-model"]) == 0
    told = capsys.readouterr().out
    assert told.count("[oui]") == 16 and "[NON]" not in told
    assert "peut servir" in told and KEY not in told
    assert told.count("aucun index") == 2


def test_it_is_given_the_real_prompt_of_the_published_index(
    named: ModelServer,
    index: Index,
    ingested: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(ingested.data_dir))

    def tells_all(handler: Handler) -> None:
        passages = named.data["passages"]
        handler.reply("\n\n".join(f"« {p['text']} » [{p['number']}]" for p in passages))

    named.does = tells_all
    assert main(["--check-model"]) == 1  # French quotations are no English answer
    told = capsys.readouterr().out
    french, english = named.asked
    given = json.loads(french["messages"][1]["content"])
    plain = ask(Question(text=given["question"]), index)
    assert [p["text"] for p in given["passages"]] == [c.quote for c in plain.citations]
    assert json.loads(english["messages"][1]["content"])["passages"]
    assert f"{len(plain.citations)} passages des documents" in told
    assert "[oui] En français : sa réponse serait montrée" in told


@pytest.mark.parametrize(
    ("does", "said"),
    [
        (lambda h: h.status(401, f'{{"error": {{"message": "{KEY}"}}}}'), "clé est refusée"),
        (lambda h: h.status(404), "nom du modèle"),
        (lambda h: h.reply("La commune de Valbrune prête un local."), "0 phrases sur 1 portent"),
        (lambda h: h.reply("Valbrune prête un château [1]."), "0 phrases sur 1 passent"),
        (lambda h: h.reply(ENGLISH), "pas dans la langue"),
        (lambda h: h.connection.shutdown(socket.SHUT_RDWR), "aucune connexion"),
        (lambda h: h.reply(GOOD, size=500), "1 morceaux"),
        (lambda h: h.reply(GOOD, end="length"), "ASSISTANT_MODEL_TOKENS (800)"),
        (lambda h: h.reply(f"<think>{GOOD * 3}", end="length"), "ASSISTANT_MODEL_TOKENS (800)"),
        (lambda h: h.reply(f"Voyons.</think>{GOOD}"), "--reasoning-parser"),
        (lambda h: h.reply(GOOD, end="content_filter"), "filtre de contenu"),
    ],
)
def test_what_does_not_work_is_told(
    does: Callable[[Handler], object],
    said: str,
    named: ModelServer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    named.does = does
    assert main(["--check-model"]) == 1
    told = capsys.readouterr().out
    assert any(said in line for line in told.splitlines() if line.startswith("[NON]"))
    assert KEY not in told


def test_a_reply_is_read_as_answers_are(
    named: ModelServer, capsys: pytest.CaptureFixture[str]
) -> None:
    # The end of a cut reply is no sentence, and what it quotes is of the documents' language.
    quoted = "« La commune de Valbrune prête un local de 40 m². » [1] Le local est pr"
    named.does = lambda h: h.reply(quoted, end="length")
    assert main(["--check-model"]) == 1
    told = capsys.readouterr().out
    assert told.count("1 phrases sur 1 portent") == 2
    assert "[oui] En anglais : il écrit dans la langue" in told


def test_without_a_model_or_its_library(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check-model"]) == 1
    assert "ASSISTANT_MODEL_NAME" in capsys.readouterr().out
    monkeypatch.setenv("ASSISTANT_MODEL_NAME", "nowhere:model")
    assert main(["--check-model"]) == 1
    assert "[NON]" in capsys.readouterr().out


def test_every_reason_has_its_words() -> None:
    assert set(MODEL_REASONS) == set(REASONS)
