"""Noise at the ends of a scanned line: `DO DE B3 1`, `| 1`, `= R o`, a leading `=== `.

Comes in: one raw line and the damage of its document. Goes out: the stretches to drop. Bullets,
numbers, acronyms and everything in clean documents stay.
"""

from ingest.repair.damage import Damage
from ingest.repair.debris import Stretch, leading, trailing, whole


def noise(line: str, damage: Damage) -> list[Stretch]:
    """The stretches [start, end) of a raw line that are scanner noise, in order."""
    if damage.clean:
        return []
    if damage.noisy and (all_of_it := whole(line)):
        return [all_of_it]
    found = (leading(line), trailing(line, damage.counts, doubt=damage.noisy))
    return [stretch for stretch in found if stretch]
