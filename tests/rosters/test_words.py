"""Headings, sexes, jobs and names of places are known by their words, in many spellings."""

import pytest

from sertakan.rosters.finding.headings import IGNORED, field_of, field_of_part
from sertakan.rosters.tidying.jobs import category_of, category_of_title, sector_of
from sertakan.rosters.tidying.places import Places
from sertakan.rosters.tidying.sexes import sex_of

HEADINGS = {
    "number": "No|NO.|No. Urut|Nomor|Nomor Urut",
    "nik": (
        "NIK|N I K|N.I.K.|No. KTP|NIK KTP|NIK (16 digit)|Nomor Induk Kependudukan|NO NIK"
        "|NIK/No. KTP|NIK\n(16 digit)|NO INDUK KEPENDUDUKAN|No. Identitas|Nomor KTP-el|eKTP"
        "|e-KTP|NO. KTP / NIK|No.KTP|NIK sesuai KK|NO. NIK / KTP|Nomor NIK|NOMOR KTP"
        "|No KTP (NIK)|NIK*"
    ),
    "kk": "No. KK|Nomor Kartu Keluarga|NIK KK|NKK|No KK|KK",
    "name": (
        "NAMA|Nama Lengkap|NAMA PEKERJA|Nama sesuai KTP|Nama Peserta|N A M A"
        "|Nama Lengkap (sesuai KK)|NAMA CALON PESERTA|Nama Kader|Nama Penerima Bantuan"
        "|Nama Petugas|NAMA PENGURUS RT|Nama Anggota Linmas|Nama Petani|Nama (Sesuai KTP)"
        "|Nama & Gelar|NAMA WARGA|Nama Pemilik"
    ),
    "mother": "Nama Ibu Kandung|Nama Ibu|Ibu Kandung|NAMA GADIS IBU KANDUNG",
    IGNORED: (
        "Nama Suami|Nama Usaha|Agama|NPWP|No. Rekening|Status Perkawinan|Pekerjaan Suami"
        "|NIK Suami|Tanggal Daftar|Kabupaten/Kota|Jumlah|Email|Nama Kepala Keluarga"
        "|Nama Ketua RT|Tempat Usaha|Lokasi Usaha|Tahun Lahir|No. Anggota|Status|Tempat Tugas"
    ),
    "birth": (
        "TTL|T.T.L|Tempat/Tgl Lahir|Tempat, Tanggal Lahir|TEMPAT\nTANGGAL LAHIR"
        "|Tmp. Tgl. Lahir|Tmpt/Tgl Lahir|Tempat & Tgl Lahir|TTL (sesuai KTP)"
        "|Tempat dan Tanggal Lahir"
    ),
    "birth_place": "Tmpt Lahir|Tempat Lahir|Kota Lahir|TEMPAT LAHIR|Tmp Lahir",
    "birth_date": (
        "TGL. LAHIR|Tgl Lahir (dd/mm/yyyy)|Tanggal Lahir|Tanggal Lahir sesuai KTP|Lahir"
        "|Tgl Lhr|TGL/BLN/THN LAHIR|Tgl-Bln-Thn Lahir|Tanggal Lahir (hh-bb-tttt)"
        "|Tgl Lahir (hari/bln/thn)|Date of Birth"
    ),
    "sex": (
        "L/P|JK|Jns Kelamin|Kelamin|Jenis Kelamin (L/P)|Jenis Kel|P/W|Gender|J.Kelamin|L / P"
        "|JK (L/P)|Jns. Kel"
    ),
    "sex_male": "L|Laki-laki",
    "sex_female": "P|Perempuan",
    "address": (
        "Alamat|Alamat Domisili|Alamat sesuai KTP|Tempat Tinggal|Domisili|ALAMAT RUMAH"
        "|Alamat Tinggal|Jalan|Alamat KTP"
    ),
    "rt": "RT",
    "rw": "RW",
    "rt_rw": "RT/RW",
    "village": (
        "Kelurahan|Kel.|Desa/Kel|Desa / Kelurahan|Nama Kelurahan|Nama Desa/Kelurahan|DESA"
        "|Kelurahan/Desa|Asal Kelurahan|Kel/Desa"
    ),
    "district": "Kecamatan|Kec|Kec.",
    "job": (
        "Pekerjaan|Jenis Pekerjaan|Jabatan|Profesi|Jenis Usaha|Kategori|Kelompok"
        "|Kategori Pekerja|Unsur|Bidang Usaha|Mata Pencaharian|Sektor|Nama Pekerjaan"
        "|Pekerjaan/Jabatan|Jenis Pekerja|Usaha|Pekerjaan Utama|Kategori Pekerja Rentan"
        "|Bekerja Sebagai|Status Pekerjaan"
    ),
    "note": "Keterangan|Ket.|KET|Catatan",
    "phone": (
        "HP/WA|No HP|No. Telp|Nomor Telepon/HP|No. WA Aktif|No Telepon|Telp/HP|Kontak|No.HP"
        "|Nomor HP (WA)|Nomor Handphone"
    ),
    "age": "Umur|Usia (th)|USIA",
    "income": "Penghasilan|Penghasilan per bulan|Pendapatan",
    "hamlet": "Dusun|Lingkungan",
}

JOBS = {
    "rt_rw": (
        "Ketua RT.05|KETUA RT 03|RW|RT|ketua rw 02|Pengurus RT 04|Sekretaris RW|Ketua RT/RW"
        "|KETUA RT.01/RW.02|Bendahara RT|Ketua Rukun Tetangga|RT 05|Wakil Ketua RT|KETUA RT05"
    ),
    "social_worker": "P S M|PSM|TKSK|Tagana|Pekerja Sosial|Pendamping PKH|P.S.M.|Relawan Sosial",
    "health_cadre": "KADER|Kader PKK/Posyandu|Kader RT 05|Ketua Kader Posyandu|kader jumantik",
    "grave_keeper": "Juru kunci|Penjaga makam|Tukang gali kubur|Pemandi Jenazah|Modin|JuruKunci",
    "linmas": "Anggota Linmas RW 3|Hansip|SATLINMAS|Sat. Linmas",
    "worship_keeper": (
        "Penjaga Pura|Marbut musholla|Guru ngaji|Koster Gereja|Petugas kebersihan masjid"
        "|Takmir / marbot|Mrabot masjid|Ta'mir Masjid|Guru TPQ"
    ),
    "farmer": "petani penggarap|Buruh Tani|Petni|Nelayan|Peternak ayam|Tani|Pekebun|Tani/Kebun",
    "non_asn": (
        "THL|Tenaga kontrak|NON-ASN|Honorer Kelurahan|Tenaga Harian Lepas|Guru Honorer"
        "|Outsourcing|T H L|Non PNS"
    ),
    "msme": (
        "usaha mikro|PKL|Penjual bunga depan makam|Jualan nasi|pedgang sayur|Toko kelontong"
        "|Pelaku usaha kuliner|jual pulsa|dagang|UMKM makanan|Tukang bakso|Usaha katering"
        "|Wiraswasta (pedagang)"
    ),
    "other_informal": (
        "Tukang parkir|Buruh cuci|Ojek|Asisten Rumah Tangga|Sopir angkot|Buruh Harian Lepas"
        "|Kurir paket|Pembantu Rumah Tangga|Satpam|ART|Pekerja serabutan|Tkg. Becak|supir"
    ),
    "": (
        "Swasta|Wiraswasta|IRT|???|-|Lain-lain|Karyawan Swasta|Ibu Rumah Tangga||Belum bekerja|PNS"
        "|Pelajar/Mahasiswa|Mengurus Rumah Tangga|.|n/a"
    ),
}

TITLES = {
    "linmas": "OPD_Satpol_PP_linmas",
    "health_cadre": "Data Kader Kesehatan RT 05",
    "rt_rw": "DAFTAR KETUA RT DAN RW|RT-RW|Insentif RT/RW",
    "farmer": "Dinas Pertanian|OPD_DKPP_petani",
    "": "RW 1-7|RT 01 RW 02|DAFTAR USULAN PEKERJA RENTAN KELURAHAN TAMAN|Sheet1|Desa Langgardalem",
}

PLACES = {
    "35.77.01.1001": "ORO-ORO OMBO|Oro2 Ombo|oro oro ombo|Kel. Oro-oro Ombo|Ororo Ombo",
    "35.77.02.1009": "Nambangan Kidul|Kel. Nambangan Kdl|NAMBANGANKIDUL",
    "35.77.02.1008": "Nambangan Lor|Nambangan Lr",
    "35.77.02.1007": "Pangongangn|Pangongangan RT 3",
    "35.77.03.1009": "Taman|Kelurahan Taman Kec. Taman",
    "": "Nambangan|Sukun|-|X|Kecamatan",
}


def _each(cases: dict[str, str]) -> list[tuple[str, str]]:
    return [(text, expected) for expected, texts in cases.items() for text in texts.split("|")]


@pytest.mark.parametrize(("heading", "field"), _each(HEADINGS))
def test_a_heading_announces_a_field(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize("heading", ["Wilayah", "Ketua RT", "Lain-lain", "Desil 1-4 ya", ""])
def test_other_headings_announce_no_field_that_is_read(heading: str) -> None:
    assert field_of(heading) in (None, IGNORED)


@pytest.mark.parametrize(
    ("upper", "lower", "field"),
    [
        ("TEMPAT/TANGGAL LAHIR", "TEMPAT", "birth_place"),
        ("TEMPAT/TANGGAL LAHIR", "TANGGAL", "birth_date"),
        ("Tanggal Lahir", "Thn", "birth_year"),
        ("JENIS KELAMIN", "L", "sex_male"),
        ("ALAMAT", "DESA/KEL.", "village"),
        ("NIK", "", "nik"),
        ("NAMA", "LENGKAP", "name"),
    ],
)
def test_a_heading_in_two_rows(upper: str, lower: str, field: str) -> None:
    assert field_of_part(upper, lower) == field


@pytest.mark.parametrize(("job", "category"), _each(JOBS))
def test_a_job_belongs_to_a_category(job: str, category: str) -> None:
    assert category_of(job) == category


@pytest.mark.parametrize(("title", "category"), _each(TITLES))
def test_a_title_tells_a_category(title: str, category: str) -> None:
    assert category_of_title(title) == category


@pytest.mark.parametrize(
    ("job", "sector"),
    [
        ("Ojek", "transport"),
        ("Sopir", "transport"),
        ("Penarik becak", "transport"),
        ("Petani", "other"),
        ("", "other"),
    ],
)
def test_who_drives_works_in_transport(job: str, sector: str) -> None:
    assert sector_of(job) == sector


@pytest.mark.parametrize(("name", "code"), _each(PLACES))
def test_a_village_is_known_in_many_spellings(name: str, code: str) -> None:
    assert Places("35.77").village_named(name) == code


def test_one_name_in_two_districts_is_no_place_without_the_district() -> None:
    places = Places("35.19")  # Kabupaten Madiun has two

    assert places.village_named("Sukorejo") == ""
    assert places.village_in("Desa Sukorejo Kec. Saradan") == "35.19.12.2006"


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("L", "L"), ("lk", "L"), ("Laki - Laki", "L"), ("PRIA", "L"), ("cowok", "L"), ("1", "L"),
        ("P", "P"), ("pr.", "P"), ("Perempuan", "P"), ("wanita", "P"), ("W", "P"), ("F", "P"),
        ("", None), ("-", None), ("L/P", None), ("?", None),
    ],
)  # fmt: skip
def test_a_sex_in_any_spelling(text: str, sex: str | None) -> None:
    assert sex_of(text) == sex
