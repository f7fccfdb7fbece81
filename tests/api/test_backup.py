"""What ``docs/deploy/backup.sh`` saves, put in an empty folder, answers and holds its opinions."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.index import current
from assistant.settings import Settings
from ingest.__main__ import run
from tests.api.kept import opinions
from tests.api.test_api_errors import post_json
from tests.corpus_folder import LIBRARY, fill, settings_of

SCRIPT = Path(__file__).parents[2] / "docs" / "deploy" / "backup.sh"
ASKED = {"question": "Quand les lavoirs ont-ils été restaurés ?"}


def saved(data: Path, folder: Path) -> Path:
    """The archive that the script writes of a folder of data."""
    environment = os.environ | {"ASSISTANT_DATA_DIR": str(data), "PYTHON": sys.executable}
    done = subprocess.run(
        ["sh", SCRIPT, folder], env=environment, capture_output=True, text=True, check=True
    )
    (archive,) = folder.iterdir()
    assert done.stdout.strip() == str(archive)
    assert archive.stat().st_mode & 0o077 == 0
    return archive


@pytest.fixture(scope="module")
def ingested_once(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data folder with a version, and a document that was added by hand."""
    made = settings_of(tmp_path_factory.mktemp("saved"), "bundled")
    fill(made.corpus_dir, LIBRARY)
    run(made)
    (made.data_dir / "documents").mkdir(exist_ok=True)
    (made.data_dir / "documents" / "puits.txt").write_text("Le puits est profond.\n", "utf-8")
    return made.model_copy(update={"rate_limit": "off"})


@pytest.fixture
def made(ingested_once: Settings, tmp_path: Path) -> Settings:
    """The same for a test of its own, which may write in it."""
    data = shutil.copytree(ingested_once.data_dir, tmp_path / "data")
    return ingested_once.model_copy(update={"data_dir": data})


def test_what_is_saved_is_served_elsewhere(made: Settings, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    with TestClient(create_app(made)) as client:
        before = post_json(client, "/api/ask", ASKED).json()
        opinion = {"answer_id": before["id"], "rating": "down", "reason": "Trop court."}
        assert post_json(client, "/api/feedback", opinion).status_code == 204
        archive = saved(made.data_dir, tmp_path / "backups")  # while it serves
    restored = made.model_copy(update={"data_dir": tmp_path / "restored"})
    with tarfile.open(archive) as archived:
        archived.extractall(restored.data_dir, filter="data")
    assert [row["reason"] for row in opinions(restored.data_dir)] == ["Trop court."]
    added = Path("documents", "puits.txt")
    assert (restored.data_dir / added).read_bytes() == (made.data_dir / added).read_bytes()
    with TestClient(create_app(restored)) as client:
        after = post_json(client, "/api/ask", ASKED).json()
        assert client.get("/ready").json()["status"] == "ready"
    changing = {"id", "elapsed_ms"}
    assert {k: after[k] for k in after.keys() - changing} == {
        k: before[k] for k in before.keys() - changing
    }


def test_an_index_without_a_database_is_saved(made: Settings, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    with tarfile.open(saved(made.data_dir, tmp_path / "backups")) as archived:
        names = archived.getnames()
    assert "index/current" in names
    assert [name for name in names if "sqlite" in name and "chroma" not in name] == []


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(["sh", SCRIPT, tmp_path / "nowhere"], capture_output=True, text=True)
    assert done.returncode != 0
    assert "nowhere" in done.stderr


def test_a_damaged_index_is_not_saved_over_sound_ones(made: Settings, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    folder = current(made)
    assert folder is not None
    (folder / "words.txt").write_bytes(b"")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        saved(made.data_dir, tmp_path / "backups")
    assert "words.txt" in refused.value.stderr
    assert list((tmp_path / "backups").iterdir()) == []
