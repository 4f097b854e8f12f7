"""What speaks against a worker, said so that the sponsor knows what to do. Of others: nothing."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "nik_missing": _("The NIK is missing."),
    "nik_length": _("The NIK must have 16 digits."),
    "nik_not_numeric": _("The NIK may hold digits only. Look for a letter O instead of a 0."),
    "nik_date_invalid": _("The digits 7 to 12 of the NIK are no date. Check them on the KTP."),
    "nik_region_unknown": _("The NIK begins with a province that does not exist."),
    "typed_twice": _("This NIK stands twice in your list."),
    "name_missing": _("The name is missing."),
    "job_missing": _("Say what work they do."),
    "income_missing": _("Say about what they earn."),
    "place_missing": _("Say in which kelurahan or village they live."),
    "consent_missing": _("Declare that the worker was told and agrees."),
    "over_age": _("Whoever is 65 or older can no longer be taken in as a new member."),
    "under_age": _("Whoever is younger than 18 cannot be taken in."),
    "birth_date_differs": _("The birth date is not the one that the NIK tells."),
    "not_this_person": _(
        "The NIK, the name and the birth date do not belong together. Check all three on the KTP."
    ),
    "cannot_be_covered": _(
        "This worker cannot be covered. If that is a mistake, ask the insurer’s branch."
    ),
    "covered_by_you": _("You cover this worker already for these months."),
    "covered_already": _(
        "This worker is covered already for some of these months. Cover is not paid twice."
    ),
    "perhaps_another": _(
        "Somebody with nearly the same details is registered under another NIK. Check every digit."
    ),
}


def sentence_of(fault: str) -> Promise:
    """The sentence of a finding (`enrolment.newcomers`)."""
    return SENTENCES[fault]
