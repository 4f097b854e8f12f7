"""Where the files of an upload lie while they are needed: sealed, and readable by us alone.

files/rosters/<upload>/file-0, file-1, …   as they were sent
files/rosters/<upload>/covered, deaths     lists given to check against
files/rosters/<upload>/rows                every row, as `rosters.check` found it (Parquet)
files/rosters/<upload>/problems            of these, the ones that were not accepted
files/rosters/<upload>/errors              workbooks to send back (ZIP)
"""

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from django.conf import settings
from django.utils.translation import gettext as _

from sertakan.encryption.files import read_sealed, write_sealed
from sertakan.enrolment.errors import FilesGone
from sertakan.enrolment.models import RosterUpload

FIELD = "roster_upload"
ROWS, PROBLEMS, ERRORS = "rows", "problems", "errors"
COVERED, DEATHS = "covered", "deaths"


def folder_of(upload: int) -> Path:
    """Where the files of the upload with this number lie."""
    return Path(settings.MEDIA_ROOT) / "rosters" / str(upload)


def keep(upload: RosterUpload, name: str, data: bytes) -> None:
    """Keep a file of an upload under a name of ours."""
    write_sealed(folder_of(upload.pk) / name, data, FIELD)


def kept(upload: RosterUpload, name: str) -> bytes:
    """A file of an upload. Raises FilesGone where it was deleted meanwhile."""
    try:
        return read_sealed(folder_of(upload.pk) / name, FIELD)
    except FileNotFoundError:
        raise FilesGone(
            _("The files of this upload have been deleted. Please upload them again.")
        ) from None


@contextmanager
def opened(upload: RosterUpload) -> Iterator[Path]:
    """A private folder with the files as they were sent, gone when it is left.

    The rosters are in `sent/`, under the names that the pages show; lists to check against beside.
    """
    folder = folder_of(upload.pk)
    if not folder.exists():
        kept(upload, "file-0")
    with tempfile.TemporaryDirectory(dir=folder) as place:
        sent = Path(place) / "sent"
        sent.mkdir()
        for number, file in enumerate(upload.files):
            if not file["twice"]:
                (sent / file["name"]).write_bytes(kept(upload, f"file-{number}"))
        for name, given in ((COVERED, upload.with_covered), (DEATHS, upload.with_deaths)):
            if given:
                (Path(place) / f"{name}.csv").write_bytes(kept(upload, name))
        yield Path(place)


def keep_rows(upload: RosterUpload, rows: pl.DataFrame) -> None:
    """Keep every row, and those that need work once more, apart: a page reads only these."""
    for name, frame in ((ROWS, rows), (PROBLEMS, rows.filter(pl.col("outcome") != "accepted"))):
        told = io.BytesIO()
        frame.write_parquet(told, compression="zstd")
        keep(upload, name, told.getvalue())


def rows_of(upload: RosterUpload, *, only_problems: bool = False) -> pl.DataFrame:
    """The rows as `rosters.check` found them. Raises FilesGone."""
    return pl.read_parquet(io.BytesIO(kept(upload, PROBLEMS if only_problems else ROWS)))


def keep_errors(upload: RosterUpload, workbooks: Sequence[Path]) -> None:
    """Keep the workbooks to send back."""
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_STORED) as bundle:
        for path in workbooks:
            bundle.write(path, path.name)
    keep(upload, ERRORS, told.getvalue())


def errors_of(upload: RosterUpload) -> bytes:
    """The workbooks to send back, as a ZIP. Raises FilesGone."""
    return kept(upload, ERRORS)


def error_workbook_of(upload: RosterUpload, file: int) -> tuple[str, bytes] | None:
    """Name and contents of the workbook to send back for one file; None where it has none."""
    with zipfile.ZipFile(io.BytesIO(errors_of(upload))) as bundle:
        name = upload.files[file].get("errors", "")
        return (name, bundle.read(name)) if name in bundle.namelist() else None


def forget(upload: int, *, but: Sequence[str] = ()) -> None:
    """Delete the files of an upload, except those named."""
    folder = folder_of(upload)
    if not but:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for path in folder.glob("*"):
        if path.name not in but:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def folders() -> Iterator[int]:
    """The numbers of uploads of which anything lies there."""
    for path in (Path(settings.MEDIA_ROOT) / "rosters").glob("*"):
        if path.name.isdigit():
            yield int(path.name)
