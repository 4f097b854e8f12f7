"""That a worker was told and has agreed (UU 27/2022), as the sponsor declared it.

The words are kept here by their version, so that years later one can read what was declared. A
changed sentence gets a new version; the old one stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.enrolment.errors import CannotEnrol
from sertakan.enrolment.models import Consent
from sertakan.sponsors.models import Agreement

WORDINGS: Mapping[str, str] = {
    "2026-11": (
        "Saya sudah memberi tahu pekerja ini bahwa nama, NIK, tanggal lahir, nomor telepon, "
        "pekerjaan, penghasilan, dan tempat tinggalnya dipakai untuk mendaftarkannya ke program "
        "JKK dan JKM BPJS Ketenagakerjaan, disimpan selama hak klaim masih berlaku, dan dapat ia "
        "lihat, perbaiki, atau tarik kembali sesuai UU 27/2022. Pekerja ini setuju."
    ),
}
CURRENT = "2026-11"


@dataclass(frozen=True, slots=True)
class Declared:
    """What was declared of a person (an id): in which words, when, and by which user (an id)."""

    person: int
    wording: str
    at: datetime
    by: int


def record_consents(
    *, agreement: Agreement, declared: Iterable[Declared], by: User, now: datetime
) -> int:
    """Keep what was declared of the people of an agreement; how many. In the caller's transaction.

    Raises CannotEnrol for words that nobody could have read.
    """
    consents = [
        Consent(
            agreement=agreement,
            person_id=one.person,
            wording=one.wording,
            declared_at=one.at,
            declared_by_id=one.by,
        )
        for one in declared
    ]
    for consent in consents:
        if consent.wording not in WORDINGS:
            raise CannotEnrol(f"{consent.wording} is no wording of a consent.")
    Consent.objects.bulk_create(consents)
    if consents:
        record(
            verb="consents_declared", subject_type="agreement", subject_id=agreement.pk, by=by,
            at=now, people=len(consents),
        )  # fmt: skip
    return len(consents)
