"""Whether this deployment can work: the database answers, and its tables are of this version."""

from functools import cache

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 where all is well, else 503; a page for people, JSON for programs that ask for it."""
    checks = {"database": database_answers()}
    checks["migrations"] = checks["database"] and all_migrations_applied()
    well = all(checks.values())
    status = 200 if well else 503
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"status": "ok" if well else "unavailable", **checks}, status=status)
    return render(request, "web/health.html", {"checks": checks, "well": well}, status=status)


def database_answers() -> bool:
    """Whether a statement comes back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True


def all_migrations_applied() -> bool:
    """Whether the database has every migration that this version of the program brings."""
    try:
        return _migrations() <= set(MigrationRecorder(connection).applied_migrations())
    except (DatabaseError, InterfaceError):
        return False


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)
