"""A file that is not read, with the reason in a sentence for the person who sent it."""


class Unreadable(Exception):
    """Raised with an Indonesian sentence (without the name of the file, which the caller knows)."""


BROKEN = "Berkas rusak atau bukan lembar kerja; buka dan simpan ulang, lalu kirim lagi."
EMPTY = "Berkas kosong."
ENCRYPTED = "Berkas dikunci kata sandi; kirim lagi tanpa kata sandi."
NOT_A_TABLE = "Berkas ini bukan lembar kerja (.xlsx, .xls, .ods) atau CSV."
NO_LIST = "Tidak ada daftar orang di dalam berkas ini."
TOO_BIG = "Berkas terlalu besar ({megabytes} MB; paling besar {limit} MB)."
TOO_BIG_INSIDE = "Isi berkas terlalu besar setelah dibuka (lebih dari {limit} MB); tidak dibuka."
TOO_MANY_ROWS = "Lembar berisi terlalu banyak baris atau kolom ({cells}); hapus yang kosong."
TOO_BIG_FOR_MEMORY = "Isi berkas terlalu besar untuk dibuka; bagilah menjadi beberapa berkas."
MISSING = "Berkas atau folder tidak ditemukan."
FORBIDDEN = "Berkas tidak boleh dibaca; periksa izinnya."
FAILED = "Berkas tidak dapat dibaca ({why})."
NO_FILE = "Ini bukan berkas biasa."
NOT_UNDERSTOOD = "Program gagal memahami berkas ini ({error}); laporkan kepada pengelola program."
