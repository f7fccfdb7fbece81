"""A running server of the HTTP contract: a case in, what ``POST /api/ask`` answers out."""

import time

import httpx

from evals.case import Case
from evals.given import Given

PATIENCE = 60.0  # seconds for one answer
TRIES = 5
BUSY = (429, 503)  # the server says when to come back


class ServerError(Exception):
    """The server gave an error instead of an answer, or nothing answers."""


class Server:
    """Asks one question after the other; waits where the server says that it is asked too much."""

    name = "server"
    ranks = False  # the contract tells citations, not what was retrieved

    def __init__(self, url: str) -> None:
        """Raises ServerError when nothing answers at the address, or it has no index yet."""
        # a connection a question, as each person opens one; none stays open behind
        limits = httpx.Limits(max_keepalive_connections=0)
        try:
            self._client = httpx.Client(
                base_url=url, timeout=PATIENCE, limits=limits, trust_env=False
            )
            ready = self._client.get("/ready")  # another assistant may not know this route
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServerError(f"{type(error).__name__}: {error}") from error
        if ready.is_server_error:
            raise ServerError(f"{ready.status_code} {ready.text[:200]}")

    def answer(self, case: Case) -> Given:
        """The answer, with the time as a client sees it, waits of the rate limit apart.

        Raises ServerError when the server answers with an error, httpx's errors without answer.
        """
        asked = {"question": case.question, "history": list(case.history)}
        for _ in range(TRIES):
            started = time.perf_counter()
            response = self._client.post("/api/ask", json=asked)
            elapsed = (time.perf_counter() - started) * 1000
            if response.status_code not in BUSY or "Retry-After" not in response.headers:
                break
            time.sleep(min(float(response.headers["Retry-After"]), PATIENCE))
        if not response.is_success:
            raise ServerError(f"{response.status_code} {response.text[:200]}")
        return Given.model_validate(response.json()).model_copy(update={"elapsed_ms": elapsed})
