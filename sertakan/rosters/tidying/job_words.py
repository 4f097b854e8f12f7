"""The words by which an occupation is recognised, in the order in which they are tried.

A rule is a category and a pattern over plain lower-case words. Those who serve a place or an office
come before those who trade or toil: a `kader` of anything is a health cadre, a `buruh tani` is a
farmer; but who sells something before a mosque is a trader, so trade that comes first decides.

In the lists `_` is a space within a phrase and `*` any ending of a word.
"""

import re

Rule = tuple[str, re.Pattern[str]]

CATEGORIES = (
    "non_asn", "rt_rw", "social_worker", "linmas", "health_cadre", "grave_keeper",
    "worship_keeper", "farmer", "msme", "other_informal",
)  # fmt: skip


def _any_of(phrases: str) -> str:
    return "|".join(phrase.replace("_", " ").replace("*", r"\w*") for phrase in phrases.split())


def _rule(category: str, phrases: str) -> Rule:
    return category, re.compile(rf"\b(?:{_any_of(phrases)})\b")


_SELLS = """
    penjual* jualan jual berjualan pedagang* dagang berdagang bakul warung* wrg toko kios lapak
    pengecer agen distributor
"""
_OFFICE_OF_RT = """
    ketua ket ka kt pengurus sekretaris sekertaris sekr sek bendahara bend wakil pak bu kepala
    perangkat pimpinan
"""
_WORSHIP_PLACE = """
    masjid mesjid masjit mushola musholla mushalla mushala musolla langgar surau gereja kapel pura
    vihara wihara klenteng kelenteng rumah_ibadah tempat_ibadah peribadatan
"""
_DRIVES = """
    sopir* supir* driver* pengemudi* ojek* ojol gojek go_jek grab* maxim kurir* becak bentor betor
    bemo angkot dokar andong delman kusir kernet kenek kondektur taksi taxi truk ekspedisi
"""
_SOLD_BY_TUKANG = """
    sayur bakso baso jamu sate soto es roti gorengan cilok cendol rujak nasi bubur mie mi tahu
    tempe ikan daging buah bunga
"""

FIRST_WORD_SELLS = re.compile(rf"(?:{_any_of(_SELLS)})\b(?! (?:hasil )?(?:tani|ternak)\b)")

RULES: tuple[Rule, ...] = (
    _rule(
        "health_cadre",
        "kader* posyandu posbindu jumantik ppkbd sub_ppkbd plkb kpm dasawisma dasa_wisma",
    ),
    _rule(
        "linmas",
        """linmas satlinmas sat_linmas hansip hanra kamra wanra perlindungan_masyarakat
        pertahanan_sipil""",
    ),
    _rule(
        "grave_keeper",
        """makam pemakaman kubur kuburan pekuburan jenazah tpu pesarean kremasi juru_kunci jurukunci
        modin mudin lebe rukun_kematian penggali""",
    ),
    _rule(
        "social_worker",
        """psm tksk tagana peksos pek_sos pekerja_sosial* pek_sosial* ipsm taruna_siaga_bencana pkh
        relawan* pendamping_(sosial|pkh|rehsos|lansia|disabilitas) penyuluh_sosial karang_taruna
        puskesos tenaga_kesejahteraan_sosial pekerja_kemasyarakatan petugas_sosial kesos sosial""",
    ),
    _rule(
        "rt_rw",
        rf"(?:{_any_of(_OFFICE_OF_RT)})_(?:(?:umum|i|ii|\d+)_)?(?:rt|rw|rukun_tetangga|rukun_warga)",
    ),
    _rule("rt_rw", "rukun_tetangga rukun_warga rtrw rt_rw (ketua|kepala)_lingkungan kaling"),
    _rule(
        "worship_keeper",
        f"""marbot marbut merbot merebot marebot marbod takmir tamir ta_mir imam muadzin muazin
        muadzdzin muezin bilal khotib khatib koster kostor pemangku pinandita jero_mangku mangku
        bhiksu biksu romo pastor pendeta pdt penginjil ngaji mengaji tpq madin diniyah ustad*
        ustaz* dkm nadzir guru_(tpa|quran|al_quran|alquran) {_WORSHIP_PLACE}""",
    ),
    _rule(
        "non_asn",
        """honor honorer* honda ptt gtt gtty kontrak* non_asn nonasn non_pns nonpns bukan_asn thl
        thlb phl tkk tkd pjlp tphl (tenaga|pegawai)_harian_lepas out_sourc* outsourc* outsorc*
        alih_daya tidak_tetap
        tenaga_(pendukung|teknis|administrasi|bantu|sukarela|operasional|pendamping|penunjang)
        sukwan wiyata_bakti upah_jasa jasa_lainnya ppnpn banpol""",
    ),
    _rule(
        "farmer",
        """tani petani* bertani pertanian penggarap* pekebun berkebun perkebunan peternak* ternak
        beternak peternakan nelayan* melaut petambak penambak tambak pembudidaya* budidaya sawah
        ladang huma penyadap* penderes poktan gapoktan perikanan perladangan pembibit* angon
        penggembala""",
    ),
    _rule("rt_rw", "rt rw"),
    _rule(
        "msme",
        f"""umkm ukm ikm ukmk {_SELLS} pkl kaki_lima asongan kelontong usaha* pengusaha
        pelaku_usaha mikro wirausaha_(mikro|kecil) katering catering kuliner pengrajin perajin
        kerajinan konveksi produsen home_industr* industri_rumah* depot kantin angkringan rombong
        gerobak counter konter pengepul olshop online_shop pracangan meracang peracangan mlijo
        mracang bengkel laundry londri salon penjahit pembatik batik
        tukang_(?:{_any_of(_SOLD_BY_TUKANG)})""",
    ),
    _rule(
        "other_informal",
        f"""tukang* buruh* kuli* {_DRIVES} parkir jukir pemulung* pemilah rongsok* rosok art prt
        asisten* pembantu* pengasuh baby_sitter babysitter pramuwisma pekerja_rumah_tangga cuci
        setrika satpam security keamanan penjaga* jaga_malam waker serabutan srabutan freelance*
        lepas harian montir mekanik teknisi pijat pemijat dukun_bayi cukur pangkas barber* jahit
        menjahit pengamen seniman musisi penyanyi dalang sinden penari penyapu kebersihan sampah
        cleaning loper koran pelayan juru_masak koki bangunan kayu las meubel mebel penambang
        penebang
        porter manol informal difabel disabilitas""",
    ),
)

TRANSPORT = re.compile(rf"\b(?:{_any_of(_DRIVES)}|angkutan|travel)\b")

# said of many, and of nobody in particular
VAGUE = re.compile(
    _any_of(
        """wiraswasta wirausaha swasta karyawan* karyawan_.* karyawati.* pegawai pegawai_swasta irt
        urt mrt ibu_rumah_tangga rumah_tangga mengurus_rumah_tangga lain_lain lain lainnya dll
        tidak_ada belum_ada (belum|blm|tidak|tdk)_bekerja pengangguran pelajar.* mahasiswa.*
        pensiunan.* pns asn tni polri guru pekerja pekerja_rentan tidak_tahu kosong usaha
        usaha_sendiri"""
    )
)

# a place in an organisation; of which one, the title of the list tells
RANK = (
    r"^(?i:\s*(?:wakil|wk\.?)?\s*(?:ketua|kepala|ka\.?|koordinator|korlap|sekretaris|bendahara|anggota"
    r"|pengurus|petugas|pelaksana|staff?|danru|danton|danki|kasatgas|komandan(?: regu| pleton)?)"
    r"\s*(?:[ivx]{1,4}|\d{1,2})?[.\s]*)$"
)

# words long enough to be known again when misspelt
SPELLED = {
    word: category
    for category, words in {
        "health_cadre": "kader posyandu",
        "linmas": "linmas satlinmas hansip",
        "grave_keeper": "pemakaman kuburan makam",
        "worship_keeper": "marbot takmir masjid mushola gereja",
        "non_asn": "honorer kontrak",
        "farmer": "petani penggarap peternak nelayan",
        "msme": "pedagang penjual jualan warung kelontong",
        "other_informal": "tukang buruh sopir pemulung serabutan asisten pembantu",
    }.items()
    for word in words.split()
}
