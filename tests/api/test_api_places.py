"""So many are answered at once; the rest wait their turn, fairly and not for long."""

import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import anyio
import pytest
from anyio.abc import TaskGroup
from starlette.types import Message, Receive, Scope, Send

from api.places import QUESTIONS, Places, Room, is_stream

SMALL = Room(places=2, places_each=2, waiting=4, waiting_each=4, patience=60)


@dataclass
class Site:
    """An application whose answers end when told, behind a room."""

    room: Room = SMALL
    counts: Callable[[Scope], bool] | None = None
    began: list[str] = field(default_factory=list)
    refused: list[tuple[str, list[Message]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._end = anyio.Semaphore(0)
        chosen = {} if self.counts is None else {"counts": self.counts}
        self.places = Places(self._answer, self.room, **chosen)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.began.append(scope["who"])
        await self._end.acquire()

    async def ask(self, who: str, path: str = "/api/ask", method: str = "POST") -> None:
        """One request, to its end; a letter is an address of its own."""
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.disconnect"}

        client = (f"10.0.0.{ord(who)}" if len(who) == 1 else who, 1234)
        scope: Scope = {"type": "http", "method": method, "path": path, "client": client}
        await self.places({**scope, "headers": [], "who": who}, receive, send)
        if sent:
            self.refused.append((who, sent))

    async def come(self, tasks: TaskGroup, *addresses: str, **of: Any) -> None:
        """Requests that arrive one after the other."""
        for address in addresses:
            tasks.start_soon(lambda who=address: self.ask(who, **of))
            await anyio.wait_all_tasks_blocked()

    async def end(self, times: int = 1) -> None:
        """So many answers are finished, one after the other."""
        for _ in range(times):
            self._end.release()
            await anyio.wait_all_tasks_blocked()


def run(story: Callable[[Site, TaskGroup], Awaitable[None]], site: Site | None = None) -> Site:
    """A story played to its end; nothing is left in the room."""

    async def played() -> Site:
        made = site or Site()
        async with anyio.create_task_group() as tasks:
            await story(made, tasks)
            await made.end(50)
        return made

    told = anyio.run(played)
    assert (told.places.taken, told.places.waiting) == (0, 0)
    assert not told.places._taken and not told.places._queues
    return told


def test_beyond_the_places_they_wait_and_beyond_the_queue_they_are_told_to_come_back() -> None:
    async def story(site: Site, tasks: TaskGroup) -> None:
        await site.come(tasks, *"aaaaaaa")
        assert (site.places.taken, site.places.waiting) == (2, 4)
        assert len(site.refused) == 1

    site = run(story)
    assert len(site.began) == 6
    [(_, sent)] = site.refused
    assert sent[0]["status"] == 503
    assert dict(sent[0]["headers"])[b"retry-after"] == b"2"
    assert json.loads(sent[1]["body"])["error"] == {
        "code": "server_busy",
        "message": "Le service est très sollicité : réessayez dans quelques secondes.",
        "retryable": True,
    }


def test_the_addresses_that_wait_are_served_in_turn() -> None:
    async def story(site: Site, tasks: TaskGroup) -> None:
        await site.come(tasks, *"aaaaabbc")

    site = run(story, Site(replace(SMALL, waiting=9, waiting_each=9)))
    assert "".join(site.began) == "aa" + "abc" + "ab" + "a"


def test_one_address_leaves_places_to_others() -> None:
    async def story(site: Site, tasks: TaskGroup) -> None:
        await site.come(tasks, *"aaaa")
        assert (site.began, site.places.waiting) == (["a", "a"], 2)
        await site.come(tasks, "b")
        assert site.began == ["a", "a", "b"]

    run(story, Site(Room(3, 2, waiting=4, waiting_each=4)))


def test_one_address_leaves_room_in_the_queue() -> None:
    async def story(site: Site, tasks: TaskGroup) -> None:
        await site.come(tasks, *"aaaaaabb")

    site = run(story, Site(Room(2, 2, waiting=4, waiting_each=2)))
    assert [who for who, _ in site.refused] == ["a", "a"]
    assert "".join(site.began) == "aaabab"


def test_one_subscriber_of_ipv6_is_one_address() -> None:
    async def story(site: Site, tasks: TaskGroup) -> None:
        await site.come(tasks, "2001:db8::1", "2001:db8::2", "2001:db8::3")
        assert site.places.taken == 1

    run(story, Site(Room(3, 1, waiting=4, waiting_each=4)))


def test_nobody_waits_longer_than_told() -> None:
    async def story(site: Site, tasks: TaskGroup) -> None:
        await site.come(tasks, *"ab")
        with anyio.fail_after(30):  # who is never told would wait for ever
            await site.ask("c")
        assert [who for who, _ in site.refused] == ["c"]
        assert (site.places.taken, site.places.waiting) == (2, 0)

    site = run(story, Site(replace(SMALL, patience=0.02)))
    assert site.began == ["a", "b"]


def test_who_leaves_the_queue_costs_nobody_a_place() -> None:
    async def story(site: Site, tasks: TaskGroup) -> None:
        await site.come(tasks, *"ab")
        async with anyio.create_task_group() as leaving:
            await site.come(leaving, *"cd")
            leaving.cancel_scope.cancel()
        assert site.places.waiting == 0
        await site.come(tasks, "e")
        await site.end()
        assert site.began == ["a", "b", "e"]

    run(story)


def test_a_place_given_to_one_who_leaves_in_the_same_instant_is_given_back() -> None:
    async def story(site: Site, tasks: TaskGroup) -> None:
        async with anyio.create_task_group() as leaving:
            await site.come(tasks, *"ab")
            await site.come(leaving, "c")
            await site.come(tasks, "d")
            site._end.release()
            while site.places.waiting == 2:
                await anyio.lowlevel.checkpoint()
            leaving.cancel_scope.cancel()
        await anyio.wait_all_tasks_blocked()
        assert (site.places.taken, site.places.waiting) == (2, 0)

    run(story)


def test_a_failure_gives_its_place_back() -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError

    async def story() -> int:
        site = Site()
        site.places.app = failing
        with suppress(RuntimeError):
            await site.ask("a")
        return site.places.taken

    assert anyio.run(story) == 0


def test_reading_takes_no_place() -> None:
    async def story(site: Site, tasks: TaskGroup) -> None:
        await site.come(tasks, *"aaa", method="GET")
        assert (len(site.began), site.places.taken) == (3, 0)

    run(story)


def test_the_connections_of_the_page_are_counted_apart_and_do_not_wait() -> None:
    room = Room(2, 1, waiting=0, waiting_each=0)

    async def story(site: Site, tasks: TaskGroup) -> None:
        await site.come(tasks, *"aab", method="GET", path="/gradio_api/queue/data")
        await site.come(tasks, "a")
        assert [who for who, _ in site.refused] == ["a"]
        assert site.began == ["a", "b", "a"]

    run(story, Site(room, counts=is_stream))


@pytest.fixture
def threads() -> Iterator[int]:
    """How many threads the framework answers with."""

    async def count() -> float:
        return anyio.to_thread.current_default_thread_limiter().total_tokens

    yield int(anyio.run(count))


def test_questions_leave_threads_to_those_who_read(threads: int) -> None:
    assert QUESTIONS.places_each < QUESTIONS.places < threads
    assert QUESTIONS.waiting_each < QUESTIONS.waiting
