"""Where tries come from, for those that are counted."""

import re
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX = 64  # what one household or office is given
PORT = re.compile(r"\[(.+)\](?::\d+)?|([\d.]+):\d+")  # some proxies write it too, and it differs each time


def network(request: HttpRequest) -> str:
    """Where a request comes from: its IPv4 address, or the network of its IPv6 one."""
    found = _without_port(_client(request))
    try:
        address = ip_address(found)
    except ValueError:
        return found
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Network((address, IPV6_PREFIX), strict=False))
    return str(address)


def _without_port(told: str) -> str:
    match = PORT.fullmatch(told)
    return (match[1] or match[2]) if match else told


def _client(request: HttpRequest) -> str:
    """The address that the outermost of our own proxies saw; what stands before it in the header anybody may write."""
    told = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies and len(told) >= proxies and told[-proxies]:
        return told[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
