"""The programme's words as the pages show them, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sertakan.sponsors.models import Category, Programme

CATEGORIES: dict[str, Promise] = {
    Category.NON_ASN: _("Contract staff of the government (non-ASN)"),
    Category.RT_RW: _("Heads of neighbourhoods (RT/RW)"),
    Category.SOCIAL_WORKER: _("Social workers"),
    Category.LINMAS: _("Civil guards (linmas)"),
    Category.HEALTH_CADRE: _("Health cadres"),
    Category.GRAVE_KEEPER: _("Grave keepers"),
    Category.WORSHIP_KEEPER: _("Keepers of houses of worship"),
    Category.FARMER: _("Farmers"),
    Category.MSME: _("Small traders and businesses"),
    Category.OTHER_INFORMAL: _("Other informal workers"),
}

PROGRAMMES: dict[str, Promise] = {
    Programme.JKK: _("Work accident insurance (JKK)"),
    Programme.JKM: _("Death insurance (JKM)"),
    Programme.JHT: _("Old-age savings (JHT)"),
}
