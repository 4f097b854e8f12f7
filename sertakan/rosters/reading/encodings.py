"""Text in the encodings that offices save it in."""


def decode(data: bytes) -> str:
    """The text of a file in the encoding it has."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
