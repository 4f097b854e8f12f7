"""Make `sertakan/vocabulary/data/regions.csv.gz` from npm's idn-area-data.

    npm pack idn-area-data && tar xzf idn-area-data-*.tgz
    python scripts/vendor_regions.py package/data

One table of the ministry's codes and names, all four levels, sorted by code. The only changes: runs
of spaces become one, and a double quote inside a word becomes the apostrophe it stands for (Ja"an).
"""

import csv
import gzip
import io
import re
import sys
from pathlib import Path

LEVELS = ("provinces", "regencies", "districts", "villages")
TARGET = Path(__file__).parent.parent / "sertakan/vocabulary/data/regions.csv.gz"


def tidy(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip().replace('"', "'")


def read(folder: Path) -> list[tuple[str, str]]:
    rows = []
    for level in LEVELS:
        with (folder / f"{level}.csv").open(encoding="utf-8", newline="") as file:
            rows += [(row["code"].strip(), tidy(row["name"])) for row in csv.DictReader(file)]
    rows.sort()
    codes = [code for code, _ in rows]
    known = set(codes)
    assert len(known) == len(codes), "a code stands twice"
    assert all("." not in code or code.rpartition(".")[0] in known for code in codes), "no parent"
    return rows


def main(folder: Path) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([("code", "name"), *read(folder)])
    with TARGET.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.getvalue().encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
