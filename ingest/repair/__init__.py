"""Word-level repair of French text that came out of OCR: a noisy channel.

Comes in: the text of a document (to judge its state), then its blocks one by one. Goes out:
the blocks mended, each character still knowing the raw stretch it stands for.
"""

from ingest.aligned import Aligned
from ingest.repair.damage import Damage, estimate
from ingest.repair.marks import tidy
from ingest.repair.noise import noise
from ingest.repair.words import repair

__all__ = ["Aligned", "Damage", "estimate", "noise", "repair", "tidy"]
