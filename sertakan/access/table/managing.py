"""The administrator's pages."""

from sertakan.access.table.rows import ADMINISTRATOR, Row

BRANCH = "regions.Branch"

ROWS = (
    Row("manage-home", ADMINISTRATOR),
    Row("manage-branches", ADMINISTRATOR),
    Row("manage-branch-new", ADMINISTRATOR, writes=True),
    Row("manage-branch", ADMINISTRATOR, on=BRANCH, writes=True),
)
