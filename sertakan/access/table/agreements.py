"""A city's agreements, bills and screenings."""

from sertakan.access.table.rows import AUDITOR, CITY, Row

AGREEMENT, BILL = "sponsors.Agreement", "contributions.Bill"
PAYMENT = "contributions.Payment"
READ = CITY | AUDITOR

ROWS = (
    Row("city-agreements", READ),
    Row("city-agreement-new", CITY, writes=True),
    Row("city-agreement", READ, on=AGREEMENT),
    Row("city-agreement-people", READ, on=AGREEMENT),
    Row("city-agreement-change", CITY, on=AGREEMENT, states=("draft", "approved"), writes=True),
    Row("city-agreement-renew", CITY, on=AGREEMENT, states=("approved", "closed"), writes=True),
    Row("city-agreement-close", CITY, on=AGREEMENT, states=("approved",), writes=True),
    Row("city-agreement-carry-over", CITY, on=AGREEMENT, states=("approved",), writes=True),
    Row("city-waiting", CITY, on=AGREEMENT, states=("approved",), writes=True),
    Row("city-waiting-leave", CITY, on="enrolment.Waiting", states=("waiting",), writes=True),
    Row("city-bill-issue", CITY, on=AGREEMENT, states=("approved", "closed"), writes=True),
    Row("city-bills", READ),
    Row("city-bill", READ, on=BILL),
    Row("city-bill-people", READ, on=BILL),
    Row("city-payments", READ),
    # Papers. Long ones are set in the background, so that a POST asks for them.
    Row("city-bill-paper", READ, on=BILL),
    Row("city-payment-receipt", READ, on=PAYMENT),
    Row("city-agreement-annex", READ, on=AGREEMENT, writes=True),
    Row("city-agreement-annex-file", READ, on=AGREEMENT),
    Row("city-agreement-cards", CITY, on=AGREEMENT, writes=True),
    Row("city-agreement-cards-file", CITY, on=AGREEMENT),
    Row("city-screenings", CITY, writes=True),
    Row("city-screening", CITY),
    Row("city-screening-apply", CITY, writes=True),
    Row("city-finding-dismiss", CITY, on="enrolment.Finding", states=("open",), writes=True),
)
