"""From the modules of this folder to the one file that a site loads, in order and minified.

One file, because ``integrity`` covers the file that a page names and not what that file imports.
Their imports only say who needs whom: here they are dropped, and each name is unique.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files

from ui.starts import starts

MODULES = (
    "make.js",
    "small_markdown.js",
    "stream.js",
    "memory.js",
    "accent.js",
    "words.js",
    "exchange.js",
    "panel.js",
    "style.js",
    "element.js",
    "define.js",
)
IMPORT = re.compile(r'^import \{[^}]*\} from "\./\w+\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=const |class )", re.MULTILINE)


def assembled() -> str:
    """The modules as one, readable, with the starting questions of the chat page before them."""
    parts = [f"const STARTS = {json.dumps(starts(), ensure_ascii=False)};\n"]
    for name in MODULES:
        text = (files("ui") / "widget" / name).read_text("utf-8")
        parts.append(EXPORT.sub("", IMPORT.sub("", text)))
    return "\n".join(parts)


def built(version: str) -> bytes:
    """The file of a version: a line that says what it is, then the modules, minified."""
    from rjsmin import jsmin  # a tool of development: a server serves what was released

    banner = f"/* Assistant PTCE, widget {version}. Apache-2.0 */\n"
    return f"{banner}{jsmin(assembled())}\n".encode()
