"""What is wrong with a row, in Indonesian that a clerk understands: what to look at, what to do."""

import re
from collections.abc import Mapping
from typing import Any

REASONS = {
    "nik_missing": "NIK belum diisi. Lihat KTP-el atau Kartu Keluarga.",
    "nik_precision_lost": (
        "NIK tersimpan sebagai angka sehingga digit terakhirnya hilang."
        " Ubah format kolom menjadi Teks, lalu ketik ulang 16 digit NIK."
    ),
    "nik_length": "NIK harus 16 digit; di sini ada {nik_length}.",
    "nik_not_numeric": "NIK hanya boleh berisi angka; ada huruf atau tanda lain.",
    "nik_date_invalid": "Tanggal lahir di dalam NIK (digit 7–12) tidak ada di kalender.",
    "nik_region_unknown": "Kode provinsi di awal NIK ({province}) tidak pernah ada.",
    "name_missing": "Nama belum diisi.",
    "birthdate_invalid": "Tanggal lahir tidak dapat dibaca sebagai tanggal.",
    "over_age": "Sudah berumur 65 tahun atau lebih (lahir {birth_date}).",
    "under_age": "Belum berumur 18 tahun (lahir {birth_date}).",
    "deceased": "Menurut catatan sipil orang ini sudah meninggal.",
    "already_covered": "Sudah terdaftar aktif di BPJS Ketenagakerjaan; tidak perlu diusulkan lagi.",
    "duplicate_in_import": "NIK ini sudah ada pada baris lain: {duplicate_of}.",
    "nik_birthdate_mismatch": (
        "Tanggal lahir tidak sama dengan yang tertulis di dalam NIK ({nik_birth_date})."
        " Cocokkan dengan KTP-el."
    ),
    "nik_sex_mismatch": "Jenis kelamin tidak sama dengan yang tertulis di dalam NIK ({nik_sex}).",
    "category_unknown": (
        "Pekerjaan belum jelas. Tuliskan pekerjaan yang sebenarnya,"
        " misalnya pedagang, petani, tukang, kader, linmas."
    ),
    "possible_duplicate": (
        "Sangat mungkin orang yang sama dengan {duplicate_of}, dengan salah ketik pada NIK."
        " Cocokkan dengan KTP-el; hapus salah satu bila memang sama."
    ),
}

# fields whose cell is marked for a reason, the first that the list has
FIELDS = {
    "name_missing": ("name",),
    "birthdate_invalid": ("birth_date", "birth"),
    "over_age": ("birth_date", "birth", "nik"),
    "under_age": ("birth_date", "birth", "nik"),
    "nik_birthdate_mismatch": ("birth_date", "birth"),
    "nik_sex_mismatch": ("sex", "sex_male", "sex_female"),
    "category_unknown": ("job",),
}
_NIK = ("nik",)
_SEXES = {"L": "laki-laki", "P": "perempuan"}


def sentences(row: Mapping[str, Any]) -> str:
    """Why a row of `Checked.rows` needs work, one sentence for each of its reasons."""
    told = {
        "nik_length": len(re.sub(r"[\W_]", "", row["nik_read"])),
        "province": (row["nik_digits"] or "")[:2],
        "birth_date": _day(row["birth_date"]),
        "nik_birth_date": _day(row["nik_birth_date"]),
        "nik_sex": _SEXES.get(row["nik_sex"] or "", ""),
        "duplicate_of": _where(row["duplicate_of"]),
    }
    return " ".join(
        REASONS[reason].format(**told) for reason in row["reasons"].split(";") if reason
    )


def marked_fields(reasons: str) -> list[tuple[str, ...]]:
    """For each reason the fields to mark, of which the first that the list has is marked."""
    return [FIELDS.get(reason, _NIK) for reason in reasons.split(";") if reason]


def _day(day: Any) -> str:
    return day.strftime("%d-%m-%Y") if day else ""


def _where(duplicate_of: str) -> str:
    """`file|sheet|row` in words."""
    file, _, rest = duplicate_of.partition("|")
    sheet, _, row = rest.rpartition("|")
    return f"berkas {file}, lembar {sheet}, baris {row}" if sheet else f"berkas {file}, baris {row}"
