"""Where tries come from, for those that are counted."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

IPV6_PREFIX = 64  # what one household or office is given


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
