"""No file is served but those that are meant to be, however its address is written."""

import http.client
from collections.abc import Iterator
from itertools import product

import pytest
from fastapi import FastAPI
from starlette.routing import Mount

from tests.api.server import serving
from tests.security.conftest import Besieged

# Every route that gives files, or that Gradio would give files by.
ROUTES = [
    "/static/",
    "/docs/static/",
    "/assets/",
    "/widget/",
    "/lire/",
    "/lire/document/",
    "/api/sources/",
    "/api/passages/",
    "/gradio_api/file=",
    "/gradio_api/file/",
    "/gradio_api/proxy=",
    "/gradio_api/upload",
    "/gradio_api/upload?dir=",
    "/gradio_api/stream/",
    "/gradio_api/custom_component/",
    "/custom_component/",
    "/svelte/",
    "/static/img/",
    "/",
]
WAYS = [
    "../pyproject.toml",
    "../../pyproject.toml",
    "..%2f..%2fpyproject.toml",
    "%2e%2e/%2e%2e/pyproject.toml",
    "%2e%2e%2f%2e%2e%2fpyproject.toml",
    "%252e%252e%252fpyproject.toml",
    "..%c0%af..%c0%afpyproject.toml",
    "..%5c..%5cpyproject.toml",
    "..\\..\\pyproject.toml",
    "....//....//pyproject.toml",
    "..;/..;/pyproject.toml",
    "pyproject.toml",
    "__init__.py",
    "app.py",
    "pages.py",
    "./././pyproject.toml",
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "../../../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "file:///etc/passwd",
    "/etc/passwd%00.css",
    "../pages.py",
    "../__init__.py",
    "C:%5cwindows%5cwin.ini",
    "/proc/self/environ",
    "http://127.0.0.1:1/",
    "..",
    ".",
    "",
]
KEPT = ["[build-system]", "root:x:", "HOME=", "from fastapi", "Index of"]


@pytest.fixture(scope="module")
def connection(besieged_once: Besieged) -> Iterator[http.client.HTTPConnection]:
    """To a real server: a test client would tidy the addresses up before sending them."""
    with serving(besieged_once.app) as port:
        made = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        yield made
        made.close()


@pytest.mark.parametrize("route", ROUTES)
def test_no_way_leads_to_a_file(connection: http.client.HTTPConnection, route: str) -> None:
    for way, method in product(WAYS, ("GET", "POST")):
        connection.request(method, route + way)
        reply = connection.getresponse()
        text = reply.read().decode("utf-8", errors="replace")
        told = f"{method} {route}{way}: {reply.status}"
        assert reply.status in (200, 403, 404, 405), told
        if reply.status == 200:  # the pages themselves: /, /static/../ is tidied to no page
            assert route + way in ("/", "/..", "/.", "/%2e", "/./"), told
        assert not any(mark in text for mark in KEPT), told


def test_files_are_served_from_two_folders_and_gradio_behind_its_list(app: FastAPI) -> None:
    mounts = [route.path for route in app.router.routes if isinstance(route, Mount)]
    assert mounts == ["/docs/static", "/static", ""]


@pytest.fixture
def app(besieged: Besieged) -> FastAPI:
    return besieged.app


@pytest.mark.parametrize("folder", ["/static", "/static/", "/docs/static", "/docs/static/"])
def test_no_folder_is_listed(besieged: Besieged, folder: str) -> None:
    assert besieged.client.get(folder).status_code == 404
