"""Finding sponsors and agreements as people name them."""

from django.utils.translation import gettext as _

from sertakan.sponsors.errors import AgreementNotFound, SponsorNotFound
from sertakan.sponsors.models import Agreement, Sponsor


def agreement_by_number(number: str) -> Agreement:
    """The agreement with this number, with its sponsor. Raises AgreementNotFound."""
    found = Agreement.objects.select_related("sponsor").filter(number=number.strip()).first()
    if found is None:
        raise AgreementNotFound(_("There is no agreement with the number %s.") % number)
    return found


def sponsor_by_name(name: str) -> Sponsor:
    """The sponsor of this name, or of this number. Raises SponsorNotFound for none and for two."""
    wanted = " ".join(name.split())
    found = list(Sponsor.objects.filter(name__iexact=wanted))
    if not found and wanted.isdecimal() and len(wanted) < 18:
        found = list(Sponsor.objects.filter(pk=int(wanted)))
    if len(found) > 1:
        raise SponsorNotFound(_("More than one sponsor is called %s; give its number.") % name)
    if not found:
        raise SponsorNotFound(_("There is no sponsor called %s.") % name)
    return found[0]
