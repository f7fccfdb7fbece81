"""Ranked passages in, how early they hold what is needed out; computed by ir-measures.

Systems cut the documents differently, so what is ranked is needs: each passage is read as the
needs that it is the first to meet, one rank each, or as one rank of noise where it meets none
anew. A question that needs nothing, and a system that does not tell its ranking, have none.
"""

import ir_measures
from ir_measures import RR, R, nDCG
from ir_measures.measures import Measure

from evals.case import Case
from evals.given import Given, meets, needs


def recall_4(case: Case, given: Given) -> float | None:
    """Recall@4: share of the needs met in the first four ranks, in [0, 1]."""
    return _measured(R @ 4, case, given)


def recall_10(case: Case, given: Given) -> float | None:
    """Recall@10: share of the needs met in the first ten ranks, in [0, 1]."""
    return _measured(R @ 10, case, given)


def mrr(case: Case, given: Given) -> float | None:
    """Reciprocal rank of the first need met, 0 where none is (Voorhees, TREC-8, 1999)."""
    return _measured(RR, case, given)


def ndcg_10(case: Case, given: Given) -> float | None:
    """nDCG@10: gains discounted by the logarithm of the rank (Järvelin and Kekäläinen, 2002)."""
    return _measured(nDCG @ 10, case, given)


def _measured(measure: Measure, case: Case, given: Given) -> float | None:
    wanted = needs(case)
    if not wanted or given.ranked is None:
        return None
    ranks = _ranks(case, given)
    judged = [ir_measures.Qrel("q", f"need{i}", 1) for i in range(len(wanted))]
    # trec_eval breaks ties by name, so that every rank has a score of its own
    run = [ir_measures.ScoredDoc("q", name, -float(rank)) for rank, name in enumerate(ranks)]
    return float(ir_measures.calc_aggregate([measure], judged, run)[measure]) if run else 0.0


def _ranks(case: Case, given: Given) -> list[str]:
    """What stands at each rank: a need met for the first time, or noise."""
    wanted = needs(case)
    met: set[int] = set()
    ranks: list[str] = []
    for place in given.ranked or ():
        anew = [i for i, need in enumerate(wanted) if i not in met and meets(place, need)]
        met |= set(anew)
        ranks += [f"need{i}" for i in anew] or [f"noise{len(ranks)}"]
    return ranks
