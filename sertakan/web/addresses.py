"""Which address on the network a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's address; behind the proxy that brings HTTPS, the one that it has written."""
    passed_on = request.headers.get("X-Forwarded-For", "")
    if settings.HTTPS and passed_on:
        return passed_on.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
