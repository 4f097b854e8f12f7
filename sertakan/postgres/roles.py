"""Who may do what: the owner makes the tables, the run-time role works with them.

The run-time role owns nothing. On the embedded server both are logins with passwords of their
own; on a server named by DATABASE_URL the program connects and then is the run-time role.
"""

from psycopg import Connection, sql

DATABASE = "sertakan"
SUPERUSER = "sertakan_superuser"
OWNER = "sertakan_owner"
RUNTIME = "sertakan_app"
LOGINS = (OWNER, RUNTIME)


def is_set_up(connection: Connection) -> bool:
    """Whether `set_up` has been through: the database is the last thing that it makes."""
    asked = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
    return asked.fetchone() is not None


def set_up(connection: Connection, passwords: dict[str, str]) -> None:
    """Make both logins and the database, as the embedded server's superuser, in autocommit.

    What is there already stays, except that the passwords become the given ones.
    """
    for login in LOGINS:
        _log_in(connection, login, passwords[login])
    connection.execute(f"ALTER ROLE {OWNER} CREATEDB")  # databases for tests
    connection.execute(f"GRANT {RUNTIME} TO {OWNER}")
    if not is_set_up(connection):
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def _log_in(connection: Connection, login: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login]).fetchone()
    scrambled = connection.pgconn.encrypt_password(
        password.encode(), login.encode(), b"scram-sha-256"
    )
    connection.execute(
        sql.SQL("{verb} ROLE {login} LOGIN PASSWORD {password}").format(
            verb=sql.SQL("ALTER" if known else "CREATE"),
            login=sql.Identifier(login),
            password=sql.Literal(scrambled.decode()),
        )
    )
