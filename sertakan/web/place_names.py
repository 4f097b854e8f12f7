"""Names of places as people write them: the ministry's list has cities in capitals."""

from sertakan.regions.models import Level, Region

ABBREVIATIONS = ("DI", "DKI")
PAPUA = "9"  # the first digit of its provinces; a kecamatan is called a distrik there


def place_name(name: str) -> str:
    """KOTA MADIUN becomes Kota Madiun; names in ordinary letters stay as they are."""
    if not name.isupper():
        return name
    return " ".join(word if word in ABBREVIATIONS else word.title() for word in name.split())


def place_with_kind(region: Region) -> str:
    """Kelurahan Klegen, Kecamatan Madiun, Kota Madiun: what is to be told from its namesakes."""
    name = place_name(region.name)
    if region.level == Level.DISTRICT:
        return f"{'Distrik' if region.pk.startswith(PAPUA) else 'Kecamatan'} {name}"
    if region.level == Level.VILLAGE:
        return f"{'Kelurahan' if region.pk.rpartition('.')[2].startswith('1') else 'Desa'} {name}"
    return name
