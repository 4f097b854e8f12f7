"""Finding sponsors and agreements as people name them."""

from django.utils.translation import gettext as _

from sertakan.sponsors.errors import AgreementNotFound
from sertakan.sponsors.models import Agreement


def agreement_by_number(number: str) -> Agreement:
    """The agreement with this number, with its sponsor. Raises AgreementNotFound."""
    found = Agreement.objects.select_related("sponsor").filter(number=number.strip()).first()
    if found is None:
        raise AgreementNotFound(_("There is no agreement with the number %s.") % number)
    return found
