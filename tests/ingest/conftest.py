"""A corpus of three documents, and nothing ingested yet."""

from pathlib import Path

import pytest

from assistant.settings import Settings
from tests.corpus_folder import LIBRARY, fill, settings_of


@pytest.fixture
def made(tmp_path: Path, tiny_model: str) -> Settings:
    """Settings of an empty data folder, beside a corpus of three documents."""
    made = settings_of(tmp_path, tiny_model)
    fill(made.corpus_dir, LIBRARY)
    return made
