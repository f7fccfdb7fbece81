"""The door of the releases: ``python -m ui.widget 1.2.0`` writes that version of the widget."""

import argparse
import sys
from collections.abc import Sequence

from ui.widget.build import built
from ui.widget.messages import DOOR
from ui.widget.released import release, releases


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 written, or nothing to write; 1 the version is not above the newest."""
    parser = argparse.ArgumentParser(prog="python -m ui.widget", description=DOOR["about"])
    parser.add_argument("version", help=DOOR["version"])
    version = parser.parse_args(arguments).version
    known = releases()
    if known and built(known[-1].version) == known[-1].content:
        return _say(DOOR["unchanged"].format(version=known[-1].version), 0)
    try:
        made = release(version, built(version))
    except ValueError:
        return _say(DOOR["refused"].format(version=version), 1)
    return _say(DOOR["written"].format(version=version, integrity=made.integrity), 0)


def _say(text: str, status: int) -> int:
    print(text, file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
