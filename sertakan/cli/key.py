"""`sertakan key`: the keys of personal data at rest, and changing them.

To change the key: `sertakan key new`, start again what is running (until then it cannot read what
is written under the new key), `sertakan key reencrypt`; once `sertakan key list` shows nothing
under the old key, it may go from the ring.
"""

import base64
import os
import secrets
from typing import Annotated

import typer

from sertakan.cli.acting import By, Json, acting_user, now
from sertakan.cli.listing import show
from sertakan.cli.refusals import FOUND_SOMETHING, refuse, with_records

app = typer.Typer(no_args_is_help=True, help="The keys of personal data.")

VARIABLE = "SERTAKAN_KEYS"


@app.command("list")
@with_records
def list_keys(as_json: Json = False) -> None:
    """The keys of the ring, and how much is under each; exit status 1 where one is missing."""
    from django.conf import settings

    from sertakan.people.reencryption import keys_in_use

    used = keys_in_use()
    rows = [
        {
            "key": key_id,
            "state": _state(key_id, settings.DATA_KEY_CURRENT, settings.DATA_KEYS),
            **{each.table: each.values for each in used if each.key_id == key_id},
        }
        for key_id in dict.fromkeys([*settings.DATA_KEYS, *(each.key_id for each in used)])
    ]
    tables = list(dict.fromkeys(each.table for each in used))
    show(rows, ["key", "state", *tables], as_json=as_json)
    if any(row["state"] == "missing" for row in rows):
        raise typer.Exit(FOUND_SOMETHING)


def _state(key_id: str, current: str, ring: dict[str, bytes]) -> str:
    if key_id not in ring:
        return "missing"
    return "current" if key_id == current else "old"


@app.command()
@with_records
def new(
    name: Annotated[str, typer.Argument(help="The id of the new key, e.g. k2026.")],
) -> None:
    """Make a new key and put it in front of the ring; what is written from now on is under it."""
    from django.conf import settings

    from sertakan.people.key_file import put_in_front

    key = base64.b64encode(secrets.token_bytes(32)).decode()
    if name in settings.DATA_KEYS:
        refuse(f"There is a key {name} already.")
    if os.environ.get(VARIABLE):
        typer.echo(f"Put this in front of {VARIABLE}, keep a copy in a safe, and start again:")
        typer.echo(f"{name}:{key},")
        return
    file = settings.SERTAKAN_VAR / "secrets" / "data_key"
    put_in_front(file, name, key, settings.DATA_KEYS)
    typer.echo(f"The key {name} stands first in {file}. Start again what is running.")


@app.command()
@with_records
def reencrypt(by: By) -> None:
    """Encrypt anew whatever is under an old key. It may be stopped, and started again."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from sertakan.people.reencryption import reencrypt as encrypt_anew
    from sertakan.people.reencryption import rows_left

    user = acting_user(by)
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()) as progress:
        task = progress.add_task("rows", total=rows_left())
        rows = encrypt_anew(by=user, now=now(), on_rows=lambda done: progress.advance(task, done))
    typer.echo(f"{rows} rows are encrypted anew.")
