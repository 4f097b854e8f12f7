"""The words that a place is known by in an address, a title or the name of a file."""

import re
import unicodedata

_OF_A_VILLAGE = (
    "kelurahan|kel|kalurahan|desa|ds|gampong|gp|nagari|pekon|kampung|kp|kmp|lembang|negeri"
)
_NAME = r"((?:[a-z0-9]+ ?){1,5})"

SPEAKS_OF_A_VILLAGE = rf"(?i)\b(?:{_OF_A_VILLAGE})\b"
VILLAGE = re.compile(rf"\b(?:{_OF_A_VILLAGE})(?: (?:kelurahan|kel|desa|ds))? {_NAME}")
DISTRICT = re.compile(rf"\b(?:kecamatan|kec|kapanewon|kemantren|distrik) {_NAME}")
REGENCY = re.compile(rf"\b(kabupaten|kab|kota) {_NAME}")
AFTER_THE_NAME = re.compile(
    r"\b(?:kecamatan|kec|kapanewon|kemantren|kabupaten|kab|kota|provinsi|prov|rt|rw|tahun|thn|th|jl|jalan|no"
    r"|dusun|dsn|lingkungan|kelurahan|kel|desa|ds)\b.*"
)
CODE = re.compile(r"(?<!\d)(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})(?!\d)")
TAIL_OF_CODE = re.compile(r"(?<!\d)(\d{6,8})(?!\d)")
# what offices write beside the name of a place in the names of sheets and files
BESIDE_A_NAME = re.compile(
    r"\b(?:data|daftar|usulan|pekerja|rentan|peserta|rekap|lampiran|form|format|final|fix|revisi|rev|baru|update"
    r"|lengkap|bpjs|bpjstk|tk|ketenagakerjaan|naker|opd|rt|rw|sheet|lembar|copy|salinan|of|dan|sd|tahun|th|hal"
    r"|nama|warga|penduduk|calon|penerima|upload|kirim|januari|februari|maret|april|mei|juni|juli|agustus"
    r"|september|oktober|november|desember|[a-z]?\d+[a-z]?)\b"
)


def words_of(text: str) -> str:
    """Lower-case words, doubled ones written out: `Oro2 Ombo` → `oro oro ombo`."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = plain.replace("_", " ").replace("'", "")
    plain = re.sub(r"\b([a-z]{2,})(?:2\b| 2\b(?= [a-z]))", r"\1 \1", plain)
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def squeezed(words: str) -> str:
    """Without spaces: `banjar rejo` and `banjarejo` are nearer so."""
    return words.replace(" ", "")


def numbered(words: str) -> str:
    """With figures for numbers: `girian weru satu`, `girian weru i` and `girian weru 1` are one."""
    first, *rest = words.split() or [""]
    return "".join([first, *(_FIGURES.get(word, word) for word in rest)])


_FIGURES = {
    word: str(number)
    for number, written in enumerate(
        ("satu i", "dua ii", "tiga iii", "empat iv", "lima v", "enam vi", "tujuh vii"), start=1
    )
    for word in written.split()
}


def skeleton(words: str) -> str:
    """Without vowels and doubled letters: `kidul` and `kdl` are one."""
    bare = " ".join(word[0] + re.sub(r"[aeiou]", "", word[1:]) for word in words.split())
    return re.sub(r"(.)\1+", r"\1", bare)
