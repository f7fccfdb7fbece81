"""People who ask, read, think and ask again, all at once; how each of their requests ended."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

QUESTIONS = Path(__file__).parents[2] / "evals" / "questions" / "development.jsonl"
ADDRESSES = 20  # of the loopback: users of one office share theirs
THINKING = (0.2, 0.8)  # seconds between an answer and the next question
PLACES = ("l'Isère", "la Drôme", "la Bretagne", "le Nord", "l'Occitanie", "Paris", "la Réunion")


@dataclass
class Told:
    """What all of the users met. ``wrong`` are replies that are neither answers nor honest 503s."""

    seconds: list[float] = field(default_factory=list)  # of the answers
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """The time in seconds that this share of the answers took at most."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def __str__(self) -> str:
        times = ", ".join(f"p{p} {1000 * self.quantile(p / 100):.0f} ms" for p in (50, 95, 99))
        return f"{len(self.seconds)} answers, {times}; {dict(self.statuses)}"


def questions(seed: int = 0) -> Sequence[str]:
    """The questions of the development half, in an order, each about a place of its own."""
    lines = QUESTIONS.read_text("utf-8").splitlines()
    asked = [str(json.loads(line)["question"]) for line in lines]
    chance = random.Random(seed)
    chance.shuffle(asked)
    return [f"{one} ({chance.choice(PLACES)}, {chance.randrange(10_000)})" for one in asked]


async def crowd(url: str, users: int, seconds: float) -> Told:
    """What ``users`` of the server at ``url`` met in so many seconds."""
    told, end = Told(), time.monotonic() + seconds
    async with asyncio.TaskGroup() as together:
        for user in range(users):
            together.create_task(_user(url, user, end, told))
    return told


async def _user(url: str, user: int, end: float, told: Told) -> None:
    transport = httpx.AsyncHTTPTransport(local_address=f"127.0.0.{2 + user % ADDRESSES}")
    chance = random.Random(user)
    asked = questions(user)
    async with httpx.AsyncClient(base_url=url, transport=transport, timeout=60) as client:
        await asyncio.sleep(chance.uniform(0, 1))
        for question in asked * 100:
            if time.monotonic() >= end:
                break
            pause = await _asked(client, question, told, chance)
            await asyncio.sleep(pause)


async def _asked(
    client: httpx.AsyncClient, question: str, told: Told, chance: random.Random
) -> float:
    """Ask one question; the seconds to wait before the next."""
    started = time.monotonic()
    path = chance.choice(("/api/ask", "/api/ask/stream"))
    try:
        reply = await client.post(path, json={"question": question})
    except httpx.HTTPError as error:
        told.wrong.append(repr(error))
        return chance.uniform(*THINKING)
    told.statuses[reply.status_code] += 1
    if reply.status_code == 503 and "server_busy" in reply.text and "retry-after" in reply.headers:
        return float(reply.headers["retry-after"])
    if reply.status_code != 200 or '"status"' not in reply.text:
        told.wrong.append(f"{reply.status_code} {reply.text[:200]}")
    else:
        told.seconds.append(time.monotonic() - started)
    return chance.uniform(*THINKING)
