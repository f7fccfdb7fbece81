"""A request for the page of the team in; nothing, or a refusal, out.

HTTP Basic (RFC 7617) under any name: the password is one, shared. It is compared in constant time,
read over HTTPS or from this machine only, and few wrong ones are taken from one address.
"""

import base64
import hmac

from fastapi import Request
from limits import RateLimitItemPerMinute
from pydantic import SecretStr
from starlette.exceptions import HTTPException

from api.limits import Window
from api.messages import TEAM
from api.watch.near import near

TRIES = RateLimitItemPerMinute(10, 15)  # wrong passwords, of one address
REMEMBERED = 10_000  # addresses; who has more of them gains little when they are forgotten


class Refused(Exception):
    """A request that does not see the page; ``code`` is a key of TEAM."""

    def __init__(
        self, code: str, status: int, headers: dict[str, str] | None = None, **values: object
    ) -> None:
        super().__init__(code)
        self.code, self.status, self.headers, self.values = code, status, headers or {}, values


class Gate:
    """What lets in those who know the password; without one there is nothing to see."""

    Refused = Refused

    def __init__(self, password: SecretStr | None, tries: Window | None = None) -> None:
        self._password = password
        # without a limit for all together, by which anybody could lock the team out
        self._wrong = tries or Window(TRIES, factor=None)

    async def __call__(self, request: Request) -> None:
        """Raises Refused, or HTTPException 404 where there is no password."""
        if self._password is None:
            raise HTTPException(404)
        if request.url.scheme != "https" and not near(request):
            raise Refused("insecure", 403)
        address = request.client.host if request.client else ""
        given = _password_of(request.headers.get("authorization", ""))
        if seconds := await self._wrong.full(address):
            wait = {"Retry-After": str(seconds)}
            raise Refused("locked", 429, wait, minutes=-(-seconds // 60))
        if given is not None and _same(given, self._password):
            return
        if given is not None:
            if len(self._wrong) >= REMEMBERED:
                await self._wrong.forget()
            await self._wrong.wait(address)
        asked = f'Basic realm="{TEAM["realm"]}", charset="UTF-8"'
        raise Refused("password", 401, {"WWW-Authenticate": asked})


def _password_of(header: str) -> bytes | None:
    """The password of an Authorization header; None where it holds none."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(encoded.strip(), validate=True).partition(b":")[2]
    except ValueError:
        return b""


def _same(given: bytes, password: SecretStr) -> bool:
    return hmac.compare_digest(given, password.get_secret_value().encode())
