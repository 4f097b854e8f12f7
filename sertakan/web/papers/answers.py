"""A paper as an answer: in the reader's language, shown by the browser, kept by no cache."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from sertakan.documents.wording import Language

PDF, ZIP = "application/pdf", "application/zip"


def paper_language() -> Language:
    """The language of a paper: the reader's."""
    return "en" if get_language() == "en" else "id"


def paper_name(*words: str) -> str:
    """A name for a file, of words that may hold slashes: `lampiran-PKS-1-2026`."""
    return "-".join(word.replace("/", "-").replace(" ", "-") for word in words)


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF that the browser shows, and saves as `name.pdf`."""
    return file_answer(content, f"{name}.pdf", kind=PDF)


def file_answer(content: bytes, name: str, *, kind: str, to_be_saved: bool = False) -> HttpResponse:
    """A file under its name; `to_be_saved` where the browser shall not try to show it."""
    response = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(as_attachment=to_be_saved, filename=name)
    response.headers["Content-Disposition"] = disposition or "inline"
    patch_cache_control(response, private=True, no_store=True)
    return response
