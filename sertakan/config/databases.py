"""Which database: the one that DATABASE_URL names, else the embedded server under var/."""

from pathlib import Path
from typing import Any

from sertakan.config import environment
from sertakan.config.environment import BadEnvironment
from sertakan.postgres import roles
from sertakan.postgres.server import PORT, EmbeddedServer

DJANGO = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def database(folder: Path, *, embedded: bool) -> dict[str, Any]:
    """Django's entry for the database; `folder` is var/.

    `embedded` says whether the embedded server may be used.
    """
    url = environment.postgres_url("DATABASE_URL")
    if url is None and not embedded:
        raise BadEnvironment("DATABASE_URL must be set in production.")
    return {
        "ENGINE": "sertakan.postgres.backend",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {},
    } | (_embedded(folder) if url is None else _named(url))


def _embedded(folder: Path) -> dict[str, Any]:
    server = EmbeddedServer(folder / "postgres", folder / "secrets")
    return {
        "NAME": roles.DATABASE,
        "USER": roles.RUNTIME,
        "PASSWORD": server.password(roles.RUNTIME),
        "HOST": str(server.socket_folder),
        "PORT": str(PORT),
        "OPTIONS": {"require_auth": "scram-sha-256"},
        "OWNER": {"user": roles.OWNER, "password": server.password(roles.OWNER)},
        "RUNTIME_ROLE": roles.RUNTIME,
        "EMBEDDED": server,
    }


def _named(url: dict[str, str]) -> dict[str, Any]:
    owner = environment.postgres_url("DATABASE_OWNER_URL") or url
    if owner["dbname"] != url["dbname"]:
        raise BadEnvironment("DATABASE_OWNER_URL and DATABASE_URL must name the same database.")
    return {name: url.get(part, "") for part, name in DJANGO.items()} | {
        "OPTIONS": {part: value for part, value in url.items() if part not in DJANGO},
        "OWNER": {part: value for part, value in owner.items() if part != "dbname"},
        "RUNTIME_ROLE": environment.text("SERTAKAN_RUNTIME_ROLE", roles.RUNTIME),
        "EMBEDDED": None,
    }
