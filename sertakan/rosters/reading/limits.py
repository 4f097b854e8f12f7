"""How much a file may hold. A million people is a big roster; more is a mistake or an attack."""

MEGABYTE = 1 << 20

WORKBOOK_BYTES = 64 * MEGABYTE
TEXT_BYTES = 512 * MEGABYTE
UNPACKED_BYTES = 512 * MEGABYTE
UNPACKED_RATIO = 200  # of packed, where it is more than a few megabytes
UNPACKED_BYTES_UNSUSPECTED = 16 * MEGABYTE
ROWS = 2_000_000
ODS_ROWS = 4_000_000  # blank ones included: a plain .ods may fill its sheet with a million of them
CELLS = 24_000_000  # dense, blank ones included: each costs the reader up to 32 bytes
SHEETS = 200
COLUMNS = 1_000
