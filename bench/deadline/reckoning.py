"""What the deadline hour came to: how long people waited, and whether everything acknowledged is there once."""

from collections import Counter, defaultdict
from statistics import median

from bench.deadline.driving import Played
from bench.timing import Row, quantile, table
from igtoolkit.access import scope
from igtoolkit.records.models import AuditEvent, Submission

WHY = "the bench looks for everything that was acknowledged"


def tell(played: Played, lasted: float) -> int:
    """Print the table. Returns 1 when anything was lost, doubled or refused, else 0."""
    failed = [each for each in played.told if each.status not in (200, 302)]
    lost, doubled = _lost(played), _doubled(played)
    rows = [*_waits(played), _count("requests failed", len(failed)), _count("acknowledged and lost", len(lost))]
    rows += [_count("acknowledged and doubled", len(doubled))]
    print(table(rows))
    print(f"\n{len(played.told):,} requests in {lasted:.0f} s, {len(played.told) / lasted:.0f} a second;")
    print(f"{len(played.saved):,} saves and {len(played.submitted):,} submissions acknowledged")
    for status, n in sorted(Counter((each.what, each.status) for each in failed).items()):
        print(f"failed: {status} {n}")
    return 1 if failed or lost or doubled else 0


def _waits(played: Played) -> list[Row]:
    everything = [each.taken for each in played.told]
    by_sort = defaultdict(list)
    for each in played.told:
        by_sort[each.what].append(each.taken)
    rows = [_wait("any request", everything, "p95 ≤ 500 ms")]
    return rows + [_wait(what, taken, "") for what, taken in sorted(by_sort.items())]


def _wait(what: str, taken: list[float], bar: str) -> Row:
    high = quantile(taken, 0.95)
    told = f"p50 {median(taken):.0f} ms, p95 {high:.0f} ms, p99 {quantile(taken, 0.99):.0f} ms (n = {len(taken):,})"
    return Row(what, bar, told, not bar or high <= 500)


def _count(what: str, n: int) -> Row:
    return Row(what, "0", str(n), n == 0)


def _lost(played: Played) -> list[tuple[str, str]]:
    """What was acknowledged and is in no audit event, or in no submission."""
    events = scope.everything(AuditEvent, reason=WHY).filter(event="answer_saved").values_list("chain", "facts")
    told = defaultdict(list)
    for chain, facts in events:
        told[chain].append(facts)
    lost = [each for each in played.saved if not any(each[1] in facts for facts in told[each[0]])]
    kept = set(_kept())
    return lost + [each for each in played.submitted if each not in kept]


def _doubled(played: Played) -> list[tuple[str, str]]:
    """Forms that made more than one submission, though each carries a key of its own."""
    counted = Counter(_kept())
    return [each for each in set(played.submitted) if counted[each] > 1]


def _kept() -> list[tuple[str, str]]:
    rows = scope.everything(Submission, reason=WHY)
    return list(rows.values_list("organisation__code", "key"))
