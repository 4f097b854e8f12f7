"""Which accounts there are, and of what kind: told by the first part of the code.

bank                          money held
receivable/sponsor/<id>       billed to a sponsor and not yet paid
credit/sponsor/<id>           a sponsor's money that is not yet used
unmatched                     money received for which no bill was found yet
payable/claim/<id>            approved for a family and not yet paid out
contributions/jkk|jkm|jht     earned from bills
benefits/jkk|jkm              owed to families by decisions
penalties                     for what was paid late
"""

import re

from django.utils.translation import gettext as _

from sertakan.ledger.errors import CannotPost
from sertakan.ledger.models import Kind

KINDS = {
    "bank": Kind.ASSET,
    "receivable": Kind.ASSET,
    "credit": Kind.LIABILITY,
    "unmatched": Kind.LIABILITY,
    "payable": Kind.LIABILITY,
    "contributions": Kind.INCOME,
    "benefits": Kind.EXPENSE,
    "penalties": Kind.EXPENSE,
}
CODE = re.compile(r"[a-z_]+(/[a-z0-9_-]+)*")


def kind_of(code: str) -> Kind:
    """The kind of the account `code`, e.g. `receivable/sponsor/3`. Raises CannotPost."""
    kind = KINDS.get(code.partition("/")[0])
    if kind is None or len(code) > 80 or not CODE.fullmatch(code):
        raise CannotPost(_("No account is called %(code)s.") % {"code": code})
    return kind
