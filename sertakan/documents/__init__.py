"""Papers as PDFs: data in, bytes out. No database, no clock, no Django.

Whoever asks gathers what the paper says into its dataclass; a NIK comes masked or is refused.
Every paper comes in Indonesian and in English (`language`), on A4 or as a card.
"""

from sertakan.documents.annexes import Annex, Enrolled, agreement_annex
from sertakan.documents.bills import Bill, Billed, Correction, MonthCharged, bill
from sertakan.documents.cards import Card, Contact, Help, card_sheet, cards
from sertakan.documents.handovers import Amount, Giver, Handover, handover_minutes
from sertakan.documents.letters import Confirmed, Heir, Letter, decision_letter
from sertakan.documents.papers import Cited, Issuer
from sertakan.documents.receipts import Allocated, Receipt, receipt

__all__ = [
    "Allocated",
    "Amount",
    "Annex",
    "Bill",
    "Billed",
    "Card",
    "Cited",
    "Confirmed",
    "Contact",
    "Correction",
    "Enrolled",
    "Giver",
    "Handover",
    "Heir",
    "Help",
    "Issuer",
    "Letter",
    "MonthCharged",
    "Receipt",
    "agreement_annex",
    "bill",
    "card_sheet",
    "cards",
    "decision_letter",
    "handover_minutes",
    "receipt",
]
