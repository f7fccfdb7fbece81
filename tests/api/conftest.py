"""An application over a fake core, and a client that talks to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", rate_limit="off")


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader(make_index())


@pytest.fixture
def core() -> FakeAsk:
    return FakeAsk()


@pytest.fixture
def app(settings: Settings, reader: FakeReader, core: FakeAsk) -> FastAPI:
    return create_app(settings, reader, core)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as opened:
        yield opened
