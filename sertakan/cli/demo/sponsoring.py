"""What the sponsors' pages show beyond the year's story: a standing approval, and a draft."""

from collections.abc import Callable
from datetime import datetime

from sertakan.accounts.models import User
from sertakan.regions.models import Level, Region
from sertakan.sponsors.drafts import Content, change_draft
from sertakan.sponsors.models import Agreement
from sertakan.sponsors.standing import give_standing_approval

MOST_PLACES = 25


def prepare(
    *, neighbour: Agreement, sponsor: User, approver: User, since: datetime, now: datetime
) -> None:
    """The branch approves small private sponsorships; the neighbour has begun a third worker."""
    if neighbour.branch is not None:
        give_standing_approval(
            branch=neighbour.branch, most_places=MOST_PLACES, by=approver, now=since
        )
    change_draft(
        sponsor=neighbour.sponsor, change=_third_worker(neighbour.region), by=sponsor, now=now
    )


def _third_worker(region: Region | None) -> Callable[[Content], None]:
    within = region.pk if region else ""
    villages = Region.objects.filter(level=Level.VILLAGE, code__startswith=within)
    village = villages.order_by("code").values_list("pk", flat=True).first()
    prefix = village.replace(".", "")[:6] if village else "357701"

    def begin(content: Content) -> None:
        content["workers"] = [
            {
                "key": 1,
                "nik": f"{prefix}4712789873",
                "name": "Sumiati Rahayu",
                "birth_date": "1978-12-07",
                "phone": "",
                "sure": False,
                "category": "msme",
                "sector": "other",
                "income": 0,
                "region": village,
            }
        ]
        content["last_key"] = 1

    return begin
