"""The page ``/integrer``: how another site takes the widget in, with lines ready to be copied.

An application in; the page out. Addresses are those by which the page itself was asked for.
"""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse

from ui.render import render
from ui.starts import choices
from ui.widget.released import releases


def mount(app: FastAPI) -> None:
    """Add the page to an application."""
    newest = releases()[-1]

    @app.get("/integrer", include_in_schema=False)
    async def integrate(request: Request) -> HTMLResponse:
        home = str(request.base_url)
        return HTMLResponse(
            render(
                "integrate.html",
                here="integrate",
                home=home,
                origin=home.rstrip("/"),
                release=newest,
                choices=choices(),
            )
        )
