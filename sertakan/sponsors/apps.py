from django.apps import AppConfig


class SponsorsConfig(AppConfig):
    name = "sertakan.sponsors"
    label = "sponsors"
    append_only = ("sponsors_returned",)
    # An approval is ended and never changed.
    columns_fixed = {
        "sponsors_standingapproval": ("id", "branch_id", "most_places", "given_by_id", "given_at"),
    }
