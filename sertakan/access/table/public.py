"""Pages for anyone."""

from sertakan.access.table.rows import ANYONE, Row

ROWS = (
    Row("start", ANYONE),
    Row("simulate", ANYONE),
    Row("check-cover", ANYONE, writes=True),
    Row("check-cover-code", ANYONE),  # a wrong code costs an attempt, whatever is answered
    Row("check-cover-result", ANYONE),
    Row("card", ANYONE),
    Row("card-keys", ANYONE),
    Row("card-keys-text", ANYONE),
    Row("card-keys-json", ANYONE),
    Row("follow-claim", ANYONE),  # likewise
    Row("claim-story", ANYONE),
    Row("open-figures", ANYONE),
    Row("coverage-csv", ANYONE),
    Row("kinds-of-work-csv", ANYONE),
    Row("sponsors-csv", ANYONE),
    Row("money-csv", ANYONE),
    Row("workforce-csv", ANYONE),
    Row("demo-messages", ANYONE),  # in a demonstration alone
    Row("health", ANYONE),
)
