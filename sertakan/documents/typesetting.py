"""From a template and its content to the bytes of a PDF. All papers pass through here.

Content goes to Typst as JSON in a file of its own and is set as text: a name that looks like
markup is printed as it stands. Only our typeface is known, so that nothing falls back in
silence. The PDFs are tagged (PDF/UA-1), and the same content gives the same bytes.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from sertakan.documents.wording import Language, words
from sertakan.documents.writing import printable

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "templates"
# From so many rows on a process of its own sets the paper: Typst keeps what it has laid out, some
# 80 KB a row, and a server that has set one long annex would keep it for good.
MANY_ROWS = 1_000

_of_thread = threading.local()


def pdf(
    paper: str,
    content: Mapping[str, Any],
    *,
    title: str,
    language: Language,
    on: date,
    rows: int = 0,
) -> bytes:
    """Set `templates/<paper>.typ` with `content`, dated `on`; `rows` says how long it will be."""
    whole = {
        **content,
        "title": title,
        "language": language,
        "on": [on.year, on.month, on.day],
        "words": words(paper, language),
    }
    text = json.dumps(_printable(whole), ensure_ascii=False)
    return _apart(paper, text) if rows >= MANY_ROWS else typeset(paper, text)


def typeset(paper: str, content: str) -> bytes:
    """Set a template with content as JSON. One compiler a thread: it serves one at a time."""
    year, month, day = json.loads(content)["on"]
    files: Any = {
        **_templates(),
        "main": _templates()[f"{paper}.typ"],
        "content.json": content.encode(),
    }
    result = _compiler().compile(
        input=files,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=datetime(year, month, day, tzinfo=UTC),
    )
    assert isinstance(result, bytes)
    return result


@cache
def _templates() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(TEMPLATES.glob("*.typ"))}


@cache
def fonts() -> typst.Fonts:
    """Our typeface and no other."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def _compiler() -> typst.Compiler:
    if not hasattr(_of_thread, "compiler"):
        _of_thread.compiler = typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)
    compiler: typst.Compiler = _of_thread.compiler
    return compiler


def _apart(paper: str, content: str) -> bytes:
    """Set it in a process that ends with it. Raises CalledProcessError where that fails."""
    command = [sys.executable, "-m", "sertakan.documents.apart", paper]
    return subprocess.run(
        command, input=content.encode(), capture_output=True, check=True, cwd=HERE.parent.parent
    ).stdout


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {name: _printable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return value
