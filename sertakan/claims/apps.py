from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "sertakan.claims"
    label = "claims"
    append_only = (
        "claims_decision",
        "claims_confirmation",
        "claims_approval",
        "claims_payout",
    )
