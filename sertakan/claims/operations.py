"""What is done with a claim: report, state, decide, confirm, approve, pay.

Whoever reports a claim does not decide it, and whoever decides does not approve.
"""

from sertakan.claims.accounts import note_account, unmask_account
from sertakan.claims.deciding import confirm, decide
from sertakan.claims.handing_back import resume, send_back, withdraw
from sertakan.claims.paying import approve, pay
from sertakan.claims.reporting import correct_report, receive_document, report, state_facts

__all__ = [
    "approve", "confirm", "correct_report", "decide", "note_account", "pay", "receive_document",
    "report", "resume", "send_back", "state_facts", "unmask_account", "withdraw",
]  # fmt: skip
