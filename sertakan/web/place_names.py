"""Names of places as people write them: the ministry's list has cities in capitals."""

ABBREVIATIONS = ("DI", "DKI")


def place_name(name: str) -> str:
    """KOTA MADIUN becomes Kota Madiun; names in ordinary letters stay as they are."""
    if not name.isupper():
        return name
    return " ".join(word if word in ABBREVIATIONS else word.title() for word in name.split())
