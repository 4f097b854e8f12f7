"""What is done with a claim: report, state, decide, confirm, approve, pay.

Whoever reports a claim does not decide it, and whoever decides does not approve.
"""

from sertakan.claims.deciding import confirm, decide
from sertakan.claims.paying import approve, pay
from sertakan.claims.reporting import correct_report, receive_document, report, state_facts

__all__ = [
    "approve", "confirm", "correct_report", "decide", "pay", "receive_document", "report",
    "state_facts",
]  # fmt: skip
