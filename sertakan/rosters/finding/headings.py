"""Which column does a heading announce?

By its words, not by a list of headings: offices write `NIK`, `N I K`, `No. KTP (16 digit)`,
`Nama Lengkap sesuai KTP`, `Tempat/Tgl. Lahir`.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

IGNORED = "ignored"  # a column of something else, known by its heading

_Test = Callable[[str], bool]


def _phrases(text: str) -> str:
    """An alternative of phrases, which are parted by spaces; `_` is a space in a phrase."""
    return "|".join(phrase.replace("_", " ") for phrase in text.split())


def _is(phrases: str) -> _Test:
    pattern = re.compile(_phrases(phrases))
    return lambda words: pattern.fullmatch(words) is not None


def _begins(phrases: str) -> _Test:
    pattern = re.compile(rf"(?:{_phrases(phrases)})\b")
    return lambda words: pattern.match(words) is not None


def _has(phrases: str) -> _Test:
    pattern = re.compile(rf"\b(?:{_phrases(phrases)})\b")
    return lambda words: pattern.search(words) is not None


def _both(first: _Test, second: _Test) -> _Test:
    return lambda words: first(words) and second(words)


_PLACE = _has("tempat tmpt tmp tpt temp tp kota kab kabupaten")
_DAY = _has("tgl tanggal tg tggl tgll hari tglhr")
_BIRTH = _has("lahir lhr kelahiran")

# the first rule that holds decides
_RULES: tuple[tuple[_Test, str], ...] = (
    (_is("baris_asal yang_perlu_diperbaiki"), IGNORED),  # of our own error workbooks
    (_has("ibu_kandung nama_ibu gadis_ibu nama_gadis_ibu ibukandung"), "mother"),
    (_is("ibu"), "mother"),
    # what belongs to somebody or something else
    (
        _has(
            "suami istri isteri pasangan ayah bapak anak ahli_waris waris wali penanggung_jawab"
            " pemberi_kerja majikan pendata rekening bank donatur sponsor kepala_keluarga kep_kel"
        ),
        IGNORED,
    ),
    (_begins("(no_|nomor_|nmr_|nik_)?(kk|nkk|k_k|kartu_keluarga)"), "kk"),
    (_both(_has("nama nm"), _has("pekerjaan jabatan profesi bidang kategori")), "job"),
    (
        _has(
            "(nama|nm)_(usaha|toko|kelompok|perusahaan|instansi|opd|jalan|merk|produk|masjid|mushola"
            "|musholla|tempat|posyandu|makam|poktan|gapoktan|lembaga|sekolah|ketua|jenis)"
        ),
        IGNORED,
    ),
    (_has("npwp kpj bpjs jkn kis nip nib siup nuptk sk dtks dtsen desil"), IGNORED),
    (_has("agama pendidikan kawin perkawinan pernikahan kewarganegaraan gol_darah"), IGNORED),
    (_has("e_mail email ttd tanda_tangan paraf foto tmt"), IGNORED),
    (_both(_DAY, _has("daftar masuk input terbit")), IGNORED),
    # birth
    (_both(_both(_PLACE, _DAY), _BIRTH), "birth"),
    (_begins("t_t_l ttl tetala tempat_dan_tanggal tempat_tanggal tempat_tgl"), "birth"),
    (_both(_PLACE, _BIRTH), "birth_place"),
    (_is("tempat tmplahir tptlahir birthplace place_of_birth"), "birth_place"),
    (_both(_has("tahun thn bulan"), _is("(tahun|thn|bulan)_(lahir|lhr)")), IGNORED),
    (_both(_DAY, _BIRTH), "birth_date"),
    (_is("lahir tgllahir tanggallahir tglhr dob birth_?date date_of_birth"), "birth_date"),
    (_is("kelahiran"), "birth"),
    (_has("umur usia age"), "age"),
    # sex
    (_has("kelamin jenkel gender sex jns_kel jenis_kel j_kel jk j_k jkel"), "sex"),
    (_is("l_p lp l_atau_p p_l p_w lk_pr l_w pria_wanita laki_laki_perempuan"), "sex"),
    (_is("l lk laki laki_laki pria"), "sex_male"),
    (_is("p pr prp perempuan wanita w"), "sex_female"),
    # place of living
    (_is("rt_rw r_t_r_w rw_rt rt_dan_rw"), "rt_rw"),
    (_is("(no_|nomor_)?(rt|r_t)"), "rt"),
    (_is("(no_|nomor_)?(rw|r_w)"), "rw"),
    (_has("(lokasi|tempat)_(usaha|kerja|bekerja|tugas|dagang|jualan)"), IGNORED),
    (_has("alamat almt domisili tinggal jalan jln lokasi_rumah address"), "address"),
    (
        _is(
            "(nama_|kode_|asal_)?(kelurahan|kel|desa|ds|kalurahan|gampong|nagari|kampung|pekon|kampong"
            "|village)(_(desa|kel|kelurahan|ds|kalurahan|nagari|asal|domisili))*"
        ),
        "village",
    ),
    (_is("(nama_|asal_)?(kecamatan|kec|distrik|kapanewon|kemantren|district)"), "district"),
    (_is("(nama_)?(kabupaten|kab|kota|provinsi|prov|propinsi)(_(kota|kab|kabupaten))?"), IGNORED),
    (_is("(nama_)?(dusun|dukuh|lingkungan|padukuhan|banjar|jorong|link)"), "hamlet"),
    # the person
    (_has("nama nm name"), "name"),
    (_begins("nama"), "name"),
    (_is("(calon_)?(peserta|penerima|pekerja|penerima_manfaat)"), "name"),
    (
        _has("nik n_i_k ktp e_ktp ektp ktpel induk_kependudukan no_induk identitas nomor_induk"),
        "nik",
    ),
    (_is("(nik|noktp|nonik|nik16).*"), "nik"),
    (
        _has(
            "hp h_p handphone hanphone hape ponsel wa whatsapp telp telpon telepon tlp tlpn"
            " telephone phone seluler kontak contact nohp notelp"
        ),
        "phone",
    ),
    (_has("penghasilan pendapatan upah gaji omzet omset income"), "income"),
    (
        _has(
            "pekerjaan jabatan profesi mata_pencaharian pencaharian usaha kategori katagori unsur"
            " segmen sektor jenis_pekerja kelompok_pekerja tugas bekerja sebagai posisi okupasi"
            " job occupation pekerja"
        ),
        "job",
    ),
    (_is("kelompok jenis bidang pekrjaan pekerjan golongan kegiatan"), "job"),
    (_begins("ket keterangan catatan note notes remarks ktr uraian"), "note"),
    (_is("(no|nomor|nmr|nr|urut|no_urut|nomor_urut|#)(_(urut|reg|registrasi))?"), "number"),
    (_begins("no nomor nmr kode status jumlah tahun bulan"), IGNORED),
)  # fmt: skip

# the lower of two rows of headings, by what the upper row announces
_PARTS: dict[str, tuple[tuple[_Test, str], ...]] = {
    "birth": (
        (_is("tempat tmpt tmp tpt kota kab kabupaten"), "birth_place"),
        (_is("hari"), "birth_day"),
        (_is("bulan bln bl mm"), "birth_month"),
        (_is("tahun thn th yyyy"), "birth_year"),
        (_is("tanggal tgl tg dd"), "birth_date"),
    ),
    "sex": (
        (_is("l lk laki_laki laki pria"), "sex_male"),
        (_is("p pr prp perempuan wanita w"), "sex_female"),
    ),
    "address": (
        (_is("(nama_)?(jalan|jln|jl|alamat) dusun_jalan jalan_dusun"), "address"),
        (_is("rt r_t"), "rt"),
        (_is("rw r_w"), "rw"),
        (_is("rt_rw"), "rt_rw"),
        (_is("dusun dukuh lingkungan"), "hamlet"),
        (_is("(kelurahan|kel|desa|ds)(_(kelurahan|kel|desa))?"), "village"),
        (_is("kecamatan kec"), "district"),
    ),
}
_WIDER = {
    "birth_date": "birth",
    "birth_place": "birth",
    "birth": "birth",
    "sex": "sex",
    "address": "address",
}
_ACCORDING_TO = re.compile(
    r"\b(?:sesuai|berdasarkan|menurut)(?: dengan)? (?:di )?"
    r"(?:e ?ktp|ktp el|ktp|kk|akta|identitas)\b"
)
_LONGEST = 90


def normalised(heading: str) -> str:
    """Lower case, words only, one space between them: `N I K`, `NIK\\n(16 digit)` → `nik 16
    digit`."""
    plain = unicodedata.normalize("NFKC", heading).lower()
    return re.sub(r"[^a-z0-9#]+", " ", plain).strip()


@lru_cache(maxsize=4096)
def field_of(heading: str) -> str | None:
    """The field that a heading announces, `IGNORED` for a known other one, None for an unknown
    one."""
    words = normalised(heading)
    if not words or len(words) > _LONGEST:
        return None
    if re.fullmatch(r"(\w )+\w", words) and len(words) > 6:  # N A M A
        words = words.replace(" ", "")
    words = _ACCORDING_TO.sub("", words).strip() or words
    return next((field for test, field in _RULES if test(words)), None)


@lru_cache(maxsize=4096)
def field_of_part(upper: str, lower: str) -> str | None:
    """The field of a column whose heading stands in two rows, such as `TTL` over `TEMPAT`."""
    words = normalised(lower)
    if not words:
        return field_of(upper)
    wider = _WIDER.get(field_of(upper) or "", "")
    for test, field in _PARTS.get(wider, ()):
        if test(words):
            return field
    return field_of(lower) or field_of(f"{upper} {lower}")
