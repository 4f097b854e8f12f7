"""What a PDF says, as text."""

import io
import re

from pypdf import PdfReader


def said(content):
    """The text of all pages of a PDF, each run of white space as one space."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def whole_niks(text):
    """Every NIK that stands there unmasked."""
    return re.findall(r"(?<!\d)\d{16}(?!\d)", text.replace(" ", ""))
