"""Many rows: scored by their outline, exactly where it matters, with the same forty at the top."""

from pathlib import Path

import numpy as np
import pytest

from assistant import outline, vectors
from assistant.outline import AXES, EXACT, SHORT_FILE

DIMENSION = 160


@pytest.fixture(scope="module")
def rows() -> outline.Vectors:
    """Unit vectors that differ more along some directions than along others, as texts do."""
    dice = np.random.default_rng(9)
    spread = np.geomspace(1, 0.02, DIMENSION)
    turned = np.linalg.qr(dice.normal(size=(DIMENSION, DIMENSION)))[0]
    made = (dice.normal(size=(EXACT + 1, DIMENSION)) * spread) @ turned
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def folder(rows: outline.Vectors, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("outline")
    outline.write(made, rows)
    return made


def test_few_rows_have_no_outline(rows: outline.Vectors, tmp_path: Path) -> None:
    outline.write(tmp_path, rows[:EXACT])
    assert not list(tmp_path.iterdir())
    dense = vectors.mapped(tmp_path, rows[:EXACT])
    assert not dense.nearly
    assert np.array_equal(dense.scores(rows[3], ()), rows[:EXACT] @ rows[3])


def test_the_forty_nearest_are_among_the_best_of_the_outline(
    rows: outline.Vectors, folder: Path
) -> None:
    dense = vectors.mapped(folder, rows)
    assert dense.nearly
    found = []
    for query in rows[:: EXACT // 20]:
        near = dense.scores(query, ())
        likely = np.argsort(-near)[:2_000]
        scores = dense.exact(query, near, likely)
        assert np.allclose(scores[likely], rows[likely] @ query, atol=1e-6)
        exact = set(np.argsort(-(rows @ query))[:40].tolist())
        found.append(len(exact & set(np.argsort(-scores)[:40].tolist())) / 40)
    assert np.mean(found) >= 0.99


def test_the_axes_are_at_right_angles(folder: Path) -> None:
    axes = np.load(folder / outline.AXES_FILE)
    assert axes.shape == (DIMENSION, AXES)
    assert np.allclose(axes.T @ axes, np.eye(AXES), atol=1e-4)


def test_an_outline_of_other_rows_is_refused(rows: outline.Vectors, folder: Path) -> None:
    with pytest.raises(ValueError, match=SHORT_FILE):
        outline.read(folder, np.vstack([rows, rows[:1]]))
