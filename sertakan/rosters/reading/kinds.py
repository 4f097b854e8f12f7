"""What kind of file is this? By its first bytes: names are often wrong."""

from typing import Literal

Kind = Literal["zip", "ole", "html", "spreadsheet_xml", "text", "binary"]

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_OTHER_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def kind_of(head: bytes) -> Kind:
    """The kind of a file by its first few kilobytes."""
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    if head.startswith(_OTHER_BINARY):
        return "binary"
    if head.startswith(_UTF16):
        return "text"
    if b"\x00" in head:
        return "binary"
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> Kind:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:4000].lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start and start.startswith(b"<"):
        return "spreadsheet_xml"
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style")):
        return "html"
    if start.startswith(b"<") and b"<table" in start:
        return "html"
    return "text"
