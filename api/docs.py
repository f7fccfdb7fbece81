"""The documentation of the interface at ``/docs``, drawn from ``/openapi.json``.

The framework's own page loads its parts from a third party; this one loads only what lies in
``static``.
"""

from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).parent / "static"


def mount(app: FastAPI) -> None:
    """Add the page and its parts to an application."""

    @app.get("/docs", include_in_schema=False)
    async def docs() -> FileResponse:
        return FileResponse(STATIC / "docs.html")

    app.mount("/docs/static", StaticFiles(directory=STATIC), name="docs")
