"""The database of opinions: migrated on start, shared by threads, never the end of the server.

Whatever keeps it from being written gives one error; once that is over, the next opinion is kept.
"""

import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.audience import Audience, database, table
from api.errors import HttpError
from api.wire import Feedback
from assistant.settings import SQLITE, Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.kept import DATABASE, audience, opinions
from tests.api.test_api_errors import assert_error, post_json

GOOD = {"answer_id": "a-1", "rating": "up", "reason": None}
NOW = datetime(2026, 8, 2, tzinfo=UTC)
NOBODY = 65_534
Accident = Callable[[Path], AbstractContextManager[None]]

# The database as the first version made it: it must be read for ever.
FIRST = """
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES ('0001');
CREATE TABLE opinion (
    id INTEGER NOT NULL,
    date DATETIME NOT NULL,
    answer_id VARCHAR(100) NOT NULL,
    rating VARCHAR(4) NOT NULL,
    reason VARCHAR(1000),
    PRIMARY KEY (id)
);
CREATE INDEX ix_opinion_date ON opinion (date);
INSERT INTO opinion VALUES (7, '2026-08-01 09:00:00.000000', 'first', 'down', 'Trop long.');
"""


def opinion(answer_id: str, reason: str | None = None) -> Feedback:
    return Feedback(answer_id=answer_id, rating="up", reason=reason)


def refused(kept: Audience) -> None:
    """An opinion is refused by the error that says to try again."""
    with pytest.raises(HttpError) as caught:
        kept.add(opinion("refused"), NOW)
    assert caught.value.code == "feedback_unavailable"
    assert (caught.value.status, caught.value.retryable) == (503, True)


# ---------------------------------------------------------------- migrations


def write_first(folder: Path) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.executescript(FIRST)


@pytest.mark.parametrize("before", ["nothing", "empty", "first"])
def test_the_last_migration_makes_the_tables_of_the_program(tmp_path: Path, before: str) -> None:
    if before == "empty":
        (tmp_path / DATABASE).touch()
    elif before == "first":
        write_first(tmp_path)
    audience(tmp_path).purge(NOW)
    with database.engine_of(tmp_path, SQLITE).connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), table.Base.metadata)
    assert found == []


def test_a_database_of_the_first_version_keeps_what_it_holds(tmp_path: Path) -> None:
    write_first(tmp_path)
    audience(tmp_path).add(opinion("new"), NOW)
    assert [(row["answer_id"], row["reason"]) for row in opinions(tmp_path)] == [
        ("first", "Trop long."),
        ("new", None),
    ]


def test_migrations_are_numbered_and_named() -> None:
    folder = Path(database.__file__).parent / "migrations" / "versions"
    names = sorted(file.name for file in folder.glob("[0-9]*.py"))
    assert [name[:5] for name in names] == [f"{i:04}_" for i in range(1, len(names) + 1)]


def test_a_database_of_a_newer_program_is_left_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_first(tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        connection.executescript("UPDATE alembic_version SET version_num = '9999'")
    refused(audience(tmp_path))
    assert "9999" in caplog.text
    assert [row["answer_id"] for row in opinions(tmp_path)] == ["first"]


def test_the_tables_are_made_when_the_server_starts(app: FastAPI, tmp_path: Path) -> None:
    with TestClient(app) as client:
        while not (tmp_path / "data" / DATABASE).exists():
            assert client.get("/health").status_code == 200
        assert post_json(client, "/api/feedback", GOOD).status_code == 204


def test_a_url_names_another_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'elsewhere' / DATABASE}"
    app = create_app(
        Settings(data_dir=tmp_path / "data", database_url=url, rate_limit="off"),
        FakeReader(make_index()),
        FakeAsk(),
    )
    app.state.audience.give("a-1")
    with TestClient(app) as client:
        assert post_json(client, "/api/feedback", GOOD).status_code == 204
    assert [row["answer_id"] for row in opinions(tmp_path / "elsewhere")] == ["a-1"]
    assert not (tmp_path / "data" / DATABASE).exists()


# ---------------------------------------------------------------- many writers


def test_threads_write_at_once(tmp_path: Path) -> None:
    kept, together = audience(tmp_path), threading.Barrier(12)

    def write(thread: int) -> None:
        together.wait()
        for i in range(5):
            kept.add(opinion(f"{thread}-{i}"), NOW)

    threads = [threading.Thread(target=write, args=(i,)) for i in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = [row["answer_id"] for row in opinions(tmp_path)]
    assert sorted(names) == sorted(f"{thread}-{i}" for thread in range(12) for i in range(5))


PROGRAM = """
import sys
from pathlib import Path
from tests.api.kept import audience
from api.wire import Feedback
kept = audience(Path(sys.argv[1]))
sys.stdin.read()
for i in range(20):
    kept.add(Feedback(answer_id=f"{sys.argv[2]}-{i}", rating="up"))
"""


def test_programs_make_the_tables_and_write_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    programs = [subprocess.Popen([*command, name], stdin=subprocess.PIPE) for name in "ab"]
    for program in programs:
        program.communicate()
    assert [program.returncode for program in programs] == [0, 0]
    names = [row["answer_id"] for row in opinions(tmp_path)]
    assert sorted(names) == sorted(f"{name}-{i}" for name in "ab" for i in range(20))


# ---------------------------------------------------------------- what cannot be written


@pytest.fixture
def kept(tmp_path: Path) -> Audience:
    """A database that holds one opinion."""
    kept = audience(tmp_path)
    kept.add(opinion("before"), NOW)
    return kept


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another program writes, and goes on and on."""
    with closing(sqlite3.connect(folder / DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """No file may grow, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def replaced(folder: Path) -> Iterator[None]:
    """Something else stands where the database was."""
    file, aside = folder / DATABASE, folder / "aside"
    file.rename(aside)
    file.mkdir()
    yield
    file.rmdir()
    aside.rename(file)


@contextmanager
def damaged(folder: Path) -> Iterator[None]:
    """The file is no database."""
    file = folder / DATABASE
    sound = file.read_bytes()
    file.write_bytes(b"Ce n'est pas une base." * 500)
    yield
    file.write_bytes(sound)


@pytest.mark.parametrize("accident", [locked, full, replaced, damaged])
def test_an_accident_is_an_error_that_passes(
    tmp_path: Path, accident: Accident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    kept = audience(tmp_path)
    kept.add(opinion("before"), NOW)
    with accident(tmp_path):
        refused(kept)
        refused(audience(tmp_path))
    kept.add(opinion("after"), NOW)
    assert [row["answer_id"] for row in opinions(tmp_path)] == ["before", "after"]


def test_a_read_only_folder_is_an_error_that_passes() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        kept = audience(folder)
        kept.add(opinion("before"), NOW)
        with read_only(folder):
            refused(kept)
            refused(audience(folder))
        kept.add(opinion("after"), NOW)
        assert [row["answer_id"] for row in opinions(folder)] == ["before", "after"]


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder that this user may read and not write; root may write anywhere, and steps down."""
    root = os.geteuid() == 0
    if root:
        for file in (folder, *folder.iterdir()):
            os.chown(file, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    folder.chmod(0o500)
    try:
        yield
    finally:
        folder.chmod(0o700)
        if root:
            os.seteuid(0)


def test_a_read_only_database_is_an_error(kept: Audience, tmp_path: Path) -> None:
    refused(audience(tmp_path, f"sqlite:///file:{tmp_path / DATABASE}?mode=ro&uri=true"))
    kept.add(opinion("after"), NOW)
    assert [row["answer_id"] for row in opinions(tmp_path)] == ["before", "after"]


def test_a_database_removed_is_made_again_and_costs_no_opinion(
    kept: Audience, tmp_path: Path
) -> None:
    for file in tmp_path.glob(f"{DATABASE}*"):
        file.unlink()
    kept.add(opinion("after"), NOW)
    assert [row["answer_id"] for row in opinions(tmp_path)] == ["after"]


@pytest.mark.parametrize("url", ["nosuchdatabase://x/y", "sqlite+nosuchdriver:///x", "http://["])
def test_a_url_of_nothing_known_is_an_error(
    tmp_path: Path, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    refused(audience(tmp_path, url))
    assert "La base des avis ne peut pas être écrite" in caplog.text


def test_a_folder_that_cannot_be_made(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    made = create_app(settings, FakeReader(make_index()), FakeAsk())
    made.state.audience.give("a-1")
    with TestClient(made) as client:
        response = post_json(client, "/api/feedback", GOOD)
        assert_error(response, 503, "feedback_unavailable")
        assert client.get("/ready").status_code == 200
        (tmp_path / "data").unlink()
        assert post_json(client, "/api/feedback", GOOD).status_code == 204
