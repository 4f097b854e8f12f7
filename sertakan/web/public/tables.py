"""Tables as CSV: UTF-8, commas, headings in the reader's language."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse


def csv_answer(name: str, lines: Iterable[Sequence[Any]]) -> HttpResponse:
    """The lines as a file of that name. Cells of text must be defused by whoever fills them."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    csv.writer(response, lineterminator="\r\n").writerows(lines)
    return response
