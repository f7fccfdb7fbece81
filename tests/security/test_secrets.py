"""Secrets come from the environment alone, and come out nowhere."""

import json
import logging

import pytest
from pydantic import SecretStr

from api.__main__ import main
from assistant.settings import Settings, load_settings
from tests.security.conftest import Besieged, canaries, secret_settings

PAGES = [
    "/",
    "/a-propos",
    "/integrer",
    "/docs",
    "/openapi.json",
    "/widget.js",
    "/equipe",
    "/metrics",
]
PAGES += ["/health", "/ready", "/api/sources", "/api/passages/x", "/rien", "/equipe/avis.csv"]
MARK = "canari-"


def test_the_settings_that_open_something_are_secrets() -> None:
    """What its name says opens something has the type that shows itself to nobody."""
    named = {
        name
        for name in Settings.model_fields
        if name.endswith(("password", "_key", "secret")) or name == "metrics_token"
    }
    assert named <= secret_settings()
    assert {"staff_password", "metrics_token", "chroma_token", "rate_storage"} <= secret_settings()


@pytest.mark.parametrize("broken", [False, True], ids=["sound", "broken"])
def test_no_secret_comes_out(
    besieged: Besieged, caplog: pytest.LogCaptureFixture, broken: bool
) -> None:
    if broken:
        besieged.reader.error = RuntimeError(repr(besieged.settings))
        besieged.core.error = RuntimeError(str(besieged.settings))
    told: list[str] = []
    with caplog.at_level(logging.DEBUG):
        for path in PAGES:
            for headers in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer y"}):
                reply = besieged.client.get(path, headers=headers)
                told += [reply.text, json.dumps(dict(reply.headers))]
        for body in ({"question": "Un PTCE ?"}, {}, {"answer_id": "a-1", "rating": "up"}):
            for path in ("/api/ask", "/api/ask/stream", "/api/feedback"):
                told.append(besieged.client.post(path, json=body).text)
    assert [text[:300] for text in told if MARK in text] == []
    assert MARK not in caplog.text
    assert all(MARK not in str(vars(record)) for record in caplog.records)


def test_no_secret_is_shown_with_the_settings() -> None:
    made = Settings.model_validate(canaries())
    typed = {name for name in secret_settings() if isinstance(getattr(made, name), SecretStr)}
    assert {name for name in typed if f"{MARK}{name}" in made.model_dump_json()} == set()
    for shown in (repr(made), str(made)):
        assert {name for name in secret_settings() if f"{MARK}{name}" in shown} == set()


@pytest.mark.parametrize("name", sorted(secret_settings()))
def test_a_refused_secret_is_named_and_not_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setenv(f"ASSISTANT_{name.upper()}", "canari-x")
    monkeypatch.setenv("ASSISTANT_PORT", "0")  # refused in any case: nothing is served
    assert main([]) == 2
    assert MARK not in "".join(capsys.readouterr())


def test_no_command_line_takes_a_secret() -> None:
    """The arguments of a process are read by all who share the machine."""
    with pytest.raises(SystemExit):
        main(["--help"])


def test_secrets_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in canaries().items():
        monkeypatch.setenv(f"ASSISTANT_{name.upper()}", value)
    made = load_settings()
    for name, value in canaries().items():
        given = getattr(made, name)
        assert (given.get_secret_value() if isinstance(given, SecretStr) else given) == value
