"""The words by which an occupation is recognised, in the order in which they are tried.

A rule is a category and a pattern over plain lower-case words. Those who serve a place or an office
come before those who trade or toil: a `kader` of anything is a health cadre, a `buruh tani` is a
farmer; but who sells something before a mosque is a trader, so trade that comes first decides.
"""

import re

Rule = tuple[str, re.Pattern[str]]

CATEGORIES = (
    "non_asn", "rt_rw", "social_worker", "linmas", "health_cadre", "grave_keeper",
    "worship_keeper", "farmer", "msme", "other_informal",
)  # fmt: skip


def _rule(category: str, words: str) -> Rule:
    return category, re.compile(rf"\b(?:{words})\b")


_SELLS = (
    r"penjual\w*|jualan|jual|berjualan|pedagang\w*|dagang|berdagang|bakul|warung\w*|wrg|toko|kios"
    r"|lapak|pengecer|agen|distributor"
)
_OFFICE_OF_RT = (
    r"ketua|ket|ka|kt|pengurus|sekretaris|sekertaris|sekr|bendahara|wakil|pak|bu|anggota pengurus|kepala"
    r"|perangkat|pimpinan"
)
_WORSHIP_PLACE = (
    r"masjid|mesjid|masjit|mushola|musholla|mushalla|mushala|musolla|langgar|surau|gereja|kapel|pura|vihara|wihara"
    r"|klenteng|kelenteng|rumah ibadah|tempat ibadah|peribadatan|sanggah|merajan"
)
_BURIAL = r"makam|pemakaman|kubur|kuburan|pekuburan|jenazah|tpu|taman makam|pesarean|kremasi"

FIRST_WORD_SELLS = re.compile(rf"^(?:{_SELLS})\b(?! (?:hasil )?(?:tani|ternak)\b)")

RULES: tuple[Rule, ...] = (
    _rule(
        "health_cadre",
        r"kader\w*|posyandu|posbindu|jumantik|ppkbd|sub ppkbd|plkb|kpm|dasawisma|dasa wisma",
    ),
    _rule(
        "linmas",
        r"linmas|satlinmas|sat linmas|hansip|hanra|kamra|wanra|perlindungan masyarakat|pertahanan sipil",
    ),
    _rule(
        "grave_keeper",
        rf"(?:{_BURIAL})|juru kunci|jurukunci|kuncen|modin|mudin|lebe|rukun kematian|penggali|juru pelihara makam",
    ),
    _rule(
        "social_worker",
        r"psm|tksk|tagana|peksos|pekerja sosial\w*|pekerja sosial masyarakat|ipsm|taruna siaga bencana"
        r"|pendamping (?:sosial|pkh|rehsos|lansia|disabilitas)|pkh|relawan\w*|penyuluh sosial|karang taruna"
        r"|puskesos|tenaga kesejahteraan sosial|pekerja kemasyarakatan|petugas sosial|lk3|kesos|sosial",
    ),
    _rule(
        "rt_rw",
        rf"(?:{_OFFICE_OF_RT})(?: (?:rukun|umum|i|ii))? (?:rt|rw|rukun tetangga|rukun warga|\d+ rt|\d+ rw)",
    ),
    _rule(
        "rt_rw", r"rukun tetangga|rukun warga|rtrw|rt rw|ketua lingkungan|kepala lingkungan|kaling"
    ),
    _rule(
        "worship_keeper",
        rf"marbot|marbut|merbot|merebot|marebot|marbod|takmir|tamir|ta mir|imam|muadzin|muazin|muadzdzin|muezin|bilal"
        rf"|khotib|khatib|koster|kostor|pemangku|pinandita|jero mangku|mangku|bhiksu|biksu|romo|pastor|pendeta"
        rf"|pdt|penginjil|tuwagana|juru sapu pura|ngaji|mengaji|tpq|madin|diniyah|madrasah diniyah|ustad\w*|ustaz\w*"
        rf"|guru (?:tpa|quran|al quran|alquran)|dkm|nadzir|(?:{_WORSHIP_PLACE})",
    ),
    _rule(
        "non_asn",
        r"honor|honorer\w*|honda|ptt|gtt|gtty|kontrak\w*|non ?asn|nonasn|non ?pns|bukan asn|thl|thlb?|phl|tkk|tkd|pjlp|tphl"
        r"|tenaga harian lepas|pegawai harian lepas|harian lepas (?:dinas|pemkot|pemkab|dlh)|out ?sourcing|outsourc\w*"
        r"|outsorcing|alih daya|pegawai tidak tetap|tidak tetap|tenaga (?:pendukung|teknis|administrasi|bantu|sukarela"
        r"|operasional|pendamping|penunjang)|sukwan|wiyata bakti|wb|gtk non ?asn|upah jasa|jasa lainnya|pjl|ppnpn|banpol",
    ),
    _rule(
        "farmer",
        r"tani|petani\w*|bertani|pertanian|penggarap\w*|pekebun|berkebun|perkebunan|peternak\w*|ternak|beternak|peternakan"
        r"|nelayan\w*|melaut|petambak|penambak|tambak|pembudidaya\w*|budidaya|sawah|ladang|huma|penyadap\w*|penderes"
        r"|poktan|gapoktan|perikanan|perladangan|pembibit\w*|pengairan sawah|angon|gembala ternak|penggembala",
    ),
    _rule("rt_rw", r"rt|rw"),
    _rule(
        "msme",
        rf"umkm|ukm|ikm|ukmk|(?:{_SELLS})|pkl|kaki lima|asongan|kelontong|usaha\w*|pengusaha|wirausaha (?:mikro|kecil)"
        r"|pelaku usaha|mikro|katering|catering|kuliner|pengrajin|perajin|kerajinan|konveksi|produsen|industri rumah\w*"
        r"|home industri\w*|home industry|depot|kantin|angkringan|rombong|gerobak|counter|konter|pengepul|penjual|olshop"
        r"|online shop|pracangan|meracang|peracangan|mlijo|mracang|bengkel|laundry|londri|salon|penjahit|pembatik|batik"
        r"|tukang (?:sayur|bakso|baso|jamu|sate|soto|es|roti|gorengan|cilok|cendol|rujak|nasi|bubur|mie|mi|tahu|tempe"
        r"|ikan|daging|buah|bunga|rosok)",
    ),
    _rule(
        "other_informal",
        r"tukang\w*|buruh\w*|kuli\w*|sopir\w*|supir\w*|driver\w*|pengemudi\w*|ojek\w*|ojol|gojek|go jek|grab\w*|maxim|kurir\w*"
        r"|becak|bentor|betor|bemo|angkot|dokar|andong|delman|kusir|kernet|kenek|kondektur|taksi|taxi|truk|ekspedisi"
        r"|parkir|jukir|juru parkir|pemulung\w*|pemilah|rongsok\w*|rosok|art|prt|asisten\w*|pembantu\w*|pengasuh"
        r"|baby ?sitter|pramuwisma|pekerja rumah tangga|cuci|setrika|satpam|security|keamanan|penjaga\w*|jaga malam"
        r"|waker|serabutan|srabutan|freelance\w*|lepas|harian|montir|mekanik|teknisi|pijat|pemijat|dukun bayi|cukur"
        r"|pangkas|barber\w*|jahit|menjahit|pengamen|seniman|musisi|penyanyi|dalang|sinden|penari|penyapu|kebersihan"
        r"|sampah|cleaning|loper|koran|pelayan|juru masak|koki|bangunan|batu|kayu|las|meubel|mebel|penambang|penebang"
        r"|porter|manol|pekerja informal|informal|difabel|disabilitas|pekerja lepas",
    ),
)

TRANSPORT = re.compile(
    r"\b(?:sopir\w*|supir\w*|driver\w*|pengemudi\w*|ojek\w*|ojol|gojek|go jek|grab\w*|maxim|kurir\w*|becak|bentor|betor"
    r"|bemo|angkot|angkutan|dokar|andong|delman|kusir|kernet|kenek|kondektur|taksi|taxi|truk|ekspedisi|travel)\b"
)

# words long enough to be known again when misspelt
SPELLED = {
    "kader": "health_cadre", "posyandu": "health_cadre", "linmas": "linmas", "satlinmas": "linmas",
    "hansip": "linmas", "pemakaman": "grave_keeper", "kuburan": "grave_keeper", "makam": "grave_keeper",
    "marbot": "worship_keeper", "takmir": "worship_keeper", "masjid": "worship_keeper",
    "mushola": "worship_keeper", "gereja": "worship_keeper", "honorer": "non_asn", "kontrak": "non_asn",
    "petani": "farmer", "penggarap": "farmer", "peternak": "farmer", "nelayan": "farmer",
    "pedagang": "msme", "penjual": "msme", "jualan": "msme", "warung": "msme", "kelontong": "msme",
    "tukang": "other_informal", "buruh": "other_informal", "sopir": "other_informal",
    "pemulung": "other_informal", "serabutan": "other_informal", "asisten": "other_informal",
    "pembantu": "other_informal",
}  # fmt: skip
