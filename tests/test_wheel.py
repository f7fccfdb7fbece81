"""What is installed holds every file that the program reads, and every migration."""

from pathlib import Path

import pytest
from setuptools import Distribution
from setuptools.config.pyprojecttoml import apply_configuration

ROOT = Path(__file__).parent.parent
ROOMS = ("assistant", "ingest", "api", "ui", "evals")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The files of a wheel, as setuptools lists them without making one."""
    monkeypatch.chdir(ROOT)
    named = Distribution({"script_name": "setup.py"})
    distribution = apply_configuration(named, "pyproject.toml")
    distribution.include_package_data = False  # it would write a folder of its own
    command = distribution.get_command_obj("build_py")
    command.ensure_finalized()
    lib = Path(command.build_lib)
    return {Path(f).relative_to(lib).as_posix() for f in command.get_outputs(include_bytecode=0)}


def test_a_wheel_holds_what_the_rooms_hold(installed: set[str]) -> None:
    held = {
        file.relative_to(ROOT).as_posix()
        for room in ROOMS
        for file in (ROOT / room).rglob("*")
        if file.is_file() and file.suffix not in {".pyc", ".md"}
    }
    assert held - installed == set()
    assert "api/audience/migrations/versions/0001_opinions.py" in held
    assert "assistant/data/model/model.safetensors" in held
