"""What happens around every page."""

from collections.abc import Callable

import psycopg
import structlog
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse

from sertakan.web.errors import DATABASE_AWAY, DATABASE_NOT_READY, refused

log = structlog.get_logger(__name__)

NO_DEVICES = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class PermissionsPolicy:
    """No page asks for a camera, a microphone, a place or any other device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", NO_DEVICES)
        return response


class DatabaseAway:
    """A page that finds no database, or an empty one, says so instead of breaking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return database_trouble(request, error)


def database_trouble(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page that says that the database is away, or empty; None for any other error."""
    if isinstance(error, OperationalError | InterfaceError):
        log.error("database away", path=request.path, error=type(error).__name__)
        return refused(DATABASE_AWAY, request)
    if isinstance(error, ProgrammingError) and isinstance(
        error.__cause__, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn
    ):
        log.error("database not migrated", path=request.path)
        return refused(DATABASE_NOT_READY, request)
    return None
