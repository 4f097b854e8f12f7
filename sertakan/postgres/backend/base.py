"""Connections as the run-time role; as the owner only where that is asked for.

Beside Django's own keys, an entry of DATABASES has
- `OWNER`: what psycopg needs to connect as the owner (user, password, host, port);
- `RUNTIME_ROLE`: the role that every other connection works as;
- `EMBEDDED`: the `EmbeddedServer` to start when it does not answer, or None.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base

from sertakan.postgres.backend.creation import DatabaseCreation
from sertakan.postgres.backend.features import DatabaseFeatures
from sertakan.postgres.errors import DatabaseUnavailable
from sertakan.postgres.server import EmbeddedServer


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that owns nothing unless it is opened `as_owner()`."""

    creation_class = DatabaseCreation
    features_class = DatabaseFeatures
    creation: DatabaseCreation
    is_owner = False

    @property
    def runtime_role(self) -> str:
        role: str = self.settings_dict["RUNTIME_ROLE"]
        return role

    @property
    def embedded(self) -> EmbeddedServer | None:
        server: EmbeddedServer | None = self.settings_dict["EMBEDDED"]
        return server

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Within the block this connection is the owner's: for migrations, not for work."""
        if self.in_atomic_block:
            raise RuntimeError("The role cannot change within a transaction.")
        before = self.is_owner
        self.close()
        self.is_owner = True
        try:
            yield
        finally:
            self.close()
            self.is_owner = before

    @contextmanager
    def second_connection(self, *, as_owner: bool = False) -> Iterator["DatabaseWrapper"]:
        """A connection of its own to the same database, closed at the end of the block."""
        second = self.copy()
        second.is_owner = as_owner
        try:
            yield second
        finally:
            second.close()

    @contextmanager
    def _nodb_cursor(self) -> Iterator[Any]:
        """A cursor in the server's own database, to create and drop others."""
        second = type(self)({**self.settings_dict, "NAME": None}, alias=NO_DB_ALIAS)
        second.is_owner = self.is_owner
        try:
            with second.cursor() as cursor:
                yield cursor
        finally:
            second.close()

    def get_connection_params(self) -> dict[str, Any]:
        """What psycopg connects with, for the owner or for the run-time role."""
        parameters: dict[str, Any] = super().get_connection_params()
        if self.is_owner:
            return {**parameters, **self.settings_dict["OWNER"]}
        if parameters.get("user") != self.runtime_role:
            # As an option of the session: neither RESET ROLE nor DISCARD ALL undoes it.
            given = parameters.get("options", "")
            parameters["options"] = f"{given} -c role={self.runtime_role}".strip()
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; where the embedded server does not answer, start it and connect again."""
        if self.embedded is not None:
            self.embedded.refuse_foreign_socket_folder()
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError as error:
            if self.embedded is None:
                self._explain(error)
                raise
        self.embedded.ensure_running()
        return super().get_new_connection(conn_params)

    def _explain(self, error: psycopg.OperationalError) -> None:
        """Raise DatabaseUnavailable in place of what the server says of a role not yet made."""
        role = self.runtime_role
        if f'role "{role}"' in str(error):
            raise DatabaseUnavailable(
                f"The login of DATABASE_URL cannot work as the role {role} yet; "
                "please run `sertakan migrate` once, with DATABASE_OWNER_URL naming the owner."
            ) from error
