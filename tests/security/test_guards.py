"""The page of threats keeps up with the tests: each that it names exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_each_guard_has_its_test(file: str, test: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    assert test in {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


def test_each_threat_has_a_guard_and_a_test() -> None:
    assert len(ROWS) >= 20
    for row in ROWS:
        threat, guard, tests = (cell.strip() for cell in row.strip("|").split("|"))
        assert threat and guard and "::test_" in tests, row
