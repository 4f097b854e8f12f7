"""How often a sponsor may have a NIK held against the records: each answer tells something."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sertakan.access.limits import within_limit
from sertakan.web import clock
from sertakan.web.guard import user_of
from sertakan.web.once import charged

TOO_MANY = _("So many NIK were checked within an hour. Please go on later.")
MOST_NIKS, MOST_LISTS, AN_HOUR = 120, 10, 3600


def may_check(request: HttpRequest) -> bool:
    """Whether one more NIK may be checked within the hour; counted also where it is refused."""
    return _may(request, "sponsor-nik", MOST_NIKS)


def may_check_list(request: HttpRequest) -> bool:
    """Whether one more list may be checked within the hour."""
    return _may(request, "sponsor-list", MOST_LISTS)


def _may(request: HttpRequest, matter: str, most: int) -> bool:
    who, now = str(user_of(request).pk), clock.now()
    return charged(request, lambda: within_limit(matter, who, most=most, seconds=AN_HOUR, now=now))
