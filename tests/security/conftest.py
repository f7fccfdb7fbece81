"""One application for all the attacks, with a secret in each setting that may hold one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index

CANARY = "canari-{}-6b1f0c"


@dataclass
class Besieged:
    """An application under attack, its core and its reader, which an attack may change."""

    app: FastAPI
    client: TestClient
    core: FakeAsk
    reader: FakeReader
    settings: Settings

    def renew(self) -> None:
        """A core and a reader as new."""
        vars(self.core).update(vars(FakeAsk()))
        vars(self.reader).update(vars(FakeReader(make_index())))


def canaries() -> dict[str, str]:
    """What each setting that may hold a secret is set to, by name."""
    made = {name: CANARY.format(name) for name in secret_settings()}
    made["rate_storage"] = f"redis://:{CANARY.format('rate_storage')}@127.0.0.1:1/0"
    # a database that is away: its errors name it
    made["database_url"] = (
        f"postgresql+psycopg://ptce:{CANARY.format('database_url')}@127.0.0.1:1/x"
    )
    return made


def secret_settings() -> set[str]:
    """The settings that are secrets by their type, and the URL of the database."""
    fields = Settings.model_fields.items()
    return {name for name, field in fields if "Secret" in str(field.annotation)} | {"database_url"}


@pytest.fixture(scope="module")
def besieged_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Besieged]:
    """The application, made once for a module."""
    folder: Path = tmp_path_factory.mktemp("besieged")
    settings = Settings.model_validate({"data_dir": folder, "rate_limit": "off", **canaries()})
    core, reader = FakeAsk(), FakeReader(make_index())
    app = create_app(settings, reader, core)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Besieged(app, client, core, reader, settings)


@pytest.fixture
def besieged(besieged_once: Besieged) -> Besieged:
    """The application with its core as new."""
    besieged_once.renew()
    return besieged_once
