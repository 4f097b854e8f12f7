"""Papers to tell stories with. Nobody here exists."""

from datetime import date

from sertakan.documents import (
    Allocated,
    Amount,
    Annex,
    Bill,
    Billed,
    Card,
    Cited,
    Confirmed,
    Contact,
    Correction,
    Enrolled,
    Giver,
    Handover,
    Heir,
    Help,
    Issuer,
    Letter,
    MonthCharged,
    Receipt,
    card_keys,
    card_token,
)  # fmt: skip
from sertakan.law.book import published
from sertakan.law.questions import decide
from sertakan.vocabulary import Month

KEY = card_keys.signing_key(bytes(range(32)))
BRANCH = Issuer("Kantor Cabang Madiun", ("Jalan Contoh 1, Kota Madiun", "(0351) 000-000"))
HELP = Help(
    (Contact("Kantor cabang", "(0351) 000-000"), Contact("Disnaker", "(0351) 111-111")),
    "sertakan.example/periksa-kartu",
)
ISSUED = date(2026, 1, 1)
RELIEF = Cited("bpu/jkm/monthly", date(2015, 7, 1), "PP 44/2015")
SITI = {
    "segment": "BPU",
    "died_on": date(2026, 6, 14),
    "cause": "ordinary",
    "accepted_on": date(2026, 1, 1),
    "payments": [{"paid_on": "2026-01-10", "months": [f"2026-0{m}" for m in range(1, 7)]}],
    "working_when_accepted": True,
    "children": [],
    "survivors": [{"relation": "spouse", "id": "Budi Santoso"}],
}


def a_card(number=1, name="Wati Suryaningsih", **otherwise):
    card = card_token.Card(number, ISSUED, date(2026, 12, 31))
    fields = {
        "number": f"3577 0001 {number:04d}",
        "name": name,
        "nik": "357701********03",
        "programmes": ("JKK", "JKM"),
        "sponsor": "Pemerintah Kota Madiun",
        "cover": "1 Januari – 31 Desember 2026",
        "address": card_token.address("https://sertakan.example", card_token.sign(card, KEY)),
    }
    return Card(**fields | otherwise)


def a_bill(**otherwise):
    fields = {
        "number": "TAG-202601-0000012",
        "payment_code": "7700000000125",
        "sponsor": "Pemerintah Kota Madiun",
        "agreement": "PKS/001/2026",
        "issued_on": date(2026, 1, 5),
        "due_on": date(2026, 1, 15),
        "people": 1200,
        "charged": tuple(
            MonthCharged(Month(2026, month), 1200, 12_000_000, 8_160_000) for month in range(1, 6)
        ),
        "provisions": (RELIEF, Cited("no/longer_there", date(2026, 1, 1), "PP 50/2025")),
        "corrections": (
            Correction("KOR-202602-0000013", date(2026, 2, 2), -16_800, "Wati pindah domisili"),
        ),
        "listed": tuple(
            Billed(f"Budi Santoso {i}", f"357701********{i:02d}", 5, 84_000) for i in range(1, 90)
        ),
        "issuer": BRANCH,
    }
    return Bill(**fields | otherwise)


def a_receipt(**otherwise):
    fields = {
        "number": "BYR-0000031",
        "sponsor": "Perumda Air Minum Tirta Taman Sari",
        "received_on": date(2026, 1, 12),
        "rupiah": 100_900_000,
        "bank": "Bank Contoh",
        "bank_reference": "FT26012000123",
        "credit": 100_000,
        "issuer": BRANCH,
        "bill": "TAG-202601-0000012",
        "payment_code": "7700000000125",
        "allocated": (
            Allocated("TAG-202601-0000012", Month(2026, 1), Month(2026, 5), 6000, 100_800_000),
        ),
    }
    return Receipt(**fields | otherwise)


def a_letter(*, facts=None, **otherwise):
    kept = decide("death_benefit", SITI | (facts or {}), published()).as_dict()
    fields = {
        "number": "KEP-2026-000007/1",
        "claim": "KLM-2026-000007",
        "addressee": "Budi Santoso",
        "addressee_relation": "spouse",
        "deceased": "Siti Aminah",
        "deceased_nik": "357701********04",
        "died_on": date(2026, 6, 14),
        "cause": "ordinary",
        "outcome": kept["answer"]["outcome"],
        "kept": kept,
        "decided_on": date(2026, 6, 22),
        "decided_by": "Dewi Lestari",
        "approved_by": "Eko Prasetyo",
        "approved_on": date(2026, 6, 23),
        "heirs": (Heir("Budi Santoso", "spouse"),),
        "issuer": BRANCH,
    }
    return Letter(**fields | otherwise)


def a_handover(**otherwise):
    source = "PP 82/2019 Pasal 34"
    fields = {
        "number": "BA-2026-000007",
        "on": date(2026, 6, 26),
        "place": "Balai Kota Madiun",
        "claim": "KLM-2026-000007",
        "deceased": "Siti Aminah",
        "deceased_nik": "357701********04",
        "died_on": date(2026, 6, 14),
        "giver": Giver("Eko Prasetyo", "Kantor Cabang Madiun"),
        "receiver": Heir("Budi Santoso", "spouse", "357701********05", "Jalan Contoh 7, Madiun"),
        "amounts": (
            Amount("death_grant", 20_000_000, source),
            Amount("periodic_grant", 12_000_000, source),
            Amount("funeral", 10_000_000, source),
        ),
        "issuer": BRANCH,
        "witnesses": ("Rini Hartati", "Fajar Nugroho"),
        "paid_on": date(2026, 6, 25),
        "bank_reference": "OUT26062500001",
    }
    return Handover(**fields | otherwise)


def an_annex(**otherwise):
    fields = {
        "agreement": "PKS/001/2026",
        "sponsor": "Pemerintah Kota Madiun",
        "first_day": ISSUED,
        "last_day": date(2026, 12, 31),
        "places": 16_000,
        "budget": 3_050_000_000,
        "fund": "apbd",
        "programmes": ("JKK", "JKM"),
        "as_of": date(2026, 1, 5),
        "issuer": BRANCH,
    }
    return Annex(**fields | otherwise)


def enrolled(people, name="Wati Suryaningsih"):
    return [
        Enrolled(
            f"{name} {place}", f"357701********{place % 100:02d}", "grave_keeper",
            "Manguharjo", ISSUED, date(2026, 12, 31),
        )
        for place in range(1, people + 1)
    ]  # fmt: skip


def an_officers_word():
    return Confirmed(
        "arrears_paid_after_death", "Sponsor membayar terlambat.", "Fajar", date(2026, 6, 22)
    )
