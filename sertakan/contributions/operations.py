"""What is done with contributions: bill, receive, use credit, take back."""

from sertakan.contributions.billing import issue_bill
from sertakan.contributions.crediting import apply_credit, match_payment
from sertakan.contributions.receiving import receive
from sertakan.contributions.taking_back import take_back

__all__ = ["apply_credit", "issue_bill", "match_payment", "receive", "take_back"]
