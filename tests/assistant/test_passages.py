"""Passages as they are stored: the same as those that were written, made one by one."""

from pathlib import Path

import msgspec
import pytest
from pydantic import TypeAdapter

from assistant.passages import Chosen, Shelf, Stored, lines_of, shelved
from assistant.types import Passage, Span

WRITTEN = [
    Passage(id="a", source_id="guide", section=("Haut", "Bas"), text="Un. Deux.", start=0, end=9,
            page=3, kind="role", echelons=("commune",), places=("38", "R-84"),
            units=(Span(start=0, end=3), Span(start=4, end=9)), list_id="l"),
    Passage(id="b", source_id="guide", section=(), text="Trois", start=11, end=16,
            lead=Span(start=4, end=9)),
    Passage(id="c", source_id="loi", section=("Art. 9",), text="Neuf", start=0, end=4, kind="law"),
]  # fmt: skip


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    file = tmp_path / "passages.json"
    file.write_bytes(TypeAdapter(list[Passage]).dump_json(WRITTEN))
    return shelved(file)


def test_passages_are_those_that_were_written(shelf: Shelf) -> None:
    assert list(shelf) == WRITTEN
    assert shelf[-1] == WRITTEN[-1]
    assert list(shelf[::2]) == WRITTEN[::2]
    assert [type(p.units) for p in shelf] == [tuple] * 3
    assert [p.model_dump_json() for p in shelf] == [p.model_dump_json() for p in WRITTEN]


def test_a_passage_is_made_once(shelf: Shelf) -> None:
    assert shelf[1] is shelf[1]


def test_a_field_of_a_passage_is_a_field_of_what_is_stored() -> None:
    assert set(Stored.__struct_fields__) == set(Passage.model_fields)


@pytest.mark.parametrize("damage", ["[{", '[{"id": "a"}]', "[1]", '[{"kind": "autre"}]'])
def test_a_damaged_file_is_refused(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "passages.json"
    file.write_text(damage)
    with pytest.raises(msgspec.DecodeError):
        shelved(file)


@pytest.mark.parametrize("stored", [True, False])
def test_some_are_chosen_by_what_is_stored_of_them(shelf: Shelf, stored: bool) -> None:
    order = shelf if stored else WRITTEN
    of_guide = Chosen(order, range(3)).where(lambda p: p.source_id == "guide")
    assert list(of_guide) == WRITTEN[:2]
    assert [line.id for line in of_guide.lines] == ["a", "b"]
    assert list(of_guide[1:]) == WRITTEN[1:2]
    assert len(lines_of(order)) == 3
