"""Which column does a heading announce?

By its words, not by a list of headings: offices write `NIK`, `N I K`, `No. KTP (16 digit)`,
`Nama Lengkap sesuai KTP`, `Tempat/Tgl. Lahir`.
"""

import re
import unicodedata
from functools import lru_cache

IGNORED = "ignored"  # a column of something else, known by its heading

_RULES: tuple[tuple[str, str], ...] = (
    # what belongs to somebody or something else
    (
        r"(nik|ktp|nama|no|nomor|tgl|tanggal|tempat|pekerjaan|alamat|hp|telp|umur|usia|jenis kelamin)?"
        r".*\b(suami|istri|isteri|pasangan|ayah|bapak|anak|ahli waris|waris|wali|penanggung jawab"
        r"|pemberi kerja|majikan|pendata|rekening|bank|donatur|sponsor)\b.*",
        IGNORED,
    ),
    (r".*\bibu kandung\b.*|.*\bnama (gadis )?ibu\b.*|ibu|.*\bgadis ibu\b.*", "mother"),
    (r"(baris asal|yang perlu diperbaiki)", IGNORED),  # of our own error workbooks
    (r"(nik )?(kk|nkk|k k|kartu keluarga|(no|nomor|nmr|nik) (kk|k k|nkk|kartu keluarga)).*", "kk"),
    (r".*\b(kepala keluarga|kep kel)\b.*", IGNORED),
    (
        r".*\b(nama|nm) (usaha|toko|kelompok|perusahaan|instansi|opd|jalan|merk|produk|masjid|mushola"
        r"|musholla|tempat ibadah|posyandu|makam|poktan|gapoktan|lembaga|sekolah|ketua)\b.*",
        IGNORED,
    ),
    (r".*\b(npwp|kpj|bpjs|jkn|kis|nip|nib|siup|nuptk|sk|dtks|dtsen|desil)\b.*", IGNORED),
    (r".*\b(agama|pendidikan|kawin|perkawinan|pernikahan|kewarganegaraan|gol darah)\b.*", IGNORED),
    (
        r".*\b(e mail|email|ttd|tanda tangan|paraf|foto|tgl daftar|tanggal (daftar|masuk|input)|tmt)\b.*",
        IGNORED,
    ),
    (r".*\b(umur|usia|age)\b.*", "age"),
    # birth
    (
        r".*\b(tempat|tmpt|tmp|tpt|temp|tp|kota|kab)\b.*\b(tgl|tanggal|tg|tggl|tgll)\b.*\b(lahir|lhr)\b.*",
        "birth",
    ),
    (
        r"(t t l|ttl|tetala|kelahiran|tempat dan tanggal|tempat tanggal|tempat tgl|tmp tgl lahir)\b.*",
        "birth",
    ),
    (
        r".*\b(tempat|tmpt|tmp|tpt|temp|tp|tptlahir|kota|kab|kabupaten)\b.*\b(lahir|lhr|kelahiran)\b.*|tempat|tmplahir|birthplace|place of birth",
        "birth_place",
    ),
    (
        r".*\b(tgl|tanggal|tg|tggl|tgll|hari)\b.*\b(lahir|lhr|kelahiran)\b.*|lahir|tgllahir|tanggallahir|tglhr|dob|birth ?date|date of birth|tanggal lahir.*",
        "birth_date",
    ),
    # sex
    (
        r".*\b(kelamin|jenkel|gender|sex|jns kel|jenis kel|j kel|jk|j k|jkel)\b.*|l p|lp|l atau p|p l|p w|lk pr|l w|pria wanita|laki laki perempuan",
        "sex",
    ),
    (r"l|lk|laki|laki laki|pria", "sex_male"),
    (r"p|pr|prp|perempuan|wanita|w", "sex_female"),
    # place of living
    (r"rt rw|r t r w|rw rt|rt dan rw", "rt_rw"),
    (r"r t|rt|(no|nomor) rt", "rt"),
    (r"r w|rw|(no|nomor) rw", "rw"),
    (r".*\b(alamat|almt|domisili|tinggal|jalan|jln|lokasi rumah|address)\b.*", "address"),
    (
        r"(nama |kode |asal )?(kelurahan|kel|desa|ds|gampong|nagari|kampung|pekon|kampong|village)( (desa|kel|kelurahan|ds|nagari))?( asal)?|(desa|kel|kelurahan) (desa|kel|kelurahan)",
        "village",
    ),
    (r"(nama )?(kecamatan|kec|distrik|kapanewon|kemantren|district)", "district"),
    (
        r"(nama )?(kabupaten|kab|kota|kab kota|kabupaten kota|kota kab|provinsi|prov|propinsi)",
        IGNORED,
    ),
    (r"(nama )?(dusun|dukuh|lingkungan|padukuhan|banjar|jorong|link)", "hamlet"),
    # the person
    (r".*\b(nama|nm|name)\b.*|nama.*|(calon )?(peserta|penerima|pekerja|penerima manfaat)", "name"),
    (
        r".*\b(nik|n i k|ktp|e ktp|ktpel|induk kependudukan|no induk|identitas|nomor induk|nik ktp)\b.*|nik.*|noktp.*|no ?nik.*",
        "nik",
    ),
    (
        r".*\b(hp|h p|handphone|hanphone|hape|ponsel|wa|whatsapp|telp|telpon|telepon|tlp|tlpn|telephone|phone|seluler|kontak|contact)\b.*",
        "phone",
    ),
    (r".*\b(penghasilan|pendapatan|upah|gaji|honor per bulan|omzet|omset|income)\b.*", "income"),
    (
        r".*\b(pekerjaan|jabatan|profesi|mata pencaharian|pencaharian|jenis usaha|bidang usaha|usaha|kategori|katagori|unsur|segmen|sektor|jenis pekerja|kelompok pekerja|tugas|bekerja sebagai|sebagai|posisi|okupasi|job|occupation|pekerja(an)? sebagai|profesi)\b.*|kelompok|jenis|bidang|pekrjaan|pekerjan|status pekerja(an)?|golongan",
        "job",
    ),
    (r"(ket|keterangan|catatan|note|notes|remarks|ktr|uraian)\b.*", "note"),
    (r"(no|nomor|nmr|nr|urut|no urut|nomor urut|#)( (urut|reg|registrasi))?", "number"),
    (r"(no|nomor|nmr|kode|status|jumlah|tahun|bulan).*", IGNORED),
)
_COMPILED = tuple((re.compile(pattern), field) for pattern, field in _RULES)

# the lower of two rows of headings, by the field that the upper row announces
_PARTS = {
    "birth": {
        "birth_place": r"tempat|tmpt|tmp|kota|kab|kabupaten|tpt",
        "birth_day": r"hari",
        "birth_month": r"bulan|bln|bl|mm",
        "birth_year": r"tahun|thn|th|yyyy",
        "birth_date": r"tanggal|tgl|tg|dd",
    },
    "sex": {"sex_male": r"l|lk|laki laki|laki|pria", "sex_female": r"p|pr|prp|perempuan|wanita|w"},
    "address": {
        "address": r"jalan|jln|jl|alamat|nama jalan|dusun jalan|jalan dusun",
        "rt": r"rt|r t",
        "rw": r"rw|r w",
        "rt_rw": r"rt rw",
        "hamlet": r"dusun|dukuh|lingkungan",
        "village": r"kelurahan|kel|desa|kelurahan desa|desa kelurahan|kel desa|desa kel|ds",
        "district": r"kecamatan|kec",
    },
}
_WIDER = {
    "birth_date": "birth",
    "birth_place": "birth",
    "birth": "birth",
    "sex": "sex",
    "address": "address",
}


def normalised(heading: str) -> str:
    """Lower case, words only, one space between them; `N I K` and `nik (16 digit)` keep their words."""
    plain = unicodedata.normalize("NFKC", heading).lower()
    return re.sub(r"[^a-z0-9#]+", " ", plain).strip()


@lru_cache(maxsize=4096)
def field_of(heading: str) -> str | None:
    """The field that a heading announces, `IGNORED` for a known other one, None for an unknown one."""
    words = normalised(heading)
    if not words or len(words) > 90:
        return None
    squeezed = words.replace(" ", "")
    if re.fullmatch(r"(\w )+\w", words) and len(squeezed) > 2:  # N A M A
        words = squeezed
    for pattern, field in _COMPILED:
        if pattern.fullmatch(words):
            return field
    return None


@lru_cache(maxsize=4096)
def field_of_part(upper: str, lower: str) -> str | None:
    """The field of a column whose heading stands in two rows, such as `TTL` over `TEMPAT`."""
    if not normalised(lower):
        return field_of(upper)
    words = normalised(lower)
    wider = _WIDER.get(field_of(upper) or "")
    for field, pattern in _PARTS.get(wider or "", {}).items():
        if re.fullmatch(pattern, words):
            return field
    return field_of(lower) or field_of(f"{upper} {lower}")
