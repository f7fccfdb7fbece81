"""The released widget over HTTP: ``/widget.js``, the newest, and ``/widget/{version}.js``, each.

Both names give bytes that were released: nothing is made on a server, and what was tested is what
is served. A version stays served after an upgrade, for sites that name its hash.
"""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ui.widget.released import Release, releases

SHORT = "public, max-age=300"  # seconds: a new version reaches every site in five minutes
FOR_GOOD = "public, max-age=31536000, immutable"
# A public script without anything secret: any site may read it, as `crossorigin` needs for
# `integrity`. Which sites may put questions is said by the routes of the API.
PUBLIC = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def mount(app: FastAPI) -> None:
    """Add both addresses to an application."""
    known = {one.version: one for one in releases()}
    newest = [*known.values()][-1]

    @app.get("/widget.js", include_in_schema=False)
    async def latest(request: Request) -> Response:
        return _script(newest, SHORT, request)

    @app.get("/widget/{version}.js", include_in_schema=False)
    async def versioned(version: str, request: Request) -> Response:
        if version not in known:
            raise HTTPException(404)
        return _script(known[version], FOR_GOOD, request)


def _script(release: Release, cache: str, request: Request) -> Response:
    # Weak: the same tag names it compressed or not.
    tag = f'W/"{release.integrity}"'
    headers = {**PUBLIC, "Cache-Control": cache, "ETag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(release.content, media_type="text/javascript", headers=headers)
