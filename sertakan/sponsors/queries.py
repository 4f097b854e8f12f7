"""Finding sponsors and agreements as people name them, and the branch that answers to a place."""

from django.utils.translation import gettext as _

from sertakan.regions.models import Branch, Region
from sertakan.sponsors.errors import AgreementNotFound, SponsorNotFound
from sertakan.sponsors.models import Agreement, Sponsor, StandingApproval


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


def branch_for(region: Region | None) -> Branch | None:
    """The branch that a place belongs to: the nearest up the tree, or the only one there is."""
    parts = region.code.split(".") if region else []
    codes = [".".join(parts[:count]) for count in range(len(parts), 0, -1)]
    nearest = Branch.objects.filter(region__in=codes).order_by("-region__level", "pk").first()
    if nearest is not None:
        return nearest
    every = list(Branch.objects.order_by("pk")[:2])
    return every[0] if len(every) == 1 else None


def standing_approval_of(branch: Branch | None) -> StandingApproval | None:
    """What the branch approves beforehand now, if anything."""
    if branch is None:
        return None
    return StandingApproval.objects.filter(branch=branch, ended_at=None).first()
