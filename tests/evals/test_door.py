"""``python -m evals``: files of answers graded from end to end, and what the exit status says."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from api.app import create_app
from assistant.settings import Settings
from evals.__main__ import main
from evals.baseline import KEPT
from evals.case import HALVES, Case, half
from evals.cold import cold_starts
from evals.export import FORMATS
from evals.given import Given
from evals.messages import LEFT_OUT, NOT_COMPARED
from evals.metrics import Metric
from tests.api.server import serving

Door = Callable[..., int]


@pytest.fixture
def door(ingested: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    """The door, on the ingested index; what it writes goes to a folder of the test."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(ingested.data_dir))
    written = ("--json", tmp_path / "report.json", "--html", tmp_path / "report.html")
    return lambda *arguments: main([str(a) for a in ("--cold", 0, *written, *arguments)])


def perfect(case: Case) -> dict[str, object]:
    """What a perfect assistant would say."""
    quotes = [{"source_id": e.source, "quote": e.quote} for e in case.quotes]
    said = ". ".join([*case.mentions, *(e.quote for e in case.quotes)])
    return {"id": case.id, "status": case.status, "answer": said or "Non.", "citations": quotes}


def recorded(folder: Path, name: str = "parfait", refuse: int = 0) -> Path:
    """A file of perfect answers, but for so many questions of the test half that it refuses."""
    rows = [perfect(case) for part in HALVES for case in half(part)]
    answered = [row for row in rows if row["status"] != "refused"]
    for row in answered[len(answered) - refuse :]:
        row |= {"status": "refused", "citations": []}
    file = folder / f"{name}.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def test_a_perfect_file_is_wholly_good(
    door: Door, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert door("--answers", recorded(tmp_path)) == 0
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))["systems"]["parfait"]
    for part in HALVES:
        figures = told["halves"][part]["figures"]
        for name in ("right_refusal", "precision", "all_cited", "mentions", "right_state"):
            assert figures[name]["value"] == 1, name
        assert figures["wrong_refusal"]["value"] == 0
    assert len(told["questions"]) == sum(len(half(part)) for part in HALVES)
    assert "parfait" in capsys.readouterr().out
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_real_loss_is_an_error_and_noise_is_none(
    door: Door, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = ("--half", "test", "--baseline", tmp_path / "kept.json")
    assert door("--answers", recorded(tmp_path), *kept, "--write-baseline") == 0
    assert door("--answers", recorded(tmp_path), *kept) == 0
    assert door("--answers", recorded(tmp_path, refuse=3), *kept) == 0
    capsys.readouterr()
    assert door("--answers", recorded(tmp_path, refuse=30), *kept) == 1
    assert "Refus à tort, test" in capsys.readouterr().err


def test_one_half_alone(door: Door, tmp_path: Path) -> None:
    assert door("--answers", recorded(tmp_path), "--half", "test") == 0
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))["systems"]["parfait"]
    assert told["halves"].keys() == {"test"}


def test_failures_are_shown_of_the_development_half_alone(
    door: Door, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = tmp_path / "court.jsonl"
    short.write_text(json.dumps(perfect(half("development")[1])), "utf-8")
    assert door("--answers", short, "--failed") == 0
    shown = capsys.readouterr().out
    assert half("development")[0].question in shown
    assert not any(case.id in shown.split() for case in half("test"))
    missing = sum(len(half(part)) for part in HALVES) - 1
    assert f"{missing} × NoAnswer" in shown


@pytest.mark.parametrize("text", ["", '{"id": "inconnu", "status": "refused", "answer": "Non."}'])
def test_a_file_of_other_questions_cannot_be_measured(
    text: str, door: Door, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "autre.jsonl"
    file.write_text(text, "utf-8")
    assert door("--answers", file) == 2
    assert "autre.jsonl" in capsys.readouterr().err


def test_what_was_left_out_of_a_file_is_said(
    door: Door, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = recorded(tmp_path)
    file.write_text(file.read_text("utf-8") + '{"id": "inconnu"}\n{}\n', "utf-8")
    assert door("--answers", file) == 0
    told = capsys.readouterr().err
    assert LEFT_OUT["unknown"].format(n=1) in told and LEFT_OUT["no_id"].format(n=1) in told


def test_a_system_that_never_answers_was_not_measured(
    door: Door, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "muet.jsonl"
    lines = [json.dumps({"id": case.id, "error": "panne"}) for case in half("development")]
    file.write_text("\n".join(lines), "utf-8")
    kept = tmp_path / "kept.json"
    assert door("--answers", file, "--baseline", kept, "--write-baseline") == 2
    assert "muet" in capsys.readouterr().err
    assert not kept.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--system", "bm25"),
        ("--system", "product", "--half", "test"),
        ("--url", "http://127.0.0.1:9"),
        ("--answers", "product.jsonl"),
        ("--system", "bm25", "--system", "product"),
    ],
)
def test_the_baseline_is_of_this_project_whole(
    arguments: tuple[str, ...], door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    before = KEPT.read_bytes()
    assert door(*arguments, "--write-baseline") == 2
    assert "--baseline" in capsys.readouterr().err
    assert KEPT.read_bytes() == before


@pytest.mark.parametrize("text", ["{}", "[", '{"autre": {"case": "00000000", "precision": 1.0}}'])
def test_a_baseline_that_compares_nothing_is_an_error(
    text: str, door: Door, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(text, "utf-8")
    assert door("--answers", recorded(tmp_path), "--baseline", kept) == 2


def test_questions_of_the_baseline_that_are_not_compared_are_told(
    door: Door, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = ("--baseline", tmp_path / "kept.json")
    assert door("--answers", recorded(tmp_path), *kept, "--write-baseline") == 0
    assert door("--answers", recorded(tmp_path), *kept, "--half", "test") == 0
    told = NOT_COMPARED.format(n=len(half("development")))
    assert told in capsys.readouterr().err


def test_a_headline_figure_that_is_not_judged_is_an_error(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The judge fails on what is refused; nothing else of the door is changed."""

    def fails(asked: Case, given: Given) -> float:
        return {"answered": 1.0, "partial": 1.0}[str(given.status)]

    broken = (Metric("precision", fails, "mean"),)
    kept = tmp_path / "kept.json"
    keeping = ("--answers", recorded(tmp_path), "--half", "test", "--baseline", kept)
    assert door(*keeping, "--write-baseline") == 0
    before = kept.read_bytes()
    monkeypatch.setattr("evals.measure.metrics", lambda texts: broken)
    assert door(*keeping) == 1
    assert door(*keeping, "--write-baseline") == 1
    assert kept.read_bytes() == before


def test_a_running_server_is_graded(door: Door, ingested: Settings, tmp_path: Path) -> None:
    with serving(create_app(ingested)) as port:
        assert door("--url", f"http://127.0.0.1:{port}", "--half", "test") == 0
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))["systems"]["server"]
    figures = told["halves"]["test"]["figures"]
    assert figures["verbatim"]["value"] == 1
    assert figures["fully_good"]["value"] > 0.5
    assert figures["recall_4"]["n"] == 0  # a server does not tell what it retrieved
    assert [q["failure"] for q in told["questions"] if q["failure"]] == []


def test_the_peers_stand_beside_what_is_named_with_them(door: Door, tmp_path: Path) -> None:
    arguments = ("--answers", recorded(tmp_path), "--system", "bm25", "--half", "development")
    assert door(*arguments) == 0
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))["systems"]
    assert list(told) == ["parfait", "bm25"]


@pytest.mark.parametrize("form", FORMATS)
def test_exports_are_written(form: str, door: Door, tmp_path: Path) -> None:
    out = tmp_path / "export"
    assert door("--answers", recorded(tmp_path), "--half", "test", "--export", form, out) == 0
    assert half("test")[0].question in out.read_text("utf-8") or form == "answers"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--system", "model"),
        ("--system", "worded"),
        ("--judge", "--system", "bm25"),
        ("--answers", "absent.jsonl"),
        ("--url", "http://127.0.0.1:9"),
        ("--system", "bm25", "--baseline", "absent.json"),
    ],
)
def test_what_cannot_be_measured_is_said(
    arguments: tuple[str, ...], door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    assert door(*arguments) == 2
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize("arguments", [("--export", "csv", "x"), ("--system", "autre")])
def test_what_is_not_an_option_is_refused(arguments: tuple[str, ...], door: Door) -> None:
    with pytest.raises(SystemExit) as stopped:
        door(*arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize("runs", [2, pytest.param(3, marks=pytest.mark.full)])
def test_a_cold_start_is_a_process_of_its_own(
    runs: int, ingested: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(ingested.data_dir))
    times = cold_starts("product", runs)
    assert len(times) == runs and times == sorted(times)
    assert all(seconds > 0 for seconds in times)
