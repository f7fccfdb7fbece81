"""The environment of every test, and an index of the real corpus made once for the session."""

import os
from pathlib import Path

# Before numpy, torch and the tokenizers are loaded, which read these once.
os.environ.update(
    OMP_NUM_THREADS="1",
    OPENBLAS_NUM_THREADS="1",
    TOKENIZERS_PARALLELISM="false",
    HF_HUB_OFFLINE="1",
    ANONYMIZED_TELEMETRY="False",
    GRADIO_ANALYTICS_ENABLED="False",
    LANGSMITH_TRACING="false",
    RAGAS_DO_NOT_TRACK="true",
)
for name in [name for name in os.environ if name.startswith(("ASSISTANT_", "EVALS_"))]:
    del os.environ[name]

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

from assistant.index import Index, Reader
from assistant.settings import Settings

ROOT = Path(__file__).parent.parent

# A time limit for one example says nothing on a busy machine.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose data folder holds the real corpus, ingested; not to be written to.

    Processes that test side by side share it: the second finds that nothing changed.
    """
    from ingest.__main__ import run

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "ingested"
    made = Settings(data_dir=folder, corpus_dir=ROOT / "corpus", rate_limit="off")
    with FileLock(f"{folder}.lock"):
        _, refused = run(made)
    assert refused == ()
    return made


@pytest.fixture(scope="session")
def index(ingested: Settings) -> Index:
    """The index of the real corpus."""
    return Reader(ingested).current()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a real model that loads at once: where the bundled one is not the point."""
    from tests.tiny_model import transformer

    return transformer(tmp_path_factory.mktemp("tiny"), limit=256)
