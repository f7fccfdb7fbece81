"""The interface keeps its own description, whatever is sent to it (Schemathesis, RFC 9110)."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from api.app import create_app
from assistant.request import MAX_QUESTION
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index

load_all_checks()
# Not judged: whether good data is taken. The description says in words that a question holds a
# letter or a digit; tests/api has those cases.
CHECKED = [one for one in CHECKS.get_all() if one.__name__ != "positive_data_acceptance"]
# A body that is too large, or of another type, is refused too; the check knows 400 and 422.
REFUSED, REFUSING = (413, 415), CHECKS.get_by_names(["negative_data_rejection"])
BLANK = re.compile(r"^[\s\x00-\x1f\x7f-\x9f]+|[\s\x00-\x1f\x7f-\x9f]+$")
OPERATIONS = [
    ("POST", "/api/ask"),
    ("POST", "/api/ask/stream"),
    ("POST", "/api/suggestions"),
    ("POST", "/api/feedback"),
    ("GET", "/api/sources"),
    ("GET", "/api/sources/{source_id}"),
    ("GET", "/api/passages/{passage_id}"),
    ("GET", "/health"),
    ("GET", "/ready"),
]


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """The description that an application in good health gives of itself."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("schema"), rate_limit="off")
    app = create_app(settings, FakeReader(make_index()), FakeAsk())
    with TestClient(app):
        yield schemathesis.openapi.from_asgi("/openapi.json", app)


def fits_once_stripped(body: object) -> bool:
    """Whether a question is too long by its blanks and control characters alone."""
    text = body.get("question") if isinstance(body, dict) else None
    if not isinstance(text, str) or len(text) <= MAX_QUESTION:
        return False
    return len(BLANK.sub("", text)) <= MAX_QUESTION


def judge(schema: schemathesis.BaseSchema, method: str, path: str, examples: int) -> int:
    """Send so many requests, good and bad; gives how many were. Fails on the first violation."""
    sent: Counter[str] = Counter()
    for mode in GenerationMode if method == "POST" else [GenerationMode.POSITIVE]:

        @hypothesis_settings(
            max_examples=examples,
            database=None,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=schema[path][method].as_strategy(generation_mode=mode))
        def one(case: schemathesis.Case) -> None:
            sent[path] += 1
            reply = case.call()
            apart = reply.status_code in REFUSED or fits_once_stripped(case.body)
            case.validate_response(reply, checks=CHECKED, excluded_checks=REFUSING * apart)

        one()
    return sent.total()


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_request_breaks_the_description(
    schema: schemathesis.BaseSchema, method: str, path: str
) -> None:
    assert judge(schema, method, path, examples=10) > 0


@pytest.mark.full
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_request_of_many_breaks_the_description(
    schema: schemathesis.BaseSchema, method: str, path: str
) -> None:
    assert judge(schema, method, path, examples=300) > 0


def test_every_operation_is_judged(schema: schemathesis.BaseSchema) -> None:
    made = (result.ok() for result in schema.get_all_operations() if isinstance(result, Ok))
    assert {(one.method.upper(), one.path) for one in made} == set(OPERATIONS)
