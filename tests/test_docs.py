"""The README keeps up with the code: every setting, every error code, every door."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import errors as web_errors
from api.messages import ERRORS as WEB_MESSAGES
from assistant import errors
from assistant.messages import ERRORS as CORE_MESSAGES
from assistant.settings import Settings, Weights
from assistant.types import Status

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")


def rows(heading: str) -> dict[str, list[str]]:
    """The table under a heading: the cells of each row, by its first cell without backquotes."""
    section = re.split(r"^#+ ", README.split(f"## {heading}\n", 1)[1], maxsplit=1, flags=re.M)[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): row[1:] for row in cells}


def subclasses(of: type[Exception]) -> Iterator[type[Exception]]:
    """A class and all below it."""
    yield of
    for below in of.__subclasses__():
        yield from subclasses(below)


def raised() -> set[str]:
    """Every code that the source hands to an error, or to a function that makes one."""
    makers = {c.__name__ for c in subclasses(errors.AssistantError)}
    return {
        str(first.value)
        for room in ("assistant", "ingest", "api", "ui")
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args
        for name in [ast.unparse(node.func).split(".")[-1]]
        if name in makers or name in ("_refuse", "_refused", "_refusal")
        for first in [node.args[0]]
        if isinstance(first, ast.Constant) and CODE.fullmatch(str(first.value))
    }


def announced() -> dict[str, type[errors.AssistantError]]:
    """The codes in the tree that ``assistant.errors`` draws, with their class."""
    found: dict[str, type[errors.AssistantError]] = {}
    made = errors.AssistantError
    for line in (errors.__doc__ or "").splitlines():
        named = re.search(r"[├└]── (\w+)", line)
        if named:
            made = getattr(errors, named[1])
        if made is not errors.AssistantError:
            found |= dict.fromkeys(CODE.findall(line), made)
    return found


def test_the_readme_shows_how_to_start() -> None:
    assert "make run" in README
    assert "make test" in README
    for door in ("ingest", "assistant", "api", "evals"):
        assert f"python -m {door}" in README


def test_every_setting_is_in_the_table_with_its_default() -> None:
    table = rows("Settings")
    assert table.keys() == {f"ASSISTANT_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if name != "weights":
            assert table[f"ASSISTANT_{name.upper()}"][0] == f"`{field.default}`"


def test_the_weights_are_shown_as_they_are() -> None:
    shown = re.search(r"ASSISTANT_WEIGHTS='(\{.*?\})'", README, re.DOTALL)
    assert shown is not None
    assert json.loads(shown[1]).keys() == Weights.model_fields.keys()
    assert Weights.model_validate_json(shown[1]) == Weights()


def test_the_tree_of_errors_names_classes_that_exist() -> None:
    assert {c.__name__ for c in announced().values()} >= {
        c.__name__ for c in subclasses(errors.AssistantError) if c.__module__ == errors.__name__
    } - {"AssistantError"}


def test_every_code_in_the_source_is_in_the_table_and_no_other() -> None:
    known = {*announced(), *CORE_MESSAGES, *WEB_MESSAGES, *web_errors.STATUS}
    assert raised() - known == set()
    assert rows("Errors").keys() == known


@pytest.mark.parametrize("code", sorted(rows("Errors")))
def test_the_table_gives_the_true_status(code: str) -> None:
    status = rows("Errors")[code][0]
    if code in web_errors.STATUS:
        assert status == str(web_errors.STATUS[code])
        return
    made = announced()[code]
    reaches_the_web = made is not errors.CorpusError and code != "passage_too_long"
    assert status == (str(made.status) if reaches_the_web else "—")


def test_every_state_of_an_answer_is_explained() -> None:
    assert rows("Three states").keys() == set(Status.__args__)  # type: ignore[attr-defined]


def test_every_code_comes_with_its_cause_and_its_remedy() -> None:
    table = rows("Errors").items()
    assert [code for code, cells in table if len(cells) != 3 or not all(cells)] == []


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.M))
    assert set(re.findall(r"`make ([\w-]+)", README)) - targets == set()


def test_the_tree_of_errors_holds_every_code_of_the_core() -> None:
    assert CORE_MESSAGES.keys() <= announced().keys()
