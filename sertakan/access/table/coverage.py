"""Coverage: a city's, an auditor's, and that of a branch's agreements."""

from sertakan.access.table.rows import ADMINISTRATOR, AUDITOR, BRANCH, CITY, Row

READ = CITY | AUDITOR | BRANCH

ROWS = (
    Row("city-coverage", READ),
    Row("city-coverage-people", READ),
    Row("city-coverage-sponsors", READ),
    Row("city-coverage-payouts", READ),
    Row("city-coverage-csv", READ),
    Row("city-region", READ),  # of what place: asked by the view, as a place is in no scope
    Row("city-coverage-again", CITY, writes=True),
    Row("city-workforce", CITY, writes=True),
    Row("city-boundaries", CITY | ADMINISTRATOR, writes=True),
)
