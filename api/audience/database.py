"""From the setting of the database to an engine whose tables are those of the last migration."""

import os
import threading
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url

from assistant.settings import SQLITE

FILE = "feedback.sqlite"
PATIENCE = 3.0  # seconds that a program waits for another that writes
MIGRATION = 7_032_013  # of any value: the servers that start together agree on it
_MIGRATING = threading.Lock()  # Alembic keeps what it is doing in global variables


def engine_of(folder: Path, url: str) -> Engine:
    """The engine of a database; nothing is opened yet.

    Raises SQLAlchemyError for a URL that is none, ImportError where its driver is not installed.
    """
    where = URL.create("sqlite", database=str(folder / FILE)) if url == SQLITE else make_url(url)
    if where.get_backend_name() != "sqlite":
        server = {"connect_timeout": int(PATIENCE)} if _postgresql(where) else {}
        return create_engine(where, hide_parameters=True, pool_pre_ping=True, connect_args=server)
    # a file is opened anew each time: it may have been moved, or put back, in between
    engine = create_engine(
        where, hide_parameters=True, poolclass=NullPool, connect_args={"timeout": PATIENCE}
    )
    event.listen(engine, "do_connect", _make_private)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _lock)
    return engine


def migrate(engine: Engine) -> None:
    """Bring the tables to the last migration, in one transaction.

    Raises SQLAlchemyError, OSError, or CommandError when a newer program migrated them further.
    """
    config = Config()
    config.set_main_option("script_location", "api.audience:migrations")
    with _MIGRATING, engine.begin() as connection:
        if _postgresql(engine.url):  # SQLite's transactions wait for one another as it is
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _postgresql(where: URL) -> bool:
    return where.get_backend_name() == "postgresql"


def _make_private(dialect: object, record: object, where: list[Any], options: object) -> None:
    """A new file is readable by its owner only, and so are those that SQLite puts beside it."""
    file = Path(where[0])
    if file.is_absolute():  # else a URI of SQLite's own, or memory
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare(connection: Any, record: object) -> None:
    # left to itself, the driver would commit before each change of a table
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")  # what is dropped is overwritten


def _lock(connection: Connection) -> None:
    """Programs wait for one another from the start; one that reads first would be turned away."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
