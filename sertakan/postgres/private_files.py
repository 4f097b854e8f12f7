"""Files and folders that nobody else on the machine may read."""

import os
import secrets
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sertakan.postgres.errors import DatabaseUnavailable


def private_folder(path: Path, *, owners: set[int] | None = None) -> Path:
    """Make the folder with mode 700 where it is missing, and give it back.

    Raises DatabaseUnavailable when others may enter it, or it belongs to somebody else than
    `owners` (uids; the caller and the owner of the folder around it, if not given).
    """
    try:
        for missing in reversed([place for place in path.parents if not place.exists()]):
            _make_folder(missing, 0o755)
        _make_folder(path, 0o700)
    except OSError as error:
        raise DatabaseUnavailable(f"The folder {path} cannot be made: {error.strerror}.") from error
    refuse_unless_private(path, owners=owners or {os.geteuid(), path.parent.stat().st_uid})
    return path


def _make_folder(path: Path, mode: int) -> None:
    with suppress(FileExistsError):
        path.mkdir(mode=mode)
        give_to_owner_of_parent(path)


def refuse_unless_private(path: Path, *, owners: set[int]) -> None:
    """Raise DatabaseUnavailable unless `path` is a folder of one of `owners` (uids), mode 700."""
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise DatabaseUnavailable(f"{path} should be a folder and is not; please remove it.")
    if found.st_uid not in owners:
        raise DatabaseUnavailable(
            f"The folder {path} belongs to another user (uid {found.st_uid}); "
            "please remove it or run as that user."
        )
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise DatabaseUnavailable(f"Others may enter {path}; please run: chmod 700 '{path}'")


def private_text(path: Path, make: Callable[[], str]) -> str:
    """The text kept in `path`; on the first call `make()` is written there with mode 600.

    Two processes that call it at once get the same text.
    """
    private_folder(path.parent)
    if not path.exists():
        _write_once(path, make())
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise DatabaseUnavailable(f"The file {path} cannot be read: {error.strerror}.") from error


def _write_once(path: Path, text: str) -> None:
    """Write `text` to `path` unless it is there already; never half a file."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    give_to_owner_of_parent(unfinished)
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()


def give_to_owner_of_parent(path: Path) -> None:
    """What root makes in a user's checkout belongs to that user."""
    if os.geteuid() == 0:
        parent = path.parent.stat()
        os.chown(path, parent.st_uid, parent.st_gid)


def owner_of(path: Path) -> int:
    """The uid that owns `path`, or will own it once the caller has made it."""
    if os.geteuid() != 0:
        return os.geteuid()
    existing = next(place for place in (path, *path.parents) if place.exists())
    return existing.stat().st_uid


def remove_folder(path: Path) -> None:
    """Remove the folder and all in it, though a dying process may still write there."""
    deadline = time.monotonic() + 10
    while path.exists() and time.monotonic() < deadline:
        shutil.rmtree(path, ignore_errors=True)
        time.sleep(0.02)
