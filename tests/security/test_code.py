"""What the code never does: run what it is given, or open what is not to be opened."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("assistant", "ingest", "api", "ui", "evals")
CALLS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen",
    "pickle.load", "pickle.loads", "marshal.loads", "shelve.open", "joblib.load", "torch.load",
    "yaml.load", "yaml.unsafe_load", "gr.load", "gradio.load", "load_prompt",
    "chromadb.Server", "FastAPI.from_pickle",
}  # fmt: skip
MODULES = {
    "pickle", "marshal", "shelve", "dill", "joblib", "xml.dom.minidom",
    "langchain_core.load", "langchain_core.prompts.loading", "langchain.load",
    "langchain_community", "chromadb.server", "chromadb.app", "chromadb.cli",
}  # fmt: skip
ARGUMENTS = {
    "trust_remote_code": False, "shell": False, "allow_pickle": False, "share": False,
    "allow_dangerous_deserialization": False, "resolve_entities": False, "autoescape": True,
}  # fmt: skip


@cache
def trees() -> dict[str, ast.AST]:
    """Every module of the rooms, by its path."""
    found = (file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))
    return {f.relative_to(ROOT).as_posix(): ast.parse(f.read_text("utf-8")) for f in found}


def offences(tree: ast.AST) -> Iterator[str]:
    """What a module does that none may."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in CALLS:
                yield called
            for given in node.keywords:
                allowed = ARGUMENTS.get(given.arg or "")
                written = ast.unparse(given.value)
                if allowed is not None and written not in (str(allowed), "select_autoescape()"):
                    yield f"{called}({given.arg}={written})"
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            called = name in CALLS or name.rpartition(".")[2] in CALLS  # under whatever name
            if called or any(name == one or name.startswith(f"{one}.") for one in MODULES):
                yield f"import {name}"


def test_no_module_runs_what_it_is_given_nor_opens_a_server_of_chroma() -> None:
    assert {path: found for path, tree in trees().items() if (found := list(offences(tree)))} == {}


@pytest.mark.parametrize(
    "code",
    [
        "eval(text)",
        "pickle.loads(data)",
        "import pickle",
        "from langchain_core.load import loads",
        "from langchain_core import load",
        "from langchain_core.prompts import load_prompt as given",
        "from os import system as run",
        "import chromadb.server.fastapi",
        "SentenceTransformer(name, trust_remote_code=True)",
        "SentenceTransformer(name, trust_remote_code=given)",
        "subprocess.run(line, shell=True)",
        "np.load(file, allow_pickle=True)",
        "demo.launch(share=True)",
        "Environment(autoescape=False)",
    ],
)
def test_the_rule_sees_what_it_forbids(code: str) -> None:
    assert list(offences(ast.parse(code)))


def test_no_program_of_chroma_is_called() -> None:
    """Neither from Python nor from the targets of make: its server answers whoever asks."""
    files = [*(ROOT / path for path in trees()), ROOT / "Makefile", ROOT / ".ci" / "run"]
    called = ('"chroma", "run"', "chroma run", "chromadb.cli")
    found = {str(f): one for f in files for one in called if one in f.read_text("utf-8")}
    assert found == {}


def test_pages_are_made_by_escaping_templates_alone() -> None:
    """``Markup`` marks text as safe: only of sentences of our own, written out."""
    found = {
        f"{path}: {ast.unparse(node)}"
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Markup", "markupsafe.Markup")
        for given in node.args
        if not isinstance(given, ast.Constant)
    }
    assert found <= {
        "ui/frame.py: Markup(text.replace('<', '\\\\u003c').replace('&', '\\\\u0026'))",
        "ui/render.py: Markup(_templates().get_template(template).render(**values))",
    }
    templates = [*(ROOT / "ui").rglob("*.html"), *(ROOT / "api").rglob("*.html")]
    assert [f.name for f in templates if "|safe" in f.read_text("utf-8").replace(" ", "")] == []
