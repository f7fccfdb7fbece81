"""What travels, where it is not already a core type: models of responses, schemas of requests."""

from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from assistant.request import (
    MAX_ID,
    MAX_PLACE,
    MAX_QUESTION,
    MAX_SOURCES,
    MAX_TURN,
    MAX_TURNS,
)
from assistant.types import Echelon, Source


class ErrorDetail(BaseModel):
    """What went wrong, for programs and for people."""

    code: str
    message: str = Field(description="French, fit to be shown.")
    retryable: bool = Field(description="Whether the same request may succeed later.")


class ErrorBody(BaseModel):
    """The one shape of every error."""

    error: ErrorDetail


class SourceText(Source):
    """A source with the normalised text that the offsets of citations refer to."""

    text: str


class Suggestions(BaseModel):
    """What may well be asked after a question, and will be answered; at most three."""

    suggestions: tuple[str, ...]


class Health(BaseModel):
    """The server is alive."""

    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """The server answers; ``degraded`` when a part of it is away, which each field says."""

    status: Literal["ready", "degraded"]
    index_version: str
    index: str = Field(
        description="`ok`, or why the published version does not serve but the one before."
    )
    vectors: Literal["ok", "down"] = Field(
        description="Of a Chroma server: while it is down, words alone find passages."
    )
    database: Literal["ok", "down"] = Field(description="What the last attempt found.")


class Feedback(BaseModel):
    """An opinion on one answer; nothing in it says who gave it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    answer_id: str = Field(pattern=r"^[A-Za-z0-9_.:-]{1,100}$")
    rating: Literal["up", "down"]
    reason: str | None = Field(default=None, max_length=1_000)


QUESTION_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["question"],
    "additionalProperties": False,
    "properties": {
        "question": {
            "type": "string",
            "minLength": 1,
            "maxLength": MAX_QUESTION,
            "description": "With a letter or a digit.",
        },
        "history": {
            "type": ["array", "null"],
            "maxItems": MAX_TURNS,
            "description": "Oldest first; a bare string stands for a user turn.",
            "items": {
                "anyOf": [
                    {"type": "string", "maxLength": MAX_TURN},
                    {
                        "type": "object",
                        "required": ["content"],
                        "additionalProperties": False,
                        "properties": {
                            "role": {"enum": ["user", "assistant"], "default": "user"},
                            "content": {"type": "string", "maxLength": MAX_TURN},
                        },
                    },
                ]
            },
        },
        "echelon": {"enum": [*get_args(Echelon), None]},
        "place": {
            "type": ["string", "null"],
            "maxLength": MAX_PLACE,
            "description": "Number or name of a département, name of a région.",
        },
        "sources": {
            "type": ["array", "null"],
            "maxItems": MAX_SOURCES,
            "items": {"type": "string", "minLength": 1, "maxLength": MAX_ID},
            "description": "Ids of the only sources to answer from; all of them when empty.",
        },
    },
    "example": {
        "question": "Et pour une commune ?",
        "history": ["Comment mon département peut-il soutenir un PTCE ?"],
        "echelon": "commune",
    },
}
FEEDBACK_SCHEMA: dict[str, Any] = Feedback.model_json_schema()


def json_body(schema: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI part of a JSON request body that is validated by hand, for its messages."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
