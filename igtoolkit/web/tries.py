"""Counting tries, so that nobody guesses for long. Counts are kept in the cache that every process shares."""

from collections.abc import Sequence
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil
from time import time
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

IPV6_PREFIX = 64  # what one household or office is given


class Limit(NamedTuple):
    """So many tries within so many seconds. `what` is tried, by or on `whom`."""

    what: str
    whom: str
    most: int
    within: int


def seconds_to_wait(limits: Sequence[Limit]) -> int:
    """0 when a try is allowed by every limit, and then it is counted; else how long until another will be."""
    now = time()
    tried = {each: [at for at in cache.get(_key(each), []) if at > now - each.within] for each in limits}
    waits = [tried[each][-each.most] + each.within - now for each in limits if len(tried[each]) >= each.most]
    if waits:
        return max(1, ceil(max(waits)))
    for each in limits:
        cache.set(_key(each), [*tried[each], now], each.within)
    return 0


def network(request: HttpRequest) -> str:
    """Where a request comes from: its IPv4 address, or the network of its IPv6 one."""
    found = get_adapter().get_client_ip(request)
    try:
        address = ip_address(found)
    except ValueError:
        return str(found)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, IPV6_PREFIX), strict=False))
    return str(address)


def _key(limit: Limit) -> str:
    counted = f"{limit.what} {limit.within} {limit.whom}"
    return f"tries:{sha256(counted.encode()).hexdigest()}"
