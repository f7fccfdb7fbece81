"""What is served to sites: weight, names, caches, hashes, and versions that never change."""

import gzip
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.ask import ask
from assistant.index import Index
from assistant.types import Question
from tests.api.conftest import app, client, core, reader, served, settings
from ui.messages import CHAT, SCRIPT, STATES
from ui.starts import starts
from ui.widget import released
from ui.widget.__main__ import main
from ui.widget.build import MODULES, assembled, built
from ui.widget.released import FOLDER, integrity_of, manifest, release, releases

__all__ = ["app", "client", "core", "reader", "served", "settings"]
LIMIT = 12_000  # bytes, gzipped: all that a site loads
WIDGET = FOLDER.parent


def test_the_widget_is_light(client: TestClient) -> None:
    assert len(gzip.compress(client.get("/widget.js").content, 6)) <= LIMIT


def test_every_released_file_is_as_it_was_released() -> None:
    assert {f"{version}.js" for version in manifest()} == {f.name for f in FOLDER.glob("*.js")}
    for one in releases():
        assert integrity_of(one.content) == one.integrity, one.version
        assert f"widget {one.version}." in one.content.decode().split("\n")[0]


def test_the_sources_are_those_of_the_newest_release() -> None:
    newest = releases()[-1]
    told = "the sources changed: python -m ui.widget with a number above"
    assert built(newest.version) == newest.content, f"{told} {newest.version}"


def test_every_module_is_in_the_file_and_none_runs_text() -> None:
    assert {f.name for f in WIDGET.glob("*.js")} == set(MODULES)
    text = assembled()
    assert not re.search(r"^(import|export) ", text, re.MULTILINE)
    for sink in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "eval(",
        "Function(",
        "document.write",
        "parseFromString",
        "document.cookie",
        "localStorage",
        'setAttribute("style',
    ):
        assert sink not in text


def test_a_name_is_declared_once_since_the_modules_become_one_file() -> None:
    names = re.findall(r"^(?:const|class|async function\*) (\w+)", assembled(), re.M)
    assert len(names) > 30
    assert sorted(names) == sorted(set(names))


WORDS = (WIDGET / "words.js").read_text("utf-8")
FRENCH, ENGLISH = re.findall(r"^const \w+ = \{\n(.*?)^\};", WORDS, re.MULTILINE | re.DOTALL)


def test_both_languages_say_the_same_things() -> None:
    texts = (re.sub(r"starts: \{.*?\}", "starts:", one, flags=re.S) for one in (FRENCH, ENGLISH))
    french, english = (set(re.findall(r"^ {2,4}(\w+):", one, re.M)) for one in texts)
    # in French, the API itself says these two
    assert english - french == {"rate_limited", "question_too_long"}
    assert french - english == set()


def test_the_states_and_failures_are_said_as_on_the_chat_page() -> None:
    for said in (*STATES.values(), CHAT["small_talk"], CHAT["unavailable"], CHAT["failed"]):
        assert f'"{said}"' in WORDS
    for key in ("waiting", "network", "busy", "kept", "thanks", "lost", "cleared"):
        assert f'"{SCRIPT[key]}"' in WORDS


def test_the_english_starting_questions_are_answered(index: Index) -> None:
    listed = re.search(r"starts: \{(.*?)\}", ENGLISH, re.DOTALL)
    assert listed is not None
    groups = dict(re.findall(r"(\w+): (\[.*?\])", listed[1]))
    assert groups.keys() == starts().keys()
    given = {
        text: ask(Question(text=text), index).status
        for one in groups.values()
        for text in json.loads(one)
    }
    assert set(given.values()) == {"answered"}, given


def test_the_stable_name_gives_the_newest_for_a_short_time(client: TestClient) -> None:
    first = client.get("/widget.js")
    assert first.content == releases()[-1].content
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["cache-control"] == "public, max-age=300"
    again = client.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/widget.js", headers={"If-None-Match": '"other"'}).status_code == 200


def test_each_version_is_served_for_good(client: TestClient) -> None:
    for one in releases():
        got = client.get(f"/widget/{one.version}.js")
        assert got.content == one.content
        assert "immutable" in got.headers["cache-control"]
    assert client.get("/widget/0.0.0.js").json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("path", ["/widget.js", f"/widget/{releases()[-1].version}.js"])
def test_any_site_may_load_the_script(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"Origin": "https://ailleurs.example"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of releases, empty."""
    monkeypatch.setattr(released, "FOLDER", tmp_path)
    monkeypatch.setattr(released, "MANIFEST", tmp_path / "manifest.json")
    return tmp_path


def test_a_release_is_written_once_and_above_all_others(folder: Path) -> None:
    release("1.9.0", b"a")
    release("1.10.0", b"b")
    for version in ("1.10.0", "1.9.1", "1.2", "x.y.z", ""):
        with pytest.raises(ValueError):
            release(version, b"c")
    assert [(one.version, one.content) for one in releases()] == [("1.9.0", b"a"), ("1.10.0", b"b")]


def test_the_door_writes_a_version_when_the_sources_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release("1.0.0", b"earlier sources")
    assert main(["0.9.0"]) == 1
    assert "« 0.9.0 »" in capsys.readouterr().err
    assert main(["1.1.0"]) == 0
    assert manifest()["1.1.0"] in capsys.readouterr().out
    assert main(["1.2.0"]) == 0
    assert [one.version for one in releases()] == ["1.0.0", "1.1.0"]
