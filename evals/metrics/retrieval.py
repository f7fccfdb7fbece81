"""Ranked passages in, how early they hold what is needed out; nDCG and MRR by ir-measures.

Systems cut the documents differently, so what counts is needs: a passage is worth as many as it is
the first to meet, all at its rank. A question that needs nothing, and a system that does not tell
its ranking, have none.
"""

import ir_measures
from ir_measures import RR, nDCG
from ir_measures.measures import Measure

from evals.case import Case
from evals.given import Given, meets, needs


def recall_4(case: Case, given: Given) -> float | None:
    """Recall@4: share of the needs met in the first four ranks, in [0, 1]."""
    return _recall(4, case, given)


def recall_10(case: Case, given: Given) -> float | None:
    """Recall@10: share of the needs met in the first ten ranks, in [0, 1]."""
    return _recall(10, case, given)


def mrr(case: Case, given: Given) -> float | None:
    """Reciprocal rank of the first need met, 0 where none is (Voorhees, TREC-8, 1999)."""
    return _measured(RR, case, given)


def ndcg_10(case: Case, given: Given) -> float | None:
    """nDCG@10: gains discounted by the logarithm of the rank (Järvelin and Kekäläinen, 2002)."""
    return _measured(nDCG @ 10, case, given)


def _recall(cut: int, case: Case, given: Given) -> float | None:
    gains = _gains(case, given)
    return None if gains is None else sum(gains[:cut]) / len(needs(case))


def _measured(measure: Measure, case: Case, given: Given) -> float | None:
    gains = _gains(case, given)
    if not gains:
        return None if gains is None else 0.0
    # a need that no passage meets is one that was never ranked
    unmet = [1] * (len(needs(case)) - sum(gains))
    judged = [ir_measures.Qrel("q", f"{i}", gain) for i, gain in enumerate([*gains, *unmet])]
    # trec_eval breaks ties by name, so that every rank has a score of its own
    run = [ir_measures.ScoredDoc("q", f"{rank}", -float(rank)) for rank in range(len(gains))]
    return float(ir_measures.calc_aggregate([measure], judged, run)[measure])


def _gains(case: Case, given: Given) -> list[int] | None:
    """How many needs the passage of each rank is the first to meet."""
    wanted = needs(case)
    if not wanted or given.ranked is None:
        return None
    met: set[int] = set()
    gains: list[int] = []
    for place in given.ranked:
        anew = {i for i, need in enumerate(wanted) if i not in met and meets(place, need)}
        met |= anew
        gains.append(len(anew))
    return gains
