"""What a folder of data keeps of opinions, read without the program that writes them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from api.audience import Audience
from assistant.settings import SQLITE, Settings

DATABASE = "feedback.sqlite"


def audience(folder: Path, url: str = SQLITE, **changes: Any) -> Audience:
    """The audience of a folder of data, or of another database."""
    return Audience(Settings(data_dir=folder, database_url=url, **changes))


def opinions(folder: Path) -> list[dict[str, Any]]:
    """The rows of the table of opinions, oldest first, without their numbers."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute("SELECT * FROM opinion ORDER BY id")]
    for row in rows:
        del row["id"]
    return rows
