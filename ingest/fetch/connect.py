"""One request to one checked IP: a status, headers and a body within limits of size and time."""

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse

from ingest import messages
from ingest.fetch.address import Address

AGENT = "assistant-ptce"
CHUNK = 65_536


@dataclass(frozen=True)
class Limits:
    """What one request may cost: bytes of the body, unpacked; seconds from end to end."""

    size: int = 20_000_000
    seconds: float = 60.0


@dataclass(frozen=True)
class Response:
    """What came back; the body is unpacked, empty unless the status is 200."""

    status: int
    headers: Message
    body: bytes


class Failed(Exception):
    """Nothing usable came back; the argument says why, in French."""


def ask(
    address: Address,
    ips: Sequence[str],
    headers: Mapping[str, str],
    limits: Limits,
    local: int | None = None,
) -> Response:
    """The response of the host at one of its checked IPs, which is what is connected to.

    The name is used for TLS and for the Host header alone. ``local`` is the port of a server of
    tests, which speaks in clear. Raises Failed.
    """
    due = time.monotonic() + limits.seconds
    try:
        with _connected(address, ips, limits, local) as link, _ended(link, limits.seconds):
            connection = HTTPConnection(address.host)
            connection.sock = link
            sent = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Connection": "close"}
            connection.request("GET", address.target, headers={**sent, **headers})
            with connection.getresponse() as response:
                body = _body(response, limits, due) if response.status == 200 else b""
                return Response(response.status, response.headers, body)
    except (OSError, HTTPException, ValueError, zlib.error) as error:
        if time.monotonic() >= due:
            raise Failed(messages.CAUSE_TIME.format(limit=int(limits.seconds))) from error
        raise Failed(str(error) or type(error).__name__) from error


@contextmanager
def _connected(
    address: Address, ips: Sequence[str], limits: Limits, local: int | None
) -> Iterator[socket.socket]:
    """A connection to the first IP that takes one."""
    failure: OSError = OSError(messages.CAUSE_UNRESOLVED)
    for ip in ips:
        try:
            plain = socket.create_connection((ip, local or 443), timeout=min(15, limits.seconds))
        except OSError as error:
            failure = error
            continue
        with plain:
            if local:
                yield plain
            else:
                with secured(plain, address.host) as wrapped:
                    yield wrapped
            return
    raise failure


def secured(plain: socket.socket, host: str) -> ssl.SSLSocket:
    """The connection under TLS, with a host whose certificate this machine trusts.

    Raises SSLCertVerificationError, an OSError, where it does not, or where it is of another host.
    """
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


@contextmanager
def _ended(link: socket.socket, seconds: float) -> Iterator[None]:
    """Cuts the connection when the time is up: a server may send one byte at a time for ever."""

    def cut() -> None:
        try:
            link.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is closed already

    timer = threading.Timer(seconds, cut)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _body(response: HTTPResponse, limits: Limits, due: float) -> bytes:
    """The body, unpacked as it comes, so that what it grows to is known before it is held."""
    coding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if coding not in {"identity", "gzip", "x-gzip"}:
        raise Failed(messages.CAUSE_CODING.format(coding=coding[:30]))
    unpack = zlib.decompressobj(wbits=31) if coding != "identity" else None
    body = bytearray()
    while piece := response.read1(CHUNK):
        body += unpack.decompress(piece, limits.size + 1 - len(body)) if unpack else piece
        if len(body) > limits.size or (unpack and unpack.unconsumed_tail):
            raise Failed(messages.CAUSE_SIZE.format(limit=limits.size // 1_000_000))
    if time.monotonic() >= due:
        raise Failed(messages.CAUSE_TIME.format(limit=int(limits.seconds)))
    if (unpack and not unpack.eof) or _short(response, len(body), packed=unpack is not None):
        raise Failed(messages.CAUSE_CUT)
    return bytes(body)


def _short(response: HTTPResponse, got: int, *, packed: bool) -> bool:
    """Whether fewer bytes came than were announced."""
    announced = response.headers.get("Content-Length", "")
    return announced.isdigit() and not packed and got < int(announced)
