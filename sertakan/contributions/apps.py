from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "sertakan.contributions"
    label = "contributions"
    append_only = (
        "contributions_bill",
        "contributions_billline",
        "contributions_payment",
        "contributions_allocation",
        "contributions_paidmonth",
        "contributions_refundedmonth",
    )
    # Kept by triggers, which judge what is billed against the budget of an agreement.
    read_only = ("contributions_spending",)
