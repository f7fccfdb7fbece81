"""A request in; whether it comes from this very machine, and not through a proxy on it, out."""

import ipaddress

from fastapi import Request

PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def near(request: Request) -> bool:
    """Whether it comes from the loopback, and no proxy says that it passes on somebody else's."""
    if any(name in request.headers for name in PASSED_ON):
        return False
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    return address.is_loopback
