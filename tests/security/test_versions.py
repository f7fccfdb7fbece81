"""What is installed, and what may be: no release with a known flaw."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINNED = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "constraints.txt").read_text("utf-8"), re.M))


def named(row: dict[str, Any]) -> Any:
    """A row of the table, whose test bears the name of its package."""
    return pytest.param(row, id=row["package"])


@pytest.mark.parametrize("floor", [named(row) for row in TABLE["floor"]])
def test_no_release_with_a_known_flaw(floor: dict[str, str]) -> None:
    least = Version(floor["version"])
    assert Version(version(floor["package"])) >= least, floor["flaw"]
    pins = {canonicalize_name(name): pin for name, pin in PINNED.items()}
    assert Version(pins[canonicalize_name(floor["package"])]) >= least, floor["flaw"]


@pytest.mark.parametrize("floor", [named(row) for row in TABLE["floor"]])
def test_what_the_project_asks_for_admits_none_either(floor: dict[str, str]) -> None:
    asked = [Requirement(line) for line in PROJECT["dependencies"]]
    same = [one for one in asked if canonicalize_name(one.name) == floor["package"]]
    for one in same:
        oldest = [s.version for s in one.specifier if s.operator in (">=", "==")]
        assert [v for v in oldest if Version(v) < Version(floor["version"])] == [], one


@pytest.mark.parametrize("exception", [named(row) for row in TABLE["exception"]])
def test_an_exception_ends_with_the_release_that_mends_it(exception: dict[str, Any]) -> None:
    """A newer release than the last one affected is installed: take the exception out."""
    assert Version(version(exception["package"])) <= Version(exception["affected"])
    assert exception["since"] < exception["review"]
    flaw = exception["flaw"].split(":")[0]
    for page in ("README.md", "docs/security.md", "Makefile"):
        assert flaw in (ROOT / page).read_text("utf-8"), page
