"""Who moved most: equals kept together, crowds counted, denominators said."""

from fractions import Fraction

from igtoolkit.reports.national_moved import Moved
from igtoolkit.reports.national_page import national_page
from tests.reports.national_example import report, said, trust
from tests.reports.test_national_page import PASSED


def met(n: int) -> str:
    """Letters of a trust that meets the first n recommendations."""
    return "M" * n + "N" if n < 16 else "M"


def moved(trusts, before) -> Moved:
    return national_page(report(*trusts), before, PASSED).moved


def told(**pairs: tuple[int, int]) -> Moved:
    """moved() of trusts given as CODE=(met then, met now)."""
    now = [trust(code, met(pair[1])) for code, pair in pairs.items()]
    return moved(now, {code: said(met(pair[0])) for code, pair in pairs.items()})


def codes(tied):
    return [(each.change, [one.organisation["code"] for one in each.movers], each.named) for each in tied]


def test_everybody_who_submitted_both_is_counted_up_same_or_down():
    found = told(DMA001=(5, 11), DMA002=(4, 4), DMA003=(12, 8), DMA004=(0, 16))
    assert (found.both, found.rose, found.same, found.fell) == (4, 2, 1, 1)
    assert (found.then, found.now) == (Fraction(21, 4), Fraction(39, 4))


def test_who_submitted_only_once_is_left_out():
    found = moved([trust("DMA001", met(3)), trust("DMA002", "")], {"DMA002": said(met(3)), "DMA003": said(met(1))})
    assert (found.both, found.then, found.now, found.most_up, found.most_down) == (0, 0, 0, (), ())


def test_the_largest_moves_come_first_and_equals_in_code_order():
    found = told(DMA003=(5, 8), DMA001=(1, 4), DMA002=(5, 11), DMA004=(9, 7))
    assert codes(found.most_up) == [(6, ["DMA002"], True), (3, ["DMA001", "DMA003"], True)]
    assert codes(found.most_down) == [(-2, ["DMA004"], True)]


def test_equals_are_never_cut_apart():
    pairs = (
        {f"DMA{n:03d}": (5, 9) for n in range(1, 5)} | {f"DMA{n:03d}": (5, 8) for n in range(5, 9)} | {"DMA099": (5, 6)}
    )
    # Four, then all four of the next, although five would be enough; nobody after that.
    assert [(each.change, len(each.movers), each.named) for each in told(**pairs).most_up] == [
        (4, 4, True),
        (3, 4, True),
    ]


def test_a_crowd_of_equals_is_counted_and_not_named():
    pairs = {"DMA001": (5, 9)} | {f"DMA{n:03d}": (5, 7) for n in range(2, 30)}
    assert [(each.change, each.n, len(each.movers), each.named) for each in told(**pairs).most_up] == [
        (4, 1, 1, True), (2, 28, 0, False),
    ]  # fmt: skip
