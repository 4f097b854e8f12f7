"""The sponsor's pages."""

from sertakan.access.table.rows import SIGNED_IN, SPONSOR, Row

BILL, AGREEMENT, ENROLMENT = "contributions.Bill", "sponsors.Agreement", "enrolment.Enrolment"

ROWS = (
    Row("sponsor-begin", SIGNED_IN, writes=True),
    Row("sponsor-home", SPONSOR),
    Row("sponsor-people", SPONSOR),
    Row("sponsor-draft-forget", SPONSOR, writes=True),
    Row("sponsor-worker-new", SPONSOR, writes=True),
    Row("sponsor-worker", SPONSOR, writes=True),
    Row("sponsor-worker-job", SPONSOR, writes=True),
    Row("sponsor-worker-place", SPONSOR, writes=True),
    Row("sponsor-worker-consent", SPONSOR, writes=True),
    Row("sponsor-worker-drop", SPONSOR, writes=True),
    Row("sponsor-choose", SPONSOR, writes=True),
    Row("sponsor-choice-drop", SPONSOR, writes=True),
    Row("sponsor-upload", SPONSOR, writes=True),
    Row("sponsor-length", SPONSOR, writes=True),
    Row("sponsor-check", SPONSOR, writes=True),
    Row("sponsor-bills", SPONSOR),
    Row("sponsor-bill", SPONSOR, on=BILL),
    Row("sponsor-bill-state", SPONSOR, on=BILL),
    Row("sponsor-bill-simulate", SPONSOR, on=BILL, writes=True),
    Row("sponsor-receipt", SPONSOR, on="contributions.Payment"),
    Row("sponsor-enrolment", SPONSOR, on=ENROLMENT),
    Row("sponsor-enrolment-end", SPONSOR, on=ENROLMENT, writes=True),
    Row("sponsor-enrolment-replace", SPONSOR, on=ENROLMENT, writes=True),
    Row("sponsor-card", SPONSOR, on=ENROLMENT),
    Row("sponsor-cards", SPONSOR, on=AGREEMENT),
    Row("sponsor-renew", SPONSOR, on=AGREEMENT, states=("approved",), writes=True),
    Row("sponsor-go-on", SPONSOR, on=AGREEMENT, states=("approved",), writes=True),
    Row("sponsor-take-up", SPONSOR, on=AGREEMENT, states=("draft",), writes=True),
    Row("sponsor-money", SPONSOR),
    Row("sponsor-users", SPONSOR, writes=True),
    Row("sponsor-user-end", SPONSOR, on="access.Appointment", writes=True),
    Row("sponsor-invitation-withdraw", SPONSOR, on="access.Invitation", writes=True),
    Row("sponsor-details", SPONSOR, writes=True),
)
