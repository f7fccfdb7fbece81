"""The proofs that the tests share tell what differs, as the tests themselves do."""

import pytest

pytest.register_assert_rewrite("tests.assistant.proof")
