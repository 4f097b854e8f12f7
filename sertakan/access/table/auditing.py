"""The auditor's pages."""

from sertakan.access.table.rows import AUDITOR, Row

ROWS = (
    Row("audit-home", AUDITOR),
    Row("audit-trail", AUDITOR),
    Row("audit-looks", AUDITOR),
    Row("audit-checks", AUDITOR, writes=True),
    Row("audit-ledger", AUDITOR),
    Row("audit-account", AUDITOR, on="ledger.Account"),
    Row("audit-entry", AUDITOR, on="ledger.Entry"),
)
