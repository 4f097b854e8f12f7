"""The insurer's branches: recorded, and kept up to date with how people reach them."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.regions.errors import NotABranch
from sertakan.regions.models import Branch, Region

DETAILS = ("code", "name", "region", "address", "phone", "email")


@transaction.atomic
def add_branch(
    *,
    code: str,
    name: str,
    region: Region | None = None,
    address: str = "",
    phone: str = "",
    email: str = "",
    by: User,
    now: datetime,
) -> Branch:
    """A new branch. What is said of it stands on papers and cards. Raises NotABranch."""
    branch = Branch(code=code, name=name, region=region, address=address, phone=phone, email=email)
    _save(branch)
    record(
        verb="registered", subject_type="branch", subject_id=branch.pk, by=by, at=now,
        **_told(branch),
    )  # fmt: skip
    return branch


@transaction.atomic
def change_branch(*, branch: Branch, by: User, now: datetime, **details: Any) -> Branch:
    """Say anew what is known of a branch: `details` are some of DETAILS. Raises NotABranch.

    Papers that are printed from now on bear it; those that were printed stay as they are.
    """
    branch = Branch.objects.select_for_update().get(pk=branch.pk)
    before = _told(branch)
    for name in DETAILS:
        if name in details:
            setattr(branch, name, details[name])
    _save(branch)
    after = _told(branch)
    changed = {name: value for name, value in after.items() if value != before[name]}
    if changed:
        record(
            verb="changed", subject_type="branch", subject_id=branch.pk, by=by, at=now, **changed
        )
    return branch


def _save(branch: Branch) -> None:
    branch.code, branch.name, branch.address, branch.phone, branch.email = (
        " ".join(written.split())
        for written in (branch.code, branch.name, branch.address, branch.phone, branch.email)
    )
    if not branch.code or not branch.name:
        raise NotABranch(_("A branch has a code and a name."))
    try:
        with transaction.atomic():
            branch.save()
    except IntegrityError:
        raise NotABranch(_("There is a branch with the code %s already.") % branch.code) from None


def _told(branch: Branch) -> dict[str, str]:
    """What the record of the deed keeps."""
    return {
        "code": branch.code,
        "name": branch.name,
        "region": branch.region_id or "",
        "address": branch.address,
        "phone": branch.phone,
        "email": branch.email,
    }
