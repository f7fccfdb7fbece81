"""The figures that compare embedding models are those that a hand works out."""

from pathlib import Path

import numpy as np
import pytest

from evals.embedding import crossing, encoder, main, report, retrieval
from tests.evals.dev import NDCG, RECALL, encode, write_dev
from tests.tiny_model import static


@pytest.fixture
def dev(tmp_path: Path) -> Path:
    write_dev(tmp_path)
    return tmp_path


def test_ndcg_by_hand(dev: Path) -> None:
    found = retrieval(dev, encode)
    by_view = {name.removeprefix("fr questions, "): figure for name, figure in found.items()}
    views = [view for view in NDCG if view != "4-grams"]
    assert by_view == pytest.approx({view: NDCG[view] for view in views})


def test_recall_by_hand(dev: Path) -> None:
    found = crossing(dev, encode)
    dense = {name[:2]: figure for name, figure in found.items() if name.endswith("dense")}
    assert dense == pytest.approx({name[:2]: figure for name, figure in RECALL.items()})


def test_words_alone_find_nothing_in_another_language(dev: Path) -> None:
    found = crossing(dev, encode)
    assert found["en notes → fr sections, words"] < found["fr notes → fr sections, words"]


def test_a_table_has_a_row_for_each_figure_and_a_column_for_each_model() -> None:
    table = report({"un": {"dense": 51.26, "mots": 7.0}, "deux": {"dense": 9.0, "mots": 100.0}})
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()]
    assert cells[0] == ["", "un", "deux"]
    assert cells[2:] == [["dense", "51.3", "9.0"], ["mots", "7.0", "100.0"]]
    assert {len(row) for row in cells} == {3}


def test_an_encoder_gives_unit_vectors(tmp_path: Path) -> None:
    vectors = encoder(static(tmp_path))(("commune jardin", "lavoir", "jardin"))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[2] > vectors[1] @ vectors[2]


@pytest.mark.parametrize("name", ["dev_retrieval_fr.json", "dev_crosslingual.json"])
def test_a_missing_file_is_named(dev: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (dev / name).unlink()
    with pytest.raises(SystemExit) as left:
        main(["--data", str(dev)])
    assert left.value.code == 1
    assert f"{dev / name} : ce fichier manque" in capsys.readouterr().err
