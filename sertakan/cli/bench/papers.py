"""How long papers take: a thousand cards in one file, and one receipt.

Each is held against Typst setting as many empty pages of the same size in the same run.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from statistics import median
from typing import Any

import typst

from sertakan.cli.bench.report import Figure
from sertakan.documents import Card, Contact, Help, Issuer, Receipt, cards, receipt
from sertakan.documents.card_keys import signing_key
from sertakan.documents.card_token import Card as Signed
from sertakan.documents.card_token import address, sign
from sertakan.documents.typesetting import fonts

ON = date(2026, 1, 2)
CARDS = 1_000
RUNS = 3
EMPTY = """
#set page(width: {width}mm, height: {height}mm, margin: 0mm)
#for each in range({pages}) {{ page[] }}
"""


def paper_figures(size: int) -> Iterator[Figure]:
    """Cards and a receipt; they hang on no number of people on record."""
    many = _cards()
    sheet = Help((Contact("BPJS Ketenagakerjaan", "175"),), "contoh.id/cek")
    paper = Receipt(
        "KW-1", "Kota Contoh", ON, 33_600, "Bank Contoh", "TRX-1", 0, Issuer("Cabang Contoh")
    )
    yield Figure(
        size=size,
        step="1,000 cards",
        rows=CARDS,
        seconds=_median(lambda run: cards(many, help=sheet, on=ON)),
        bare=_median(lambda run: _empty(85.6 + run / 100, 54, 2 * CARDS)),
    )
    yield Figure(
        size=size,
        step="one receipt",
        rows=1,
        seconds=_median(
            lambda run: receipt(replace(paper, number=f"KW-{run}", rupiah=33_600 + run))
        ),
        bare=_median(lambda run: _empty(210 + run / 100, 297, 1)),
    )


def _cards() -> list[Card]:
    key = signing_key(bytes(32))
    return [
        Card(
            number=f"{number:010}",
            name=f"Orang Contoh {number}",
            nik="357701********03",
            programmes=("JKK", "JKM"),
            sponsor="Kota Contoh",
            cover="1 Jan 2026 – 31 Des 2026",
            address=address("https://contoh.id", sign(Signed(number, ON, date(2026, 12, 31)), key)),
        )
        for number in range(CARDS)
    ]


def _empty(width: float, height: float, pages: int) -> bytes:
    source = EMPTY.format(width=width, height=height, pages=pages).encode()
    files: Any = {"main": source}
    compiler = typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)
    result = compiler.compile(input=files, format="pdf")
    assert isinstance(result, bytes)
    return result


def _median(call: Callable[[int], object]) -> float:
    """Seconds; each run says something else, since Typst remembers what it has laid out."""
    taken = []
    for run in range(RUNS):
        begun = time.perf_counter()
        call(run)
        taken.append(time.perf_counter() - begun)
    return median(taken)
