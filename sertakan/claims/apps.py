"""The place of this package among Django's apps."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """A death: reported, decided, approved by a second person, paid once."""

    name = "sertakan.claims"
    label = "claims"
    append_only = (
        "claims_document",
        "claims_decision",
        "claims_confirmation",
        "claims_approval",
        "claims_sentback",
        "claims_payout",
    )
    # Whose claim it is and who reported it; only where it stands and what is stated change.
    columns_fixed = {
        "claims_claim": ("reference", "person_id", "reported_on", "reported_by_id"),
        "claims_withdrawal": ("claim_id", "reason", "withdrawn_at", "withdrawn_by_id"),
        # Only the encryption of the number is ever renewed.
        "claims_heiraccount": (
            "claim_id",
            "holder",
            "bank",
            "account_index",
            "noted_at",
            "noted_by_id",
        ),
    }
