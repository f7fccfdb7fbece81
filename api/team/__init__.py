"""The page of the team, ``/equipe``: the audience in, plain HTML and CSV out, behind a password.

It holds no script, may not be framed and is never kept in a cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fastapi import Depends, FastAPI, Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from api.errors import HttpError
from api.messages import CHANNELS, TEAM
from api.team.access import Gate
from ui.messages import ECHELONS, STATES
from ui.render import render

if TYPE_CHECKING:
    from api.audience import Audience
    from assistant.settings import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}


def mount(app: FastAPI, settings: Settings) -> None:
    """Add the page and its two tables; without a password in the settings all are 404."""
    gate = Gate(settings.staff_password)

    @app.get("/equipe", include_in_schema=False, dependencies=[Depends(gate)])
    def page(request: Request) -> HTMLResponse:
        return team_page(request.app.state.audience, settings)

    @app.get("/equipe/{name}.csv", include_in_schema=False, dependencies=[Depends(gate)])
    def table(request: Request, name: Literal["questions", "avis"]) -> Response:
        return table_of(request.app.state.audience, name)

    @app.exception_handler(gate.Refused)
    def refuse(request: Request, refused: Exception) -> HTMLResponse:
        assert isinstance(refused, gate.Refused)
        return _said(refused.code, refused.status, refused.headers, **refused.values)


def team_page(audience: Audience, settings: Settings) -> HTMLResponse:
    """What the team reads; 503 while the database is away."""
    try:
        report = audience.report()
    except HttpError:
        return _said("away", 503, {})
    named = {"states": STATES, "levels": ECHELONS, "channels": CHANNELS, "settings": settings}
    counts = {
        "dropped": audience.writer.dropped,
        "refused": audience.refused,
        "displaced": audience.store.displaced,
    }
    html = render("team.html", report=report, **counts, **named)
    return HTMLResponse(html, headers=HEADERS)


def table_of(audience: Audience, name: str) -> Response:
    """A table as a file for a spreadsheet; 503 while the database is away."""
    from api.audience.export import table

    try:
        audience.store.check()
    except HttpError:
        return _said("away", 503, {})
    named = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(
        table(audience.store, name), media_type="text/csv; charset=utf-8", headers=HEADERS | named
    )


def _said(code: str, status: int, headers: dict[str, str], **values: object) -> HTMLResponse:
    """A page with one thing to say."""
    more = TEAM[f"{code}_more"].format(**values)
    html = render("lost.html", title=TEAM[code], more=more, documents=[])
    return HTMLResponse(html, status_code=status, headers={**HEADERS, **headers})
