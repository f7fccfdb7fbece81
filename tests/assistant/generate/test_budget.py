"""The budget and the breaker, on a clock that the tests turn."""

from contextlib import ExitStack

import pytest

from assistant.generate.budget import FAILURES, REST, Breaker, Budget
from assistant.generate.trouble import OUTAGES, REASONS, Failed, Gone, Reason


def fails(breaker: Breaker, reason: Reason) -> str:
    """The reason met when a reply fails for one."""
    with pytest.raises(Failed) as met, breaker.reply():
        raise Failed(reason)
    return met.value.reason


def test_so_many_at_once() -> None:
    budget = Budget(per_minute=100, in_flight=2, clock=lambda: 0.0)
    with ExitStack() as held:
        for _ in range(2):
            held.enter_context(budget.reply())
        with pytest.raises(Failed, match="in_flight"), budget.reply():
            pass
    with budget.reply():  # those are done
        pass


def test_what_was_refused_is_not_counted() -> None:
    now = [0.0]
    budget = Budget(per_minute=1, in_flight=9, clock=lambda: now[0])
    for _ in range(4):
        now[0] += 20
        if now[0] in (20, 80):
            with budget.reply():
                continue
        with pytest.raises(Failed, match="minute"), budget.reply():
            pass


def test_only_outages_open_it() -> None:
    breaker = Breaker(clock=lambda: 0.0)
    others = [reason for reason in REASONS if reason not in OUTAGES]
    assert {"request", "empty", "filtered", "language"} <= {*others}
    for reason in others * FAILURES:
        assert fails(breaker, reason) == reason
    assert breaker.state == "closed"
    for _ in range(FAILURES):
        assert fails(breaker, "server") == "server"
    assert fails(breaker, "server") == "open"


def test_a_success_between_outages_keeps_it_closed() -> None:
    breaker = Breaker(clock=lambda: 0.0)
    for _ in range(FAILURES * 2):
        fails(breaker, "cut")
        with breaker.reply():
            pass
    assert breaker.state == "closed"


def test_half_open_lets_one_try_and_one_only() -> None:
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    for _ in range(FAILURES):
        fails(breaker, "connection")
    now[0] = REST
    with breaker.reply():
        assert fails(breaker, "server") == "open"
    assert breaker.state == "closed"


def test_a_try_given_up_lets_another_try() -> None:
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    for _ in range(FAILURES):
        fails(breaker, "connection")
    now[0] = REST
    with pytest.raises(Gone), breaker.reply():
        raise Gone
    assert breaker.state == "half-open"
    with breaker.reply():
        pass
    assert breaker.state == "closed"


def test_a_budget_that_is_spent_is_no_sign_of_health() -> None:
    breaker = Breaker(clock=lambda: 0.0)
    fails(breaker, "server")
    fails(breaker, "minute")
    fails(breaker, "server")
    fails(breaker, "in_flight")
    assert breaker.state == "closed"
    assert fails(breaker, "server") == "server"
    assert fails(breaker, "server") == "open"


def test_a_question_that_is_refused_is_no_sign_of_health() -> None:
    breaker = Breaker(clock=lambda: 0.0)
    for reason in ("server", "request", "server", "request", "server"):
        fails(breaker, reason)
    assert breaker.state == "open"


def test_while_it_is_open_nothing_is_spent() -> None:
    breaker = Breaker(clock=lambda: 0.0)
    budget = Budget(per_minute=1, in_flight=1, clock=lambda: 0.0)
    for _ in range(FAILURES):
        fails(breaker, "server")
    with pytest.raises(Failed, match="open"), breaker.reply(), budget.reply():
        pass
    with budget.reply():
        pass
