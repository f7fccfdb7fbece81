"""``python -m assistant "…"``: an answer in the terminal, readable, with its sources.

``--json`` prints the answer object; ``--jsonl`` reads ``{"id", "question", "history"}`` lines from
standard input and writes one answer a line with the same id, or an ``error`` object in its place.
"""

import argparse
import json
import sys
import textwrap
from collections.abc import Sequence
from typing import Any, TextIO

from assistant import request
from assistant.ask import ask
from assistant.compose.write import dated
from assistant.errors import AssistantError
from assistant.index import Index, Reader
from assistant.messages import TERMINAL
from assistant.settings import load_settings
from assistant.types import Answer, Citation, Language

WIDTH = 88


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 answered (refusals included), 1 with the reason on standard error."""
    options = _parser().parse_args(arguments)
    settings = load_settings()
    try:
        index = Reader(settings).current()
        if options.jsonl:
            return _batch(sys.stdin, sys.stdout, index)
        answer = _ask({"question": options.question, "history": options.after}, index)
    except AssistantError as error:
        print(error.message, file=sys.stderr)  # noqa: T201
        return 1
    print(answer.model_dump_json(indent=1) if options.json else readable(answer))  # noqa: T201
    return 0


def readable(answer: Answer) -> str:
    """The answer as a person reads it: text, then numbered sources, then what is nearest."""
    words = TERMINAL[answer.language]
    blocks = ["\n".join(_wrapped(line) for line in answer.answer.replace("**", "").splitlines())]
    if answer.citations:
        blocks.append("\n".join([words["sources"], *_sources(answer)]))
    if answer.nearest:
        near = (f"- « {' '.join(n.quote.split())} » ({n.source_title})" for n in answer.nearest)
        blocks.append("\n".join([words["nearest"], *map(_wrapped, near)]))
    return "\n\n".join(blocks)


def _parser() -> argparse.ArgumentParser:
    words = TERMINAL["fr"]
    parser = argparse.ArgumentParser(prog="python -m assistant", description=words["about"])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", help=words["question"])
    what.add_argument("--jsonl", action="store_true", help=words["jsonl"])
    parser.add_argument("--json", action="store_true", help=words["json"])
    parser.add_argument("--after", action="append", default=[], help=words["after"])
    return parser


def _batch(lines: TextIO, out: TextIO, index: Index) -> int:
    for line in lines:
        if line.strip():
            out.write(json.dumps(_answered(line, index), ensure_ascii=False) + "\n")
            out.flush()
    return 0


def _answered(line: str, index: Index) -> dict[str, Any]:
    """The answer of one line with its id; what went wrong where there is none."""
    asked: Any = None
    try:
        asked = json.loads(line)
        payload = (
            {k: v for k, v in asked.items() if k != "id"} if isinstance(asked, dict) else asked
        )
        return {**_ask(payload, index).model_dump(mode="json"), "id": _id(asked)}
    except AssistantError as error:
        return {"id": _id(asked), "error": {"code": error.code, "message": error.message}}
    except ValueError as error:
        message = TERMINAL["fr"]["bad_line"].format(cause=error)
        return {"id": None, "error": {"code": "request_malformed", "message": message}}


def _ask(payload: object, index: Index) -> Answer:
    question = request.parse(payload)
    request.check_sources(question, index)
    return ask(question, index)


def _id(asked: object) -> object:
    return asked.get("id") if isinstance(asked, dict) else None


def _sources(answer: Answer) -> list[str]:
    """One line a place of a document, with the numbers of all that is quoted from there."""
    numbers: dict[str, list[str]] = {}
    for citation in answer.citations:
        line = _source(citation, answer.language)
        numbers.setdefault(line, []).append(f"[{citation.number}]")
    return [_wrapped(f"{''.join(marks)} {line}") for line, marks in numbers.items()]


def _source(citation: Citation, language: Language) -> str:
    where = " > ".join(citation.section)
    page = f", p. {citation.page}" if citation.page else ""
    title = f"{citation.source_title}, {citation.publisher}"
    return f"{title}, {dated(citation.date, language)}{page}{' — ' + where if where else ''}"


def _wrapped(line: str) -> str:
    indent = "  " if line.startswith(("-", "[")) else ""
    return textwrap.fill(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False) or line


if __name__ == "__main__":
    sys.exit(main())
