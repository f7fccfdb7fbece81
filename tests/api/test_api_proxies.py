"""Whose word is taken for where a request comes from: that of the proxies in the settings."""

from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from pydantic import ValidationError

from api.__main__ import main
from api.app import create_app
from assistant.settings import Settings, load_settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.test_api_errors import GOOD

PROXY, VISITOR = "10.1.0.5", "203.0.113.9"
OWN = (PROXY, "192.0.2.0/24", "2001:db8::/32")


@pytest.fixture(scope="module")
def trusting(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """An application that trusts its own proxies, with a route that says what it sees."""
    return behind(tmp_path_factory.mktemp("trusting"), *OWN, rate="2/day")


def behind(folder: Path, *proxies: str, rate: str = "off") -> FastAPI:
    """An application that trusts these."""
    made = Settings(data_dir=folder, rate_limit=rate, trusted_proxies=proxies)
    app = create_app(made, FakeReader(make_index()), FakeAsk())

    async def seen(request: Request) -> dict[str, str]:
        assert request.client is not None
        return {"from": request.client.host, "by": request.url.scheme}

    app.add_api_route("/seen", seen)
    app.router.routes.insert(0, app.router.routes.pop())
    return app


def seen(app: FastAPI, peer: str, *forwarded: str, **headers: str) -> dict[str, str]:
    """What the application sees of a request of ``peer``."""
    given = [("X-Forwarded-For", one) for one in forwarded]
    client = TestClient(app, client=(peer, 4321))
    got: dict[str, str] = client.get("/seen", headers=[*given, *headers.items()]).json()
    return got


@pytest.mark.parametrize(
    ("peer", "forwarded", "visitor"),
    [
        (VISITOR, ("198.51.100.1",), VISITOR),  # forged by a visitor who comes directly
        (PROXY, (VISITOR,), VISITOR),
        (PROXY, (), PROXY),
        (PROXY, ("",), PROXY),
        (PROXY, (f"198.51.100.1, {VISITOR}",), VISITOR),  # forged, then passed on
        (PROXY, ("198.51.100.1", VISITOR), VISITOR),  # the same in two headers
        (PROXY, (f"{PROXY}, {VISITOR}",), VISITOR),  # a proxy's own address, forged
        (PROXY, (f"{VISITOR}, 192.0.2.7",), VISITOR),  # a chain of two of ours
        (PROXY, (f"198.51.100.1, {VISITOR}, 192.0.2.7, 192.0.2.8",), VISITOR),
        (PROXY, ("2001:DB8:0::7, 2001:db9::1",), "2001:db9::1"),
        (PROXY, ("2001:db9::1, 2001:DB8:0::7",), "2001:db9::1"),
        (PROXY, (f"{VISITOR}:51234",), VISITOR),
        (PROXY, ("[2001:db9::1]:51234",), "2001:db9::1"),
        ("192.0.2.250", (VISITOR,), VISITOR),
        ("192.0.3.1", (VISITOR,), "192.0.3.1"),
    ],
)
def test_the_address_is_the_first_that_no_proxy_of_ours_has(
    trusting: FastAPI, peer: str, forwarded: tuple[str, ...], visitor: str
) -> None:
    assert seen(trusting, peer, *forwarded)["from"] == visitor


def test_by_default_nobody_is_believed(tmp_path: Path) -> None:
    app = behind(tmp_path)
    forged = {"X-Forwarded-Proto": "https", "Forwarded": f"for={VISITOR}"}
    for peer in (PROXY, "127.0.0.1", "testclient"):
        assert seen(app, peer, VISITOR, **forged) == {"from": peer, "by": "http"}


@pytest.mark.parametrize(
    ("told", "scheme"), [("https", "https"), ("http", "http"), ("javascript", "http"), ("", "http")]
)
def test_the_scheme_is_told_by_our_proxies_alone(trusting: FastAPI, told: str, scheme: str) -> None:
    assert seen(trusting, PROXY, VISITOR, **{"X-Forwarded-Proto": told})["by"] == scheme
    assert seen(trusting, VISITOR, **{"X-Forwarded-Proto": told})["by"] == "http"


def asked(app: FastAPI, *forwarded: str) -> list[int]:
    """The statuses of questions that our proxy passes on."""
    client = TestClient(app, client=(PROXY, 1))
    return [
        client.post("/api/ask", json=GOOD, headers={"X-Forwarded-For": one}).status_code
        for one in forwarded
    ]


def test_what_is_no_address_makes_no_new_visitors(trusting: FastAPI) -> None:
    made = ["unknown", "_hidden", "10.0.0.1.1", "[2001:db8", ":::", "<b>", "unknown2"]
    assert asked(trusting, *made) == [200, 200, *[429] * 5]


def test_each_visitor_behind_the_proxy_has_a_rate_of_their_own(trusting: FastAPI) -> None:
    chains = [f"198.51.100.{n}, {VISITOR}" for n in range(3)]
    assert asked(trusting, *chains, "203.0.113.10") == [200, 200, 429, 200]


@pytest.mark.parametrize(
    ("given", "networks"),
    [
        ("", ()),
        ("10.0.0.5", ("10.0.0.5/32",)),
        (" 10.0.0.5, 192.168.0.0/16 ::1", ("10.0.0.5/32", "192.168.0.0/16", "::1/128")),
        ('["10.0.0.0/24"]', ("10.0.0.0/24",)),
    ],
)
def test_the_setting_is_a_list(
    monkeypatch: pytest.MonkeyPatch, given: str, networks: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ASSISTANT_TRUSTED_PROXIES", given)
    assert load_settings().trusted_proxies == networks


@pytest.mark.parametrize("given", ["*", "0.0.0.0/0", "::/0", "proxy.local", "10.0.0.1/24", "10.0"])
def test_the_whole_internet_and_what_is_no_network_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    monkeypatch.setenv("ASSISTANT_TRUSTED_PROXIES", given)
    with pytest.raises(ValidationError):
        load_settings()
    assert main([]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"Réglage refusé, ASSISTANT_TRUSTED_PROXIES : « {given} »")
