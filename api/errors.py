"""From any failure to the one JSON shape of errors, with a fitting status and nothing leaked.

``{"error": {"code": "…", "message": "… (French) …", "retryable": false}}``
"""

import logging
import re
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from api.messages import ERRORS, PUBLIC
from assistant.errors import AssistantError
from assistant.messages import DETAILS
from assistant.messages import ERRORS as CORE_ERRORS
from ui.pages import unknown_page

STATUS: dict[str, int] = {
    "json_malformed": 400,
    "not_found": 404,
    "answer_unknown": 404,
    "method_not_allowed": 405,
    "body_too_slow": 408,
    "body_too_large": 413,
    "media_type_unsupported": 415,
    "feedback_malformed": 422,
    "rate_limited": 429,
    "internal_error": 500,
    "server_busy": 503,
    "feedback_unavailable": 503,
    "database_unavailable": 503,
}
RETRYABLE = {"body_too_slow", "rate_limited", "internal_error", "server_busy"} | {
    "feedback_unavailable",
    "database_unavailable",
}
PROGRAMS = re.compile(r"/(api|gradio_api|assets)(/.*)?")  # addresses that no person writes
log = logging.getLogger("api")


class HttpError(AssistantError):
    """A request that fails before the core, or around it; ``code`` is a key of STATUS."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, ERRORS[code].format(**values))
        self.status = STATUS[code]
        self.retryable = code in RETRYABLE


def body_of(error: AssistantError) -> dict[str, dict[str, object]]:
    """The JSON shape of an error; causes that name files stay in the log."""
    message = PUBLIC.get(error.code, error.message)
    return {"error": {"code": error.code, "message": message, "retryable": error.retryable}}


def response_of(error: AssistantError, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The whole response of an error, headers such as Retry-After included."""
    return JSONResponse(body_of(error), status_code=error.status, headers=headers)


def unforeseen(cause: BaseException) -> HttpError:
    """An error that says nothing of its cause, which is written to the log."""
    log.error("unforeseen error", exc_info=cause)
    return HttpError("internal_error")


def install(app: FastAPI) -> None:
    """Make every error of an application take the one shape."""
    app.add_exception_handler(AssistantError, _on_assistant_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_exception)


def _on_assistant_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AssistantError)
    if error.status >= 500:
        log.warning("%s: %s", error.code, error.message)
    return response_of(error)


def _on_validation_error(request: Request, error: Exception) -> JSONResponse:
    refusal = AssistantError(
        "request_malformed", CORE_ERRORS["request_malformed"].format(detail=DETAILS["object"])
    )
    refusal.status = 422
    return response_of(refusal)


def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404 and _is_read(request):
        return unknown_page()
    if error.status_code == 404:
        return response_of(HttpError("not_found"))
    if error.status_code == 405:
        return response_of(HttpError("method_not_allowed", method=request.method), error.headers)
    return response_of(unforeseen(error))


def _is_read(request: Request) -> bool:
    """Whether a person asked for a page, and not a program for data."""
    accepts = request.headers.get("accept", "")
    asked = request.method == "GET" and "text/html" in accepts
    return asked and not PROGRAMS.fullmatch(request.url.path)
