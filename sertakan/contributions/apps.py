"""The place of this package among Django's apps."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    """Bills, payments, paid months, and the cover that follows."""

    name = "sertakan.contributions"
    label = "contributions"
    append_only = (
        "contributions_bill",
        "contributions_billline",
        "contributions_payment",
        "contributions_matching",
        "contributions_allocation",
        "contributions_paidmonth",
    )
    # Kept by triggers, which judge what is billed against the budget of an agreement.
    read_only = ("contributions_spending",)
