"""The branch's pages; an auditor reads the lists and what they open."""

from sertakan.access.table.rows import APPROVER, AUDITOR, BRANCH, Row

READERS = BRANCH | AUDITOR
AGREEMENT = "sponsors.Agreement"
PAYMENT = "contributions.Payment"
BILL = "contributions.Bill"
CLAIM = "claims.Claim"
OPEN = ("reported", "decided", "approved", "refused")

# Today
HOME = (Row("branch-home", BRANCH),)

# Agreements: officers look and send back, an approver approves.
AGREEMENTS = (
    Row("branch-agreements", READERS),
    Row("branch-agreement", READERS, on=AGREEMENT),
    Row("branch-agreement-people", READERS, on=AGREEMENT),
    Row("branch-agreement-annex", READERS, on=AGREEMENT, writes=True),
    Row("branch-agreement-annex-file", READERS, on=AGREEMENT),
    Row("branch-agreement-approve", APPROVER, on=AGREEMENT, states=("draft",), writes=True),
    Row("branch-agreement-return", BRANCH, on=AGREEMENT, states=("draft",), writes=True),
    Row(
        "branch-agreement-change",
        APPROVER,
        on=AGREEMENT,
        states=("draft", "approved"),
        writes=True,
    ),
    Row("branch-standing", READERS),
    Row("branch-standing-give", APPROVER, writes=True),
    Row("branch-standing-end", APPROVER, on="sponsors.StandingApproval", writes=True),
)

# Money
MONEY = (
    Row("branch-payments", READERS),
    Row("branch-payment", READERS, on=PAYMENT),
    Row("branch-payment-receipt", READERS, on=PAYMENT),
    Row("branch-payment-receive", BRANCH, writes=True),
    Row("branch-payment-file", BRANCH, writes=True),
    Row("branch-payment-match", BRANCH, on=PAYMENT, writes=True),
    Row("branch-bills", READERS),
    Row("branch-bill", READERS, on=BILL),
    Row("branch-bill-pdf", READERS, on=BILL),
)

# Claims: who reported does not decide, who decided does not approve (the operations see to it).
CLAIMS = (
    Row("branch-claims", READERS),
    Row("branch-claim", READERS, on=CLAIM),
    Row("branch-claim-find", BRANCH),
    Row("branch-claim-report", BRANCH),
    Row("branch-claim-check", BRANCH, writes=True),
    Row("branch-claim-state", BRANCH, on=CLAIM, states=OPEN, writes=True),
    Row("branch-claim-papers", BRANCH, on=CLAIM, states=OPEN, writes=True),
    Row("branch-claim-account", BRANCH, on=CLAIM, states=OPEN, writes=True),
    Row("branch-claim-account-show", BRANCH, on=CLAIM, writes=True),
    Row("branch-claim-decide", BRANCH, on=CLAIM, states=OPEN, writes=True),
    Row("branch-claim-confirm", BRANCH, on=CLAIM, states=("decided",), writes=True),
    Row("branch-claim-approve", APPROVER, on=CLAIM, states=("decided",), writes=True),
    Row("branch-claim-send-back", APPROVER, on=CLAIM, states=("decided",), writes=True),
    Row("branch-claim-pay", BRANCH, on=CLAIM, states=("approved",), writes=True),
    Row("branch-claim-withdraw", BRANCH, on=CLAIM, states=("reported", "decided"), writes=True),
    Row("branch-claim-resume", BRANCH, on=CLAIM, states=("withdrawn",), writes=True),
    Row("branch-claim-letter", READERS, on=CLAIM),
    Row("branch-claim-minutes", BRANCH, on=CLAIM, states=("approved", "paid")),
    Row("branch-accident", READERS),
)

ROWS = (*HOME, *AGREEMENTS, *MONEY, *CLAIMS)
