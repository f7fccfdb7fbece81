"""How much a file may cost: its size, and the memory and time of the process that reads it."""

import resource
import sys
from dataclasses import dataclass

LARGEST = 20_000_000  # bytes of a file; a guide of a thousand pages is under 5 MB of text
WRITTEN = 200_000_000  # bytes of any file that a reader writes, pictures of pages included


@dataclass(frozen=True)
class Limits:
    """``memory`` in bytes of address space; ``cpu`` and ``seconds`` in seconds."""

    memory: int
    cpu: int
    seconds: int


TEXT = Limits(memory=1_500_000_000, cpu=30, seconds=60)
# Characters are recognised at about three seconds a page, by a program that counts apart.
PICTURES = Limits(memory=3_000_000_000, cpu=600, seconds=1_800)


def limits_of(content: bytes) -> Limits:
    """More for what may hold pictures of pages."""
    pictures = b"%PDF-" in content[:1024] or content[:2] in (b"\x89P", b"\xff\xd8", b"II", b"MM")
    return PICTURES if pictures else TEXT


def confine(limits: Limits) -> None:
    """Hold this process, and what it starts, to the limits; no network and no core dump."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    sys.addaudithook(_offline)


def _offline(event: str, _: object) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        raise PermissionError(event)
