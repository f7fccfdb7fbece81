"""Addresses in, files out: public documents of the sites that the settings name, and no others.

Every step is checked again: form and host of the address, the IPs of the host, each redirect,
robots.txt, size and time. Nothing else than the file is asked for.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote

from protego import Protego

from assistant.errors import CorpusError
from ingest import messages
from ingest.fetch.address import Address, Resolve, check_public, look_up, moved, parse
from ingest.fetch.connect import AGENT, Failed, Limits, Response, ask
from ingest.guess import Obtained

TURNS = 5  # redirects
ROBOTS = Limits(size=500_000, seconds=20.0)
_REDIRECTS = {301, 302, 303, 307, 308}
_SUFFIXES = {"text/html": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}


@dataclass(frozen=True)
class Stamp:
    """What a site said of a version of a file, to ask next time whether it is still the one."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Of a conditional request (RFC 9110)."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class Brought:
    """A file as a site gave it; ``content`` is None when it is the one of the stamp."""

    url: str
    content: bytes | None
    type: str
    stamp: Stamp

    def file(self) -> Obtained:
        """As a file to add: named after the address, its form told later by its bytes."""
        host, _, path = self.url.split("?")[0].removeprefix("https://").rstrip("/").partition("/")
        last = unquote((path or host).rsplit("/", 1)[-1])
        name = re.sub(r"[^\w.-]+", "-", last).strip(".-") or "page"
        if not path or not re.search(r"\.\w{2,5}$", name):  # « .fr » of a host is no extension
            name += _SUFFIXES.get(self.type, "")
        return Obtained(self.content or b"", name, url=self.url)


class Visitor:
    """Asks the sites that are allowed, one file at a time, and reads robots.txt once a site."""

    def __init__(
        self,
        hosts: Collection[str],
        *,
        limits: Limits | None = None,
        resolve: Resolve = look_up,
        local: int | None = None,
    ) -> None:
        """``local``: the port of a server on this machine, which only tests give."""
        self._hosts = frozenset(hosts)
        self._limits = limits or Limits()
        self._resolve = resolve
        self._local = local
        self._rules: dict[str, Protego | None] = {}

    def get(self, url: str, stamp: Stamp | None = None) -> Brought:
        """The file at an address, or the news that it is still the one of ``stamp``.

        Raises CorpusError: ``address_refused`` where an address, of a redirect too, may not be
        asked; ``fetch_disallowed`` by robots.txt; ``fetch_failed`` when the site does not give it.
        """
        asked = stamp or Stamp()
        address, response = self._follow(url, asked.headers(), self._limits, polite=True)
        if response.status == 304 and stamp:
            return Brought(address.url, None, "", stamp)
        if response.status != 200:
            raise _failed(url, messages.CAUSE_STATUS.format(status=response.status))
        said = Stamp(response.headers.get("ETag"), response.headers.get("Last-Modified"))
        kind = response.headers.get_content_type()
        return Brought(address.url, response.body, kind, said)

    def _follow(
        self, url: str, headers: dict[str, str], limits: Limits, *, polite: bool
    ) -> tuple[Address, Response]:
        """The response where the redirects end, each checked like the first address."""
        for _ in range(TURNS + 1):
            address = parse(url, self._hosts)
            if polite and not self._allowed(address):
                message = messages.ROBOTS.format(url=address.url)
                raise CorpusError("fetch_disallowed", message)
            response = self._ask(address, headers, limits)
            location = response.headers.get("Location")
            if response.status not in _REDIRECTS or not location:
                return address, response
            url = moved(address, location)
        raise _failed(url, messages.CAUSE_TURNS.format(limit=TURNS))

    def _ask(self, address: Address, headers: dict[str, str], limits: Limits) -> Response:
        try:
            ips = self._resolve(address.host)
        except OSError as error:
            raise _failed(address.url, messages.CAUSE_UNRESOLVED) from error
        check_public(address, ips, loopback=self._local is not None)
        try:
            return ask(address, ips, headers, limits, self._local)
        except Failed as error:
            raise _failed(address.url, str(error)) from error

    def _allowed(self, address: Address) -> bool:
        """Whether robots.txt lets programs read the address; all, where there is none."""
        if address.host not in self._rules:
            self._rules[address.host] = self._robots(address)
        rules = self._rules[address.host]
        return rules is None or bool(rules.can_fetch(address.url, AGENT))

    def _robots(self, address: Address) -> Protego | None:
        """The rules of a site. Raises CorpusError ``fetch_failed`` when it cannot tell (5xx)."""
        url = address.robots()
        _, response = self._follow(url, {}, ROBOTS, polite=False)
        if response.status == 200:
            return Protego.parse(response.body.decode("utf-8", "replace"))
        if response.status >= 500:
            raise _failed(url, messages.CAUSE_STATUS.format(status=response.status))
        return None


def _failed(url: str, cause: str) -> CorpusError:
    return CorpusError("fetch_failed", messages.FETCH_FAILED.format(url=url, cause=cause))
