"""A server that a test tells what to say, and a writer that asks it through the real client."""

from collections.abc import Iterator
from typing import Any

import pytest

from assistant.generate.write import Writer
from assistant.settings import Settings
from tests.assistant.generate.model_server import ModelServer, model_server

KEY = "sk-never-to-be-seen"


@pytest.fixture(scope="session")
def one_server() -> Iterator[ModelServer]:
    with model_server() as held:
        yield held


@pytest.fixture
def served(one_server: ModelServer) -> Iterator[ModelServer]:
    """The server, asked nothing yet."""
    one_server.reset()
    yield one_server
    one_server.closing.set()


def settings_for(url: str, **changed: Any) -> Settings:
    """Settings that name the server; a second is long on the loopback."""
    given: dict[str, Any] = {
        "model_name": "openai:stand-in", "model_url": url, "model_key": KEY,
        "model_first_token": 5.0, "model_next_token": 5.0, "rate_limit": "off",
    }  # fmt: skip
    return Settings(**given | changed)


@pytest.fixture
def writer(served: ModelServer) -> Writer:
    return Writer(settings_for(served.url))
