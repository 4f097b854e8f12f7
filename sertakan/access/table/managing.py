"""The administrator's pages."""

from sertakan.access.table.rows import ADMINISTRATOR, Row

BRANCH = "regions.Branch"
USER = "accounts.User"

ROWS = (
    Row("manage-home", ADMINISTRATOR),
    Row("manage-users", ADMINISTRATOR),
    Row("manage-user", ADMINISTRATOR, on=USER),
    Row("manage-user-switch", ADMINISTRATOR, on=USER, writes=True),
    Row("manage-user-reset-factor", ADMINISTRATOR, on=USER, writes=True),
    Row("manage-appointment-end", ADMINISTRATOR, on="access.Appointment", writes=True),
    Row("manage-invitations", ADMINISTRATOR),
    Row("manage-invite", ADMINISTRATOR, writes=True),
    Row("manage-invitation-withdraw", ADMINISTRATOR, on="access.Invitation", writes=True),
    Row("manage-outbox", ADMINISTRATOR),
    Row("manage-message-again", ADMINISTRATOR, on="outbox.Message", writes=True),
    Row("manage-jobs", ADMINISTRATOR),
    Row("manage-job-again", ADMINISTRATOR, on="work.Job", writes=True),
    Row("manage-branches", ADMINISTRATOR),
    Row("manage-branch-new", ADMINISTRATOR, writes=True),
    Row("manage-branch", ADMINISTRATOR, on=BRANCH, writes=True),
)
