"""What is kept of questions: how they were answered, no text unless told; never in the way."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from api.audience import Audience, writer
from api.audience.asked import Asked
from api.audience.export import inert, lines, table
from api.audience.report import report, telling
from api.audience.writer import Writer
from api.errors import HttpError
from api.messages import AUDIENCE
from api.wire import Feedback
from assistant.types import Answer, Question
from tests.api.fake_core import answer_to, make_index
from tests.api.kept import DATABASE, audience

TODAY = datetime.now(UTC).date()
PERSONAL = "Je suis Mme Durand, 06 12 34 56 78, a.durand@exemple.fr : quel local ?"
UNSAID = "Quelle fiscalité pour les monnaies locales ?"


def asked(text: str = UNSAID, day: date = TODAY, **changes: object) -> Asked:
    question = Question(text=text, echelon="commune")
    answer = answer_to(question, make_index()).model_dump() | {"polite": False, **changes}
    return Asked(day, question, Answer.model_validate(answer), "page")


def rows(folder: Path) -> list[dict[str, object]]:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM answered ORDER BY id")]


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob(f"{DATABASE}*"))


# ---------------------------------------------------------------- what a row holds


def test_by_default_no_word_of_a_question_is_written(tmp_path: Path) -> None:
    kept = audience(tmp_path)
    assert kept.store.keep([asked(PERSONAL), asked()]) == 2
    first, second = rows(tmp_path)
    assert first["text"] is None and second["text"] is None
    assert (first["day"], first["echelon"], first["channel"]) == (f"{TODAY}", "commune", "page")
    assert second["status"] == "refused" and second["themes"] and second["section"]
    for word in (b"Durand", b"06 12", b"exemple", b"local ?", b"monnaies"):
        assert word not in bytes_of(tmp_path)


def test_told_to_keep_them_it_masks_them_first(tmp_path: Path) -> None:
    audience(tmp_path, keep_questions=True).store.keep([asked(PERSONAL)])
    text = "Je suis Mme [nom], [téléphone], [courriel] : quel local ?"
    assert rows(tmp_path)[0]["text"] == text
    assert b"Durand" not in bytes_of(tmp_path)


def test_reasons_of_opinions_are_masked(tmp_path: Path) -> None:
    kept = audience(tmp_path)
    kept.add(Feedback(answer_id="a", rating="down", reason="Rappelez Mme Durand au 0612345678"))
    [said] = kept.report().said
    assert said.opinion.reason == "Rappelez Mme [nom] au [téléphone]"


def test_what_a_database_may_refuse_is_cleaned(tmp_path: Path) -> None:
    kept = audience(tmp_path, keep_questions=True)
    assert kept.store.keep([asked("Un PTCE \0 ? \ud800 " + "x" * 900)]) == 1


def test_old_questions_are_dropped_with_old_opinions(tmp_path: Path) -> None:
    kept = audience(tmp_path, retention_days=30)
    kept.store.keep([asked(day=TODAY - timedelta(days=n)) for n in (40, 31, 30, 0)])
    kept.purge()
    assert [row["day"] for row in rows(tmp_path)] == [f"{TODAY - timedelta(days=30)}", f"{TODAY}"]


def test_the_table_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.audience.store.MAX_ANSWERED", 3)
    kept = audience(tmp_path)
    assert [kept.store.keep([asked(), asked()]) for _ in range(3)] == [2, 1, 0]


# ---------------------------------------------------------------- the writer


class Base:
    """A database that can go away, refuse, and hold a writer up."""

    def __init__(self) -> None:
        self.away = self.refusing = False
        self.open = threading.Event()
        self.open.set()
        self.written: list[Asked] = []

    def write(self, batch: Sequence[Asked]) -> int:
        self.open.wait()
        if self.refusing:
            raise HttpError("database_unavailable")
        self.check()
        self.written += batch
        return len(batch)

    def check(self) -> None:
        if self.away:
            raise HttpError("database_unavailable")


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Base:
    monkeypatch.setattr(writer, "PAUSE", 0.01)
    monkeypatch.setattr(writer, "PROBE", 0.01)
    return Base()


@pytest.fixture
def writing(base: Base) -> Iterator[Writer]:
    made = Writer(base.write, base.check, size=5)
    made.start()
    yield made
    base.open.set()
    made.stop()


def until(done: object) -> None:
    """Wait for what a thread will do; the test hangs, and is seen, when it does not."""
    assert callable(done)
    while not done():
        threading.Event().wait(0.005)


def test_a_slow_database_holds_nobody_up_and_what_finds_no_room_is_counted(
    base: Base, writing: Writer
) -> None:
    base.open.clear()
    for _ in range(12):
        writing.put(asked())  # returns, whatever the database does
    assert (len(writing), writing.dropped) == (5, 7)
    base.open.set()
    until(lambda: not len(writing))
    assert (len(base.written), writing.written, writing.dropped) == (5, 5, 7)


def test_a_database_that_goes_and_comes_back_gets_what_waited(base: Base, writing: Writer) -> None:
    base.away = True
    until(lambda: writing.up is False)
    for _ in range(7):
        writing.put(asked())
    base.away = False
    until(lambda: len(base.written) == 5)
    assert (writing.up, writing.dropped) == (True, 2)


def test_a_batch_that_a_sound_database_refuses_is_dropped_in_the_end(
    base: Base, writing: Writer
) -> None:
    base.refusing = True
    writing.put(asked())
    until(lambda: writing.dropped == 1)
    base.refusing = False
    writing.put(asked())
    until(lambda: len(base.written) == 1)


def test_a_stop_writes_what_waits_and_counts_what_it_cannot(base: Base) -> None:
    for away in (False, True):
        base.away = away
        made = Writer(base.write, base.check)
        for _ in range(3):
            made.put(asked())
        made.start()
        made.stop()
        assert (made.written, made.dropped) == ((0, 3) if away else (3, 0))


# ---------------------------------------------------------------- report, tables, export


@pytest.fixture
def full(tmp_path: Path) -> Audience:
    """A fortnight of questions and opinions."""
    kept = audience(tmp_path, keep_questions=True)
    week = TODAY - timedelta(days=7)
    kept.store.keep(
        [
            asked(id="r-1", elapsed_ms=900.0),
            asked('=HYPERLINK("http://x") monnaies ?', id="r-2"),
            asked("Quel local ?", id="ok", elapsed_ms=3.0),
            asked("Bonjour", id="hi", polite=True),
            asked(day=week, id="old"),
        ]
    )
    for answer_id, rating, reason in (("ok", "up", None), ("r-1", "down", "@SUM(1) Rien")):
        kept.add(
            Feedback.model_validate({"answer_id": answer_id, "rating": rating, "reason": reason})
        )
    return kept


def test_the_report_counts_weeks_themes_opinions_and_slow_answers(full: Audience) -> None:
    made = report(full.store)
    now, before = made.weeks
    assert (now.monday.weekday(), now.monday - before.monday) == (0, timedelta(days=7))
    assert (now.questions, now.states["refused"], now.states["polite"]) == (3, 2, 1)
    assert (now.ratings["up"], now.ratings["down"], before.questions) == (1, 1, 1)
    first = made.themes[0]
    assert (first.label, first.count, first.texts) == ("Fiscalité", 2, [UNSAID, UNSAID])
    assert not any("Bonjour" in theme.texts for theme in made.themes)
    by_reason = {said.opinion.reason: said.answered for said in made.said}
    assert by_reason["@SUM(1) Rien"] is not None
    assert by_reason["@SUM(1) Rien"].status == "refused"
    assert made.slowest[0].elapsed_ms == 900.0


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("role ptce fiscalite", ["fiscalite"]),
        ("role ptce", ["role"]),
        ("ptce", ["ptce"]),
        ("gone role", ["gone"]),
        ("", []),
    ],
)
def test_a_theme_is_the_thing_asked_about(named: str, told: list[str]) -> None:
    assert telling(named.split()) == told


def test_what_names_nothing_of_the_field_is_apart(tmp_path: Path) -> None:
    kept = audience(tmp_path, keep_questions=True)
    kept.store.keep([asked("Comment cuire un clafoutis ?"), asked()])
    made = kept.report()
    assert (made.astray.count, made.astray.texts) == (1, ["Comment cuire un clafoutis ?"])
    assert {theme.label for theme in made.themes} == {"Fiscalité", "Monnaie locale"}


def test_the_tables_are_in_french(full: Audience) -> None:
    questions, said = list(table(full.store, "questions")), list(table(full.store, "avis"))
    heads = questions[0].strip("\ufeff\r\n").split(";")
    slow = dict(zip(heads, questions[1].split(";"), strict=False))
    assert (slow["Langue"], slow["Politesse"]) == ("français", "non")
    assert slow["État"] == "Les documents ne répondent pas"
    assert ("Fiscalité" in slow["Thèmes"], slow["Millisecondes"]) == (True, "900,0")
    assert said[0].endswith("Aide-t-elle ?;Raison\r\n") and ";Oui;" in said[1]


def test_no_cell_of_a_table_is_a_formula(full: Audience) -> None:
    questions, said = "".join(table(full.store, "questions")), "".join(table(full.store, "avis"))
    assert "'=HYPERLINK" in questions and ";=HYPERLINK" not in questions
    assert "'@SUM(1) Rien" in said
    for text in ("=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1", "＝1", "＋1", "－1", "＠x"):
        assert inert(text) == f"'{text}"
    assert [inert(value) for value in (None, -1.5, "a=b")] == ["", "-1,5", "a=b"]


def test_the_export_holds_every_row_in_pages(
    full: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = list(lines(full.store))
    monkeypatch.setattr("api.audience.export.PAGE", 2)
    assert list(lines(full.store)) == whole
    assert len(whole) == 7


def door(*arguments: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit status of a command."""
    from api.__main__ import main

    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(folder))
    monkeypatch.setattr("api.watch.lines.install", lambda form: None)  # pytest has the log
    return main(arguments)


def test_what_is_exported_goes_to_a_file_of_its_own(
    full: Audience, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "export.jsonl"
    assert door("export", str(file), folder=tmp_path, monkeypatch=monkeypatch) == 0
    assert len(file.read_text("utf-8").splitlines()) == 7
    assert file.stat().st_mode & 0o077 == 0
    assert door("export", str(file), folder=tmp_path, monkeypatch=monkeypatch) == 1


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        (("--id", "r-1"), 5),
        (("--before", f"{TODAY}"), 6),
        (("--all",), 0),
    ],
)
def test_erase_drops_what_it_is_told_once_confirmed(
    full: Audience,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    left: int,
) -> None:
    said: list[str] = []
    for answer, count in (("non", 7), (AUDIENCE["yes"], left)):
        monkeypatch.setattr(
            "builtins.input", lambda text, answer=answer: said.append(text) or answer
        )
        assert door("erase", *arguments, folder=tmp_path, monkeypatch=monkeypatch) == 0
        assert len(list(lines(full.store))) == count
    if not left:
        assert b"monnaies" not in bytes_of(tmp_path)
