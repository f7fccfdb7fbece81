"""After any sequence of ingests, the index holds what a plain dictionary says."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.settings import Settings
from ingest.__main__ import run
from ingest.manifest import load_manifest
from ingest.split import split
from tests.corpus_folder import fill, served, settings_of

PARAGRAPHS = (
    "La commune prête un local. Il est vaste.",
    "Le département finance l'animation, pour 12 000 euros.",
    "- Un premier point.\n- Un second point.",
    "## Un titre\n\nEt son texte, « entre guillemets ».",
    "La commune prête un local. Il est vaste.",  # the same words twice are two passages
)
TEXTS = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=4).map("\n\n".join)
CORPORA = st.dictionaries(st.sampled_from(("a", "b", "c")), TEXTS, min_size=1)


def _follows_the_dictionary(corpora: list[dict[str, str]], model: str) -> None:
    with TemporaryDirectory() as folder:
        made = settings_of(Path(folder), model)
        for corpus in corpora:
            fill(made.corpus_dir, corpus)
            report, refused = run(made)
            assert refused == () and report
            index = served(made)
            assert {id: d.raw for id, d in index.documents.items()} == corpus
            assert [(p.source_id, p.id, p.text) for p in index.order] == list(_expected(made))
            assert len(index.passages) == len(index.order) == len(index.rows)
            assert np.allclose(np.linalg.norm(index.rows, axis=1), 1, atol=1e-5)


def _expected(made: Settings) -> Iterator[tuple[str, str, str]]:
    """Each passage of each document read alone, whatever was published before."""
    for entry in load_manifest(made.corpus_dir).document:
        raw = (made.corpus_dir / entry.file).read_text("utf-8")
        for passage in split(entry.source(), raw, entry.pages)[1]:
            yield entry.id, passage.id, passage.text


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpora=st.lists(CORPORA, min_size=1, max_size=4))
def test_any_sequence_of_ingests(corpora: list[dict[str, str]], tiny_model: str) -> None:
    _follows_the_dictionary(corpora, tiny_model)


@pytest.mark.full
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpora=st.lists(CORPORA, min_size=1, max_size=8))
def test_any_long_sequence_of_ingests(corpora: list[dict[str, str]], tiny_model: str) -> None:
    _follows_the_dictionary(corpora, tiny_model)
