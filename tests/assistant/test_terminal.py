"""``python -m assistant``: answers a person reads, objects a program reads, errors apart."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.__main__ import main
from assistant.index import Index
from assistant.settings import Settings
from assistant.types import Answer

HOUSE = Path(__file__).parents[2]
QUESTION = "Qui a lancé l'AMI « PTCE émergents » ?"


@pytest.fixture
def door(
    ingested: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    """Runs the command on the index of the real corpus: its status, what it wrote, its errors."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(ingested.data_dir))

    def run(*arguments: str, given: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        status = main(list(arguments))
        written = capsys.readouterr()
        return status, written.out, written.err

    return run


def test_a_person_reads_the_answer_and_its_sources(door: Any, index: Index) -> None:
    status, out, _ = door(QUESTION)
    assert status == 0
    line = " ".join(out.split())
    assert "Olivia Grégoire" in line and "[1]" in line
    assert index.documents["points-de-reperess-aura-2022"].source.title in line
    assert "**" not in out


def test_a_refusal_shows_what_is_nearest_and_is_no_error(door: Any) -> None:
    status, out, _ = door("Quel est le budget annuel de Fabricanova ?")
    assert status == 0
    assert "[1]" not in out and "Fabricanova" in out


def test_json(door: Any, index: Index) -> None:
    status, out, _ = door(QUESTION, "--json")
    answer = Answer.model_validate_json(out)
    assert (status, answer.status) == (0, "answered")
    for c in answer.citations:
        assert index.documents[c.source_id].text[c.start : c.end] == c.quote


def test_after(door: Any) -> None:
    first = "Comment un département peut-il soutenir un PTCE ?"
    alone = "Comment une commune peut-elle soutenir un PTCE ?"
    answers = [
        Answer.model_validate_json(door(*arguments, "--json")[1])
        for arguments in (("Et pour une commune ?", "--after", first), (alone,))
    ]
    assert answers[0].citations == answers[1].citations


def test_jsonl_keeps_ids_and_goes_on_after_a_bad_line(door: Any) -> None:
    lines = [
        json.dumps({"id": "é-1", "question": QUESTION}),
        "{ceci n'est pas du JSON",
        json.dumps({"id": 7, "question": ""}),
        json.dumps(["pas", "un", "objet"]),
        json.dumps({"id": "x", "question": "Où ?", "inconnu": 1}),
        json.dumps({"id": "s", "question": QUESTION, "sources": ["absente"]}),
        "null",
        "",
        json.dumps({"id": None, "question": "Bonjour"}),
        json.dumps({"id": "f", "question": "Et pour une commune ?", "history": ["Un PTCE ?"]}),
    ]
    status, out, _ = door("--jsonl", given="\n".join(lines))
    told = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [t["id"] for t in told] == ["é-1", None, 7, None, "x", "s", None, None, "f"]
    failed = [t["error"]["code"] if "error" in t else None for t in told]
    assert failed == [
        None, "request_malformed", "question_empty", "request_malformed", "request_malformed",
        "source_unknown", "request_malformed", None, None,
    ]  # fmt: skip
    assert told[0]["status"] == "answered" and told[0]["citations"]
    assert all(t["error"]["message"] for t in told if "error" in t)


def test_a_question_that_is_none_is_an_error(door: Any) -> None:
    for question in ("", "???", "a" * 1_001):
        status, out, err = door(question)
        assert (status, out) == (1, "")
        assert "question" in err.lower() and "Traceback" not in err


def _module(data: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=HOUSE,
        env={**os.environ, "ASSISTANT_DATA_DIR": str(data), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("arguments", [(QUESTION,), ("--jsonl",)])
def test_without_an_index_it_says_what_to_do(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = _module(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "python -m ingest" in done.stderr
    assert "Aucun index" in done.stderr and "Traceback" not in done.stderr


def test_as_a_command(ingested: Settings) -> None:
    done = _module(ingested.data_dir, QUESTION, "--json")
    assert done.returncode == 0
    assert Answer.model_validate_json(done.stdout).status == "answered"
