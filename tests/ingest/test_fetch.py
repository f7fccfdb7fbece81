"""Only the allowed sites are asked, at addresses that were checked; what they send is bounded."""

import gzip
import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import trustme

from assistant.errors import CorpusError
from assistant.settings import Settings
from ingest import messages
from ingest.fetch import Stamp, Visitor
from ingest.fetch.address import Address, check_public, parse
from ingest.fetch.connect import Limits, secured
from tests.ingest.site import HOST, Answer, Site, open_site

HOSTS = Settings.model_fields["fetch_hosts"].default
TEXT = "Les communes prêtent un local.".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as opened:
        yield opened


def refusal(visitor: Visitor, url: str) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        visitor.get(url)
    return caught.value


HOSTILE = [
    "http://www.rtes.fr/",
    "HTTP://www.rtes.fr/",
    "//www.rtes.fr/",
    "www.rtes.fr/page",
    "file:///etc/passwd",
    "ftp://www.rtes.fr/a",
    "gopher://www.rtes.fr/_x",
    "data:text/plain,www.rtes.fr",
    "javascript:alert(1)",
    "https://",
    "https:///page",
    "https://www.rtes.fr:8443/",
    "https://www.rtes.fr:80/",
    "https://www.rtes.fr:/",
    "https://user@www.rtes.fr/",
    "https://user:word@www.rtes.fr/",
    "https://www.rtes.fr@evil.example/",
    "https://www.rtes.fr:443@evil.example/",
    "https://evil.example/www.rtes.fr",
    "https://evil.example#@www.rtes.fr/",
    "https://evil.example?@www.rtes.fr/",
    "https://evil.example\\@www.rtes.fr/",
    "https://www.rtes.fr\\@evil.example/",
    "https://www.rtes.fr\\.evil.example/",
    "https://www.rtes.fr.evil.example/",
    "https://evilrtes.fr/",
    "https://sub.www.rtes.fr/",
    "https://www.rtes.fr./",
    "https://www.rtes.fr%2eevil.example/",
    "https://www.rtes.fr%00.evil.example/",
    "https://WWW.RTES.FR/",
    "https://ｗｗｗ.rtes.fr/",
    "https://www。rtes。fr/",
    "https://www.rteѕ.fr/",
    "https://127.0.0.1/",
    "https://localhost/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[fe80::1%25eth0]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://www.rtes.fr/a b",
    "https://www.rtes.fr/\r\nHost: evil.example",
    "https://www.rtes.fr/\tx",
    "https://www.rtes.fr/\0",
    " https://www.rtes.fr/",
    "https://www.rtes.fr/" + "a" * 3000,
]


@pytest.mark.parametrize("url", HOSTILE)
def test_an_address_that_is_not_plainly_one_of_an_allowed_site_is_refused(url: str) -> None:
    def never(host: str) -> list[str]:
        raise AssertionError(f"{host} was looked up")

    assert refusal(Visitor(HOSTS, resolve=never), url).code == "address_refused"


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://www.rtes.fr", "/"),
        ("https://www.rtes.fr:443/a", "/a"),
        ("https://www.rtes.fr?page=2", "/?page=2"),
        ("https://www.rtes.fr/les-pôles#haut", "/les-p%C3%B4les"),
        ("https://www.rtes.fr/a@b:c", "/a@b:c"),
    ],
)
def test_an_address_of_an_allowed_site_is_taken_apart_once(url: str, target: str) -> None:
    assert parse(url, HOSTS) == Address("www.rtes.fr", target)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "2001:0:7f00:1::", "2001:db8::1", "nonsense",
    ],
)  # fmt: skip
def test_a_name_that_leads_to_a_private_address_is_not_asked(ip: str) -> None:
    for found in ([ip], ["8.8.8.8", ip]):
        visitor = Visitor(HOSTS, resolve=lambda _, found=found: found)  # type: ignore[misc]
        assert refusal(visitor, f"https://{HOST}/a.txt").code == "address_refused"


def test_public_addresses_are_public() -> None:
    check_public(Address(HOST, "/"), ["8.8.8.8", "2606:4700:4700::1111"])
    with pytest.raises(CorpusError):
        check_public(Address(HOST, "/"), ["127.0.0.1"])


def test_what_is_connected_to_is_what_was_checked(site: Site) -> None:
    """A name that leads elsewhere at a second look-up is looked up once a request."""
    asked: list[str] = []

    def rebound(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) <= 2 else ["10.0.0.1"]

    brought = site.visitor(resolve=rebound).get(site.put("/a.txt", TEXT))
    assert brought.content == TEXT
    assert asked == [HOST, HOST]  # robots.txt, then the page
    assert {headers["host"] for _, headers in site.asked} == {HOST}


def test_redirects_are_followed_and_each_is_checked(site: Site) -> None:
    site.put("/fin.txt", TEXT)
    site.turn("/deux", f"https://{HOST}/fin.txt", 301)
    assert site.visitor().get(site.turn("/un", "deux")).content == TEXT
    for location in ("http://www.rtes.fr/x", "https://evil.example/", "//127.0.0.1/", "file:///a"):
        assert refusal(site.visitor(), site.turn("/ici", location)).code == "address_refused"
    assert refusal(site.visitor(), site.turn("/rond", "/rond")).code == "fetch_failed"
    assert site.paths().count("/rond") == 6


def test_robots_are_obeyed(site: Site) -> None:
    address = site.put("/prive/a.txt", TEXT)
    site.put("/robots.txt", b"User-agent: *\nDisallow: /*/a.txt$\n")
    assert refusal(site.visitor(), address).code == "fetch_disallowed"
    assert refusal(site.visitor(), site.turn("/libre", "/prive/a.txt")).code == "fetch_disallowed"
    assert site.paths() == ["/libre"]
    site.pages["/robots.txt"] = lambda _: (503, {}, b"")
    assert refusal(site.visitor(), address).code == "fetch_failed"
    del site.pages["/robots.txt"]
    assert site.visitor().get(address).content == TEXT


def test_what_is_packed_is_unpacked(site: Site) -> None:
    page = gzip.compress(TEXT * 20)
    address = site.put("/a.txt", page, Content_Encoding="gzip")
    assert site.visitor().get(address).content == TEXT * 20


@pytest.mark.parametrize("case", ["large", "bomb", "cut", "cut gzip", "coding", "status", "junk"])
def test_a_response_out_of_bounds_is_refused(site: Site, case: str) -> None:
    answers: dict[str, Answer] = {
        "large": (200, {}, b"a" * 100_001),
        "bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(3_000_000), 1)),
        "cut": (200, {"Content-Length": "5000"}, TEXT),
        "cut gzip": (200, {"Content-Encoding": "gzip"}, gzip.compress(TEXT)[:-9]),
        "coding": (200, {"Content-Encoding": "br"}, TEXT),
        "status": (500, {}, TEXT),
        "junk": (200, {"Content-Encoding": "gzip"}, TEXT),
    }
    site.pages["/a"] = lambda _: answers[case]
    assert refusal(site.visitor(), f"https://{HOST}/a").code == "fetch_failed"


@pytest.mark.parametrize("case", ["silent", "dripping"])
def test_a_site_that_never_ends_is_left(site: Site, case: str) -> None:
    """One byte at a time is never silent, and would last for ever."""
    over = threading.Event()

    def drip() -> Iterator[bytes]:
        while not over.wait(0.02):
            yield b"a"

    def page(_: object) -> Answer:
        if case == "silent":
            over.wait(20)
        return 200, {"Content-Length": "90000"}, drip()

    site.put("/robots.txt", b"")
    site.pages["/lent"] = page
    try:
        met = refusal(site.visitor(limits=Limits(seconds=0.5)), f"https://{HOST}/lent")
    finally:
        over.set()
    assert met.code == "fetch_failed"
    assert messages.CAUSE_TIME.format(limit=0) in met.message


@contextmanager
def certified(authority: trustme.CA, host: str) -> Iterator[socket.socket]:
    """A connection to a server on this machine that bears the certificate of a host."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)

    def serve() -> None:
        taken, _ = server.accept()
        with taken, suppress(OSError), context.wrap_socket(taken, server_side=True) as link:
            link.recv(1)

    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as threads:
        served = threads.submit(serve)
        with socket.create_connection(server.getsockname(), timeout=20) as plain:
            yield plain
        served.result()


def test_a_certificate_that_is_not_trusted_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    with certified(authority, HOST) as plain, pytest.raises(ssl.SSLCertVerificationError):
        secured(plain, HOST)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))  # the machine trusts it now
    with certified(authority, "evil.example") as plain, pytest.raises(ssl.SSLCertVerificationError):
        secured(plain, HOST)
    with certified(authority, HOST) as plain, secured(plain, HOST) as link:
        assert link.version() in {"TLSv1.2", "TLSv1.3"}


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    def page(headers: object) -> Answer:
        assert isinstance(headers, dict)
        said = {"ETag": '"un"', "Last-Modified": "Tue, 03 Mar 2026 10:00:00 GMT"}
        return (304, {}, b"") if headers.get("If-None-Match") == '"un"' else (200, said, TEXT)

    site.pages["/a.txt"] = page
    first = site.visitor().get(f"https://{HOST}/a.txt")
    assert first.content == TEXT
    assert first.stamp == Stamp('"un"', "Tue, 03 Mar 2026 10:00:00 GMT")
    again = site.visitor().get(f"https://{HOST}/a.txt", first.stamp)
    assert again.content is None
    assert site.asked[-1][1]["if-modified-since"] == first.stamp.last_modified


@pytest.mark.parametrize(
    ("path", "type", "name"),
    [
        ("/IMG/pdf/rep%C3%A8res.pdf", "application/pdf", "repères.pdf"),
        ("/les-roles", "text/html; charset=utf-8", "les-roles.html"),
        ("/", "text/html", "www.rtes.fr.html"),
        ("/a..%2F..%2Fb", "text/plain", "a..-..-b.txt"),
    ],
)
def test_a_file_is_named_after_its_address(site: Site, path: str, type: str, name: str) -> None:
    address = site.put(path, TEXT, Content_Type=type)
    file = site.visitor().get(address).file()
    assert (file.name, file.content, file.url) == (name, TEXT, address)
