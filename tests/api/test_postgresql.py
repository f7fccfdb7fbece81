"""The audience in a real PostgreSQL: a cluster of the tests' own, on a socket of a folder."""

import os
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from api.audience import Audience, table, writer
from api.audience.export import lines
from api.audience.export import table as table_of
from api.errors import HttpError
from api.wire import Feedback
from tests.api.kept import audience
from tests.api.test_api_database import NOBODY
from tests.api.test_audience import TODAY, asked, until

PROGRAMS = Path("/usr/lib/postgresql")


@dataclass
class Cluster:
    """A server of one folder; PostgreSQL refuses to be root, who becomes somebody else."""

    folder: Path
    programs: Path

    @property
    def url(self) -> str:
        """Where it listens: a socket, no port."""
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs to its end."""
        user, others = (NOBODY, ()) if os.geteuid() == 0 else (None, None)
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *arguments]
        with (self.folder / "said").open("a") as said:
            done = subprocess.run(
                command,
                stdout=said,
                stderr=said,
                cwd=self.folder,
                user=user,
                group=user,
                extra_groups=others,
                check=False,
            )
        assert done.returncode == 0, (self.folder / "said").read_text()

    def start(self) -> None:
        """Serve."""
        listening = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -F"
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", listening, "start")

    def stop(self) -> None:
        """Stop, whoever is connected."""
        self.run("pg_ctl", "-w", "-m", "immediate", "stop")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    found = sorted(PROGRAMS.glob("*/bin/initdb"))
    if not found:
        pytest.fail("PostgreSQL manque : make system-deps")
    with TemporaryDirectory(prefix="pg-") as name:
        made = Cluster(Path(name), found[-1].parent)
        (made.folder / "said").touch()
        if os.geteuid() == 0:
            os.chown(name, NOBODY, NOBODY)
        made.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        made.start()
        yield made
        made.stop()


@pytest.fixture
def kept(cluster: Cluster, tmp_path: Path) -> Iterator[Audience]:
    """The audience on the cluster, empty."""
    made = audience(tmp_path, cluster.url, keep_questions=True)
    made.store.drop(TODAY + timedelta(days=1))
    yield made
    made.store._engine.dispose()


def test_servers_that_start_together_make_the_tables_of_the_program(
    cluster: Cluster, tmp_path: Path
) -> None:
    together = [audience(tmp_path, cluster.url) for _ in range(3)]
    threads = [threading.Thread(target=one.store.check) for one in together]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine = together[0].store._engine
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), table.Base.metadata)
    assert found == []
    for one in together:
        one.store._engine.dispose()


def test_it_keeps_reports_exports_and_drops_as_the_file_does(
    kept: Audience, tmp_path: Path
) -> None:
    file = audience(tmp_path, keep_questions=True)
    told: list[object] = []
    for one in (kept, file):
        store = one.store
        store.keep([asked(id="a"), asked("Une =formule \0 ?", id="b"), asked(id="c", polite=True)])
        store.keep([asked(id="old", day=TODAY - timedelta(days=400))])
        one.add(Feedback(answer_id="a", rating="down", reason="Mme Durand \0 = 0612345678"))
        one.add(Feedback(answer_id="a", rating="up", reason="Mieux"))
        one.purge()
        report = one.report()
        weeks = [(w.monday, w.questions, dict(w.states), dict(w.ratings)) for w in report.weeks]
        said = [(s.opinion.reason, s.answered and s.answered.status) for s in report.said]
        themes = [(t.label, t.count, t.texts) for t in report.themes]
        cells = ["".join(table_of(store, name)).count(";") for name in ("questions", "avis")]
        told.append((weeks, said, themes, report.channels, report.echelons, cells))
        assert len(list(lines(store))) == 4
        assert (store.drop_answer("a"), store.drop(TODAY + timedelta(days=1))) == (2, 2)
    assert told[0] == told[1]


def test_it_goes_and_comes_back_and_no_server_is_started_again(
    cluster: Cluster, kept: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PAUSE", 0.02)
    monkeypatch.setattr(writer, "PROBE", 0.02)
    kept.writer.start()
    try:
        until(lambda: kept.writer.up)
        cluster.stop()
        until(lambda: kept.writer.up is False)
        for n in range(5):
            kept.keep(asked().question, asked(id=f"{n}").answer, "api")
        with pytest.raises(HttpError):
            kept.add(Feedback(answer_id="0", rating="up"))
        cluster.start()
        until(lambda: kept.writer.written == 5)
    finally:
        kept.writer.stop()
    kept.add(Feedback(answer_id="0", rating="up"))
    assert (kept.writer.up, kept.writer.dropped, len(list(lines(kept.store)))) == (True, 0, 6)
