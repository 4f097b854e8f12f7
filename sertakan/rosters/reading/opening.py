"""Opening a workbook, whatever its name says it is."""

from pathlib import Path

from sertakan.rosters.reading import refusals
from sertakan.rosters.reading.file_bytes import read_bytes
from sertakan.rosters.reading.kinds import kind_of
from sertakan.rosters.reading.markup_tables import read_html, read_spreadsheet_xml
from sertakan.rosters.reading.raw_sheets import RawSheet
from sertakan.rosters.reading.refusals import Unreadable
from sertakan.rosters.reading.workbooks import read_ole, read_zip

_READERS = {
    "zip": read_zip,
    "ole": read_ole,
    "html": read_html,
    "spreadsheet_xml": read_spreadsheet_xml,
}


def open_workbook(path: Path) -> list[RawSheet]:
    """The sheets of anything but plain text. Raises Unreadable."""
    data = read_bytes(path)
    reader = _READERS.get(kind_of(data[:65536]))
    if reader is None:
        raise Unreadable(refusals.NOT_A_TABLE)
    return reader(data)
