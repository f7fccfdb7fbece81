"""An application over a fake core, and a client that talks to it.

It takes a good part of a second to be made: one serves the whole folder, its core as new for each
test. A test that looks at what is kept in its own folder asks for ``app``.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.kept import DATABASE


class Served(NamedTuple):
    """What all tests of the folder share."""

    client: TestClient
    reader: FakeReader
    core: FakeAsk
    folder: Path


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("api")
    reader, core = FakeReader(make_index()), FakeAsk()
    app = create_app(Settings(data_dir=folder, rate_limit="off"), reader, core)
    with TestClient(app) as opened:
        app.state.audience.give("a-1")  # the answer of the fake core
        app.state.audience.purge()  # opens the database, which the server does beside its start
        yield Served(opened, reader, core, folder)


@pytest.fixture
def reader(served: Served) -> FakeReader:
    vars(served.reader).update(vars(FakeReader(make_index())))
    return served.reader


@pytest.fixture
def core(served: Served) -> FakeAsk:
    vars(served.core).update(vars(FakeAsk()))
    return served.core


@pytest.fixture
def client(served: Served, reader: FakeReader, core: FakeAsk) -> TestClient:
    return served.client


@pytest.fixture
def kept(served: Served) -> Path:
    """The folder of the application that serves, which holds no opinion yet."""
    with closing(sqlite3.connect(served.folder / DATABASE)) as connection, connection:
        connection.execute("DELETE FROM opinion")
    return served.folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", rate_limit="off")


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """An application of a test's own."""
    made = create_app(settings, FakeReader(make_index()), FakeAsk())
    made.state.audience.give("a-1")
    return made
