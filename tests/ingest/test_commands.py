"""Staff add, see, publish and remove documents; whatever is refused or killed changes nothing."""

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.settings import Settings
from ingest import messages, shelves
from ingest.__main__ import main, run
from ingest.commands import asked, fetch
from ingest.commands import messages as spoken
from tests.corpus_folder import LIBRARY, contents, environment, fill, served, settings_of
from tests.ingest.site import HOST, open_site

GUIDE = """# Guide des moulins coopératifs

Publié en mai 2021 par le RTES.

La commune achète le moulin. Elle le confie à une coopérative de meuniers.

- Réparer la roue.
- Former un meunier.
"""
Told = Callable[[], tuple[str, str]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, tiny_model: str) -> Path:
    """A data folder with the index of the three documents, made once."""
    once = settings_of(tmp_path_factory.mktemp("published"), tiny_model)
    fill(once.corpus_dir, LIBRARY)
    run(once)
    return once.data_dir


@pytest.fixture
def told(
    made: Settings,
    published: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Told:
    """What was printed since the last time: results, refusals. The index stands already."""
    environment(made, monkeypatch)
    shutil.copytree(published, made.data_dir)

    def read() -> tuple[str, str]:
        said = capsys.readouterr()
        return said.out, said.err

    return read


@pytest.fixture
def guide(tmp_path: Path) -> str:
    file = tmp_path / "moulins.txt"
    file.write_text(GUIDE, "utf-8")
    return str(file)


def kept(made: Settings) -> dict[str, bytes]:
    """What each file of the data folder holds, the lock apart."""
    found = contents(made.data_dir)
    return {name: content for name, (_, content) in found.items() if name != "ingest.lock"}


def manifest(made: Settings) -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((shelves.folder(made) / "manifest.toml").read_text("utf-8"))


def test_a_document_is_proposed_shown_and_published(made: Settings, told: Told, guide: str) -> None:
    before = served(made)
    assert main(["add", guide, "--yes"]) == 0
    out, _ = told()
    assert f"Guide des moulins coopératifs  ({messages.BY_HEADING})" in out
    assert f"2021-05  ({messages.BY_PUBLISHED})" in out
    assert "guide-des-moulins-cooperatifs" in out and "Réparer la roue." in out
    index = served(made)
    assert set(index.documents) == {*LIBRARY, "guide-des-moulins-cooperatifs"}
    source = index.documents["guide-des-moulins-cooperatifs"].source
    assert (source.kind, source.publisher, source.date) == ("guide", "RTES", "2021-05")
    fresh = len(index.order) - len(before.order)
    counts = {"embedded": fresh, "kept": len(before.order), "gone": 0}
    assert messages.EMBEDDED.format(**counts) in out
    assert messages.KEPT.format(documents=len(LIBRARY)) in out
    assert main(["check"]) == 0
    again = kept(made)
    assert main([]) == 0
    assert kept(made) == again


@pytest.mark.parametrize("arguments", [["--dry-run"], []])
def test_what_is_not_confirmed_changes_nothing(
    made: Settings, told: Told, guide: str, arguments: list[str]
) -> None:
    before = kept(made)
    assert main(["add", guide, *arguments]) == (0 if arguments else 2)
    out, err = told()
    assert kept(made) == before
    if arguments:
        assert "  + Réparer la roue." in out
    else:
        assert spoken.NOBODY in err


def test_a_person_is_asked(
    made: Settings, told: Told, guide: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    for answer, status, held in (("", 2, 3), ("oui", 0, 4)):
        monkeypatch.setattr("builtins.input", lambda _, answer=answer: answer)  # type: ignore[misc]
        assert main(["add", guide]) == status
        assert len(served(made).documents) == held
    assert spoken.NOT_ADDED in told()[1]


def test_a_later_version_replaces_the_earlier(made: Settings, told: Told, guide: str) -> None:
    assert main(["add", guide, "--yes", "--id", "moulins", "--date", "2021"]) == 0
    old = served(made)
    Path(guide).write_text(GUIDE.replace("Former un meunier.", "Former deux meuniers."), "utf-8")
    told()
    assert main(["add", guide, "--id", "moulins", "--dry-run"]) == 0
    difference = told()[0]
    assert "  - Former un meunier." in difference and "  + Former deux meuniers." in difference
    assert messages.DIFFERENCE.format(id="moulins", added=1, kept=3, removed=1) in difference
    assert main(["add", guide, "--id", "moulins", "--yes"]) == 0
    new = served(made)
    assert set(new.documents) == set(old.documents)
    assert len(new.passages.keys() - old.passages.keys()) == 1
    assert len(list(shelves.folder(made).iterdir())) == 2  # the manifest and one file
    assert main(["check"]) == 0


def test_a_document_much_like_another_is_told(made: Settings, told: Told, guide: str) -> None:
    assert main(["add", guide, "--yes", "--id", "moulins", "--title", "Les moulins"]) == 0
    Path(guide).write_text(GUIDE.replace("Former un meunier.", "Former deux meuniers."), "utf-8")
    told()
    assert main(["add", guide, "--dry-run"]) == 0
    like = spoken.ALIKE.format(title="Les moulins", id="moulins")
    assert like in told()[0]  # most of its passages are the same
    assert main(["add", guide, "--id", "moulins", "--dry-run"]) == 0
    assert like not in told()[0]
    Path(guide).write_text("# Les lavoirs\n\nUn tout autre texte.", "utf-8")
    assert main(["add", guide, "--title", "Guide lavoirs", "--dry-run"]) == 0
    assert spoken.ALIKE_SHIPPED.format(title="Guide lavoirs", id="lavoirs") in told()[0]


def test_a_title_that_changed_moves_the_passages_below_it(
    made: Settings, told: Told, guide: str
) -> None:
    assert main(["add", guide, "--yes", "--id", "moulins"]) == 0
    Path(guide).write_text(GUIDE.replace("# Guide des moulins", "# Fiche des moulins"), "utf-8")
    told()
    assert main(["add", guide, "--id", "moulins", "--dry-run"]) == 0
    out, _ = told()
    moved = sum(p.source_id == "moulins" for p in served(made).order)
    assert messages.MOVED.format(count=moved) in out
    assert messages.DIFFERENCE.format(id="moulins", added=0, kept=0, removed=0) in out
    assert "  + " not in out.partition(messages.DRY)[2]


def test_what_was_guessed_is_guessed_anew_and_what_was_given_stays(
    made: Settings, told: Told, guide: str
) -> None:
    assert main(["add", guide, "--yes", "--id", "moulins", "--publisher", "La CRESS"]) == 0
    Path(guide).write_text(GUIDE.replace("# Guide des", "# Étude sur les"), "utf-8")
    told()
    assert main(["add", guide, "--id", "moulins", "--yes"]) == 0
    (entry,) = manifest(made)["document"]
    assert (entry["title"], entry["kind"]) == ("Étude sur les moulins coopératifs", "study")
    assert entry["publisher"] == "La CRESS"
    assert messages.BY_ENTRY_NOT_FILE.format(value="RTES") in told()[0]


def test_a_folder_is_taken_file_by_file_and_published_once(
    made: Settings, told: Told, tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name in ("moulins", "fours"):
        (folder / f"{name}.txt").write_text(GUIDE.replace("moulin", name[:-1]), "utf-8")
    (folder / ".caché").write_text("Rien.", "utf-8")
    assert main(["add", str(folder), "--title", "Les deux", "--yes"]) == 1
    assert spoken.ONE_ALONE in told()[1]
    assert main(["add", str(folder)]) == 2
    told()
    before = len(list((made.data_dir / "index").iterdir()))
    (folder / "vide.txt").write_bytes(b"")
    assert main(["add", str(folder), "--yes"]) == 1
    out, err = told()
    assert "vide.txt" in err
    assert len(served(made).documents) == len(LIBRARY) + 2
    assert out.count(spoken.PROPOSED) == 2
    assert len(list((made.data_dir / "index").iterdir())) == before + 1
    (tmp_path / "rien").mkdir()
    assert main(["add", str(tmp_path / "rien")]) == 1
    assert "aucun fichier" in told()[1]


def test_what_a_rollback_undid_is_announced_before_it_is_published_again(
    made: Settings, told: Told, guide: str
) -> None:
    assert main(["add", guide, "--yes", "--id", "moulins"]) == 0
    assert main(["add", guide, "--yes", "--id", "moulins", "--title", "Une erreur"]) == 0
    assert main(["rollback"]) == 0
    told()
    for command in (["list"], ["show", "moulins"]):
        assert main(command) == 0
        old, new = "Guide des moulins coopératifs — RTES, 2021-05", "Une erreur — RTES, 2021-05"
        assert spoken.OTHERWISE.format(published=old, announced=new) in told()[0]
    other = Path(guide).with_name("fours.txt")
    other.write_text("# Les fours\n\nLe four à pain est communal.", "utf-8")
    for command in (["add", str(other)], ["remove", "lavoirs"]):
        assert main(command) == 2
        assert spoken.ALSO_PUBLISHED.format(ids="moulins") in told()[0]
    assert main(["add", guide, "--id", "moulins"]) == 2
    assert spoken.ALSO_PUBLISHED.format(ids="moulins") not in told()[0]


def test_a_comment_in_the_manifest_outlives_the_commands(
    made: Settings, told: Told, guide: str
) -> None:
    assert main(["add", guide, "--yes", "--id", "moulins"]) == 0
    path = shelves.folder(made) / "manifest.toml"
    path.write_text("# à relire en mai\n" + path.read_text("utf-8"), "utf-8")
    Path(guide).write_text(GUIDE + "\nUn autre.\n", "utf-8")
    assert main(["add", guide, "--yes", "--id", "autre"]) == 0
    assert main(["remove", "lavoirs", "--yes"]) == 0
    assert main(["remove", "moulins", "--yes"]) == 0
    assert "# à relire en mai" in path.read_text("utf-8")
    assert [one["id"] for one in manifest(made)["document"]] == ["autre"]
    assert manifest(made)["withdrawn"] == ["lavoirs"]


def test_a_shipped_document_is_switched_off_and_on(made: Settings, told: Told) -> None:
    shipped = contents(made.corpus_dir)
    whole = served(made).passages
    assert main(["remove", "lavoirs", "--dry-run"]) == 0
    assert "  - Les lavoirs ont été restaurés" in told()[0]
    assert main(["remove", "lavoirs", "--yes"]) == 0
    assert messages.REMOVED.format(id="lavoirs") in told()[0]
    assert set(served(made).documents) == set(LIBRARY) - {"lavoirs"}
    assert not [p for p in served(made).order if p.source_id == "lavoirs"]
    assert main(["list"]) == 0
    assert spoken.WITHDRAWN in told()[0]
    assert main(["remove", "lavoirs", "--undo"]) == 0
    assert served(made).passages == whole
    assert contents(made.corpus_dir) == shipped


def test_list_and_show_tell_what_is_served(made: Settings, told: Told, guide: str) -> None:
    assert main(["add", guide, "--yes", "--id", "moulins", "--title", "Les moulins"]) == 0
    told()
    assert main(["list"]) == 0
    out, _ = told()
    assert all(id in out for id in (*LIBRARY, "moulins"))
    assert f"Les moulins — RTES, 2021-05 ({spoken.ADDED}, " in out
    assert main(["show", "moulins"]) == 0
    out, _ = told()
    assert "sha256" in out and all(
        p.text in out for p in served(made).order if p.source_id == "moulins"
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["add", "rien.txt"], "rien.txt"),
        (["add", "http://www.rtes.fr/guide.pdf"], ": https://www.rtes.fr/guide.pdf"),
        (["add", "www.rtes.fr/ptce"], ": https://www.rtes.fr/ptce"),
        (["add", "https://evil.example/guide.pdf"], "ASSISTANT_FETCH_HOSTS"),
        (["remove", "rien"], "« rien »"),
        (["remove", "jardins", "--undo"], "« jardins »"),
        (["show", "rien"], "« rien »"),
        (["fetch", "rien"], "« rien »"),
    ],
)
def test_what_cannot_be_done_is_said(
    made: Settings, told: Told, arguments: list[str], reason: str
) -> None:
    before = kept(made)
    assert main(arguments) == 1
    assert reason in told()[1]
    assert kept(made) == before


def test_an_entry_that_does_not_fit_is_refused(made: Settings, told: Told, guide: str) -> None:
    before = kept(made)
    (Path(guide).parent / "vide.txt").write_bytes(b" ")
    for arguments, reason in (
        ([guide, "--date", "en mars"], "la date (--date) (comme 2024-11-14"),
        ([guide, "--kind", "livre"], "la nature (--kind) (au choix : guide"),
        ([guide, "--id", "Les Moulins"], "id"),
        ([guide, "--id", "lavoirs"], "livré"),
        ([str(made.corpus_dir / "lavoirs.txt")], "déjà là"),
        ([str(Path(guide).parent / "vide.txt")], "vide.txt"),
    ):
        assert main(["add", *arguments, "--yes"]) == 1
        assert reason in told()[1]
    assert kept(made) == before


def test_a_refused_publication_leaves_the_shelf_as_it_was(
    made: Settings, told: Told, guide: str
) -> None:
    assert main(["add", guide, "--yes", "--id", "moulins"]) == 0
    before = kept(made)
    (made.corpus_dir / "lavoirs.txt").write_text("Autre chose.", "utf-8")
    Path(guide).write_text(GUIDE + "\nUn autre.\n", "utf-8")
    for arguments in (["add", guide], ["add", guide, "--id", "moulins"], ["remove", "moulins"]):
        assert main([*arguments, "--yes"]) == 1
        assert "lavoirs.txt" in told()[1]
        assert kept(made) == before


def test_check_tells_what_is_out_of_step(made: Settings, told: Told, guide: str) -> None:
    assert main(["check"]) == 0
    fill(made.corpus_dir, LIBRARY | {"moulins": GUIDE})
    assert main(["check"]) == 1
    assert spoken.NOT_INDEXED.format(id="moulins") in told()[1]
    fill(made.corpus_dir, {"jardins": LIBRARY["jardins"], "lavoirs": GUIDE})
    assert main(["check"]) == 1
    assert spoken.OUT_OF_STEP.format(id="lavoirs") in (err := told()[1])
    assert spoken.TOO_MUCH.format(id="ressourceries") in err


def test_what_a_killed_addition_left_is_cleared_and_nothing_else(
    made: Settings, told: Told, guide: str
) -> None:
    assert main(["add", guide, "--yes", "--id", "moulins"]) == 0
    here = shelves.folder(made)
    left = here / shelves.file_name("perdu", b"Perdu.", ".txt")
    left.write_bytes(b"Perdu.")
    (here / ".aside-manifest.toml").write_bytes(b"[[")
    (here / "brouillon.txt").write_text("À relire.", "utf-8")
    assert main([]) == 1
    assert "brouillon.txt" in told()[1]
    assert not left.exists() and not list(here.glob(".aside-*"))
    assert (here / "brouillon.txt").exists()


def test_remote_documents_are_brought_when_they_change(
    made: Settings, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = f"""
[[remote]]
id = "moulins"
url = "https://{HOST}/moulins.txt"
title = "Les moulins du réseau"
kind = "study"

[[remote]]
id = "absent"
url = "https://{HOST}/absent.txt"
"""
    (made.corpus_dir / "catalogue.toml").write_text(catalogue, "utf-8")
    with open_site() as site:
        monkeypatch.setattr(fetch, "Visitor", lambda hosts: site.visitor())
        assert main(["fetch"]) == 0
        assert site.asked == [] and spoken.REMOTE_NONE in told()[0]
        site.put("/moulins.txt", GUIDE.encode(), ETag='"1"')
        assert main(["fetch", "moulins", "absent"]) == 1
        assert f"https://{HOST}/absent.txt" in told()[1]
        source = served(made).documents["moulins"].source
        assert (source.title, source.kind) == ("Les moulins du réseau", "study")
        assert source.url == f"https://{HOST}/moulins.txt"
        again = contents(made.data_dir / "index")
        assert main(["fetch"]) == 0  # brought once, it is kept in step
        assert site.asked[-1][1]["if-none-match"] == '"1"'
        assert contents(made.data_dir / "index") == again
        assert spoken.REMOTE_SAME.format(id="moulins") in told()[0]
        site.put("/moulins.txt", GUIDE.replace("2021", "2022").encode(), ETag='"2"')
        assert main(["fetch", "--dry-run"]) == 0
        assert contents(made.data_dir / "index") == again
        assert main(["fetch"]) == 0
        assert "2022" in served(made).documents["moulins"].text
    assert main(["fetch", "--list"]) == 0
    assert spoken.REMOTE_BROUGHT in told()[0]
    assert main(["check"]) == 0


def test_the_catalogue_is_off_and_its_sites_are_known() -> None:
    settings = Settings()
    remotes = shelves.remotes(settings)
    assert {"loi-2014-856-ess", "decret-2015-431-ptce"} <= {r.id for r in remotes}
    assert not any(r.enabled for r in remotes)


def test_what_was_given_before_is_kept(made: Settings, told: Told, guide: str) -> None:
    given = ["--title", "Les moulins", "--publisher", "La CRESS", "--date", "2020-02"]
    assert main(["add", guide, "--yes", "--id", "moulins", *given]) == 0
    assert main(["add", guide, "--yes", "--id", "moulins", "--kind", "plan"]) == 0
    assert messages.BY_ENTRY in told()[0]
    (entry,) = manifest(made)["document"]
    assert (entry["title"], entry["publisher"], entry["date"], entry["kind"]) == (
        "Les moulins", "La CRESS", "2020-02", "plan",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["add"], "Il manque : FICHIER|ADRESSE."),
        (["add", "a.txt", "--tittle", "T"], "« --tittle T » n'est ni une option"),
        (["add", "a.txt", "--title"], "--title : une valeur est attendue."),
        (["add", "a.txt", "--yes=1"], "--yes ne prend pas de valeur"),
        (["ajoute", "a.txt"], "'ajoute' n'est pas une commande. Au choix : 'add'"),
        (["show", "--d"], "Il manque : ID."),
    ],
)
def test_a_line_that_cannot_be_read_is_explained_in_french(
    line: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        asked(line)
    err = capsys.readouterr().err
    assert ended.value.code == 2
    assert said in err and err.startswith("usage : python -m ingest") and "--help" in err
    with pytest.raises(SystemExit) as ended:
        asked([*line[:1], "--help"] if line[0] != "ajoute" else ["--help"])
    helped = capsys.readouterr().out
    assert ended.value.code == 0
    assert "montrer cette aide" in helped
    assert not {"usage:", "positional arguments", "show this help"} & set(helped.splitlines())
