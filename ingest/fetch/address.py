"""An address as text in, proof that it may be asked out: the only parser of addresses.

What is connected to is the :class:`Address` that was checked, and the very IP that was checked:
no second parser, no second look-up of the name.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from assistant.errors import CorpusError
from ingest import messages

Resolve = Callable[[str], list[str]]

_ADDRESS = re.compile(
    r"https://(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::443)?(?P<target>[/?][!-~]*)?"
)
_LONGEST = 2000  # characters
# Addresses that carry another one inside, which a gateway may take them to.
_TUNNELS = [ipaddress.ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")]
_TUNNELS += [ipaddress.ip_network("2001::/32"), ipaddress.ip_network("::/96")]


@dataclass(frozen=True)
class Address:
    """A checked https address: a host that is allowed, and what is asked of it."""

    host: str
    target: str

    @property
    def url(self) -> str:
        """As it is shown and remembered."""
        return f"https://{self.host}{self.target}"

    def robots(self) -> str:
        """Where the site says what programs may read (RFC 9309)."""
        return f"https://{self.host}/robots.txt"


def parse(url: str, hosts: Collection[str]) -> Address:
    """The address of a URL.

    Raises CorpusError ``address_refused``: another scheme, user information, a port, a control
    character, a backslash, or a host that is not one of ``hosts``.
    """
    plain = re.sub(r"[^\x00-\x7f]+", lambda m: quote(m.group()), url.split("#", 1)[0])
    match = _ADDRESS.fullmatch(plain) if len(plain) <= _LONGEST and "\\" not in plain else None
    if match is None:
        raise CorpusError("address_refused", messages.ADDRESS_FORM.format(url=_short(url)))
    if match["host"] not in hosts:
        message = messages.ADDRESS_HOST.format(url=_short(url), host=match["host"])
        raise CorpusError("address_refused", message)
    target = match["target"] or "/"
    return Address(match["host"], target if target[0] == "/" else f"/{target}")


def moved(address: Address, location: str) -> str:
    """Where a redirect leads, as text: it is parsed and checked again like any other."""
    return urljoin(address.url, location)


def look_up(host: str) -> list[str]:
    """The IP addresses of a host, as the system gives them. Raises OSError."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def check_public(address: Address, ips: Collection[str], *, loopback: bool = False) -> None:
    """Raises CorpusError ``address_refused`` unless each IP of an address is public.

    Not private, loopback, link-local, multicast, reserved, nor with another address inside; a name
    that leads to both kinds is not to be trusted. ``loopback`` lets tests reach this machine.
    """
    for ip in ips:
        if not (_is_public(ip) or (loopback and ip == "127.0.0.1")):
            message = messages.ADDRESS_PRIVATE.format(url=address.url, host=address.host, ip=ip)
            raise CorpusError("address_refused", message)


def _is_public(ip: str) -> bool:
    try:
        parsed = ipaddress.ip_address(ip)
    except ValueError:  # with a zone, such as fe80::1%eth0
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped or any(parsed in network for network in _TUNNELS):
            return False
        if parsed.is_site_local:
            return False
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved)


def _short(url: str) -> str:
    """Fit to be shown: on one line, without control characters."""
    return re.sub(r"[\x00-\x1f\x7f]", "?", url)[:200]
