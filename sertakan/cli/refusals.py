"""How a command says no: one sentence on standard error, exit status 2."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

import typer

P = ParamSpec("P")
R = TypeVar("R")

REFUSED = 2
FOUND_SOMETHING = 1


def refuse(sentence: object) -> NoReturn:
    """End the command with this sentence."""
    typer.echo(" ".join(str(sentence).split()), err=True)
    raise typer.Exit(REFUSED)


@contextmanager
def refusals() -> Iterator[None]:
    """Within this block whatever is refused ends the command with one sentence.

    Django must be set up before (see `with_records`).
    """
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error

    from sertakan.audit.errors import Refused

    try:
        yield
    except (Refused, ImproperlyConfigured) as refusal:
        refuse(refusal)
    except Error as error:
        refuse(str(error).partition("\n")[0] or "The database refused this.")


def with_records(command: Callable[P, R]) -> Callable[P, R]:
    """A command that works with the records: sets Django up, and turns refusals into sentences.

    Models may be imported inside the command only, because this file is read before that.
    """

    @wraps(command)
    def run(*args: P.args, **options: P.kwargs) -> R:
        import django

        django.setup()
        with refusals():
            return command(*args, **options)

    return run
