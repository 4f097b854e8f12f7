"""Which address on the network a request comes from."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

ONE_LINE = 64  # bits of an IPv6 address: whoever has a line has every address below them


def client_address(request: HttpRequest) -> str:
    """The visitor's address; behind the proxy that brings HTTPS, the one that it has written.

    Of an IPv6 address the network, `2001:db8::/64`, so that nobody counts as many.
    """
    passed_on = request.headers.get("X-Forwarded-For", "")
    if settings.HTTPS and passed_on:
        return _counted_as(passed_on.rpartition(",")[2].strip())
    return _counted_as(str(request.META.get("REMOTE_ADDR", "")))


def _counted_as(written: str) -> str:
    try:
        address = ip_address(written)
    except ValueError:
        return written
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network(f"{address.exploded}/{ONE_LINE}", strict=False))
