"""``python -m assistant "…"``: an answer in the terminal, readable, with its sources.

``--check-model`` tells what works of the language model of the settings.
``--json`` prints the answer object; ``--jsonl`` reads ``{"id", "question", "history"}`` lines from
standard input and writes one answer a line with the same id, or an ``error`` object in its place.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from assistant import request
from assistant.ask import ask
from assistant.compose.write import dated
from assistant.errors import AssistantError
from assistant.index import Index, Reader
from assistant.messages import ANSWERS, MODEL, TERMINAL
from assistant.settings import Settings, load_settings
from assistant.types import Answer, Citation, Language

if TYPE_CHECKING:  # at run time only a model that the settings name needs it
    from assistant.generate.write import Writer

WIDTH = 88


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 answered (refusals included), 1 with the reason on standard error."""
    options = _parser().parse_args(arguments)
    settings = load_settings()
    if options.check_model:
        return _check_model(settings)
    writer = _writer(settings)
    try:
        index = Reader(settings).current()
        if options.jsonl:
            return _batch(sys.stdin, sys.stdout, index, writer)
        answer = _ask({"question": options.question, "history": options.after}, index, writer)
    except AssistantError as error:
        print(error.message, file=sys.stderr)  # noqa: T201
        return 1
    print(answer.model_dump_json(indent=1) if options.json else readable(answer))  # noqa: T201
    return 0


def readable(answer: Answer) -> str:
    """The answer as a person reads it: who worded it where it is not the documents, its text, then
    numbered sources, then what is nearest.
    """
    words = TERMINAL[answer.language]
    worded = answer.generator == "model"
    blocks = [_wrapped(ANSWERS[answer.language]["written"])] if worded else []
    text = answer.answer.replace("**", "").splitlines()
    blocks.append("\n".join(map(_wrapped, text)))
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
    what.add_argument("--check-model", action="store_true", help=words["check_model"])
    what.add_argument("--jsonl", action="store_true", help=words["jsonl"])
    parser.add_argument("--json", action="store_true", help=words["json"])
    parser.add_argument("--after", action="append", default=[], help=words["after"])
    return parser


def _check_model(settings: Settings) -> int:
    """Exit status: 0 when every step is good."""
    from assistant.generate.trial import steps

    good = True
    for step in steps(settings):
        good = good and step.good is True
        print(step, flush=True)  # noqa: T201
    print(MODEL["works" if good else "fails"])  # noqa: T201
    return 0 if good else 1


def _batch(lines: TextIO, out: TextIO, index: Index, writer: Writer | None) -> int:
    for line in lines:
        if line.strip():
            out.write(json.dumps(_answered(line, index, writer), ensure_ascii=False) + "\n")
            out.flush()
    return 0


def _answered(line: str, index: Index, writer: Writer | None) -> dict[str, Any]:
    """The answer of one line with its id; what went wrong where there is none."""
    asked: Any = None
    try:
        asked = json.loads(line)
        payload = (
            {k: v for k, v in asked.items() if k != "id"} if isinstance(asked, dict) else asked
        )
        return {**_ask(payload, index, writer).model_dump(mode="json"), "id": _id(asked)}
    except AssistantError as error:
        return {"id": _id(asked), "error": {"code": error.code, "message": error.message}}
    except ValueError as error:
        message = TERMINAL["fr"]["bad_line"].format(cause=error)
        return {"id": None, "error": {"code": "request_malformed", "message": message}}


def _ask(payload: object, index: Index, writer: Writer | None) -> Answer:
    question = request.parse(payload)
    request.check_sources(question, index)
    return ask(question, index, writer)


def _writer(settings: Settings) -> Writer | None:
    """What words the answers; None where the settings name no model."""
    if settings.model_name is None:
        return None
    from assistant.generate.write import Writer

    # Its log is for those who run a server; here the answer says that it is a fallback.
    logging.getLogger("assistant.generate").addHandler(logging.NullHandler())
    return Writer(settings)


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
