"""``--check-model`` tells, in French, what works and what does not."""

from collections.abc import Callable

import pytest

from assistant.__main__ import main
from assistant.generate.trouble import REASONS
from assistant.messages import MODEL_REASONS
from tests.assistant.generate.conftest import KEY
from tests.assistant.generate.model_server import Handler, ModelServer

GOOD = "La commune de Valbrune prête un local de 40 m² [1]."
ENGLISH = "The commune of Valbrune lends a premises of 40 m² [1]."


def polyglot(handler: Handler) -> None:
    """A model that follows the rules in both languages."""
    french = "Tu rédiges" in handler.server.model.asked[-1]["messages"][0]["content"]
    handler.reply(GOOD if french else ENGLISH)


@pytest.fixture
def named(served: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
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
    assert told.count("[oui]") == 12 and "[NON]" not in told
    assert "peut servir" in told and KEY not in told


@pytest.mark.parametrize(
    ("does", "said"),
    [
        (lambda h: h.status(401, f'{{"error": {{"message": "{KEY}"}}}}'), "clé est refusée"),
        (lambda h: h.status(404), "nom du modèle"),
        (lambda h: h.reply("Bonjour."), "0 phrases sur 1 portent"),
        (lambda h: h.reply("Valbrune prête un château [1]."), "0 phrases sur 1 passent"),
        (lambda h: h.reply(ENGLISH), "pas dans la langue"),
        (lambda h: h.reply(GOOD, size=500), "1 morceaux"),
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
